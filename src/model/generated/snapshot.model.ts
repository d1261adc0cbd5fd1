import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, IntColumn as IntColumn_, Index as Index_, StringColumn as StringColumn_, DateTimeColumn as DateTimeColumn_, BigIntColumn as BigIntColumn_} from "@subsquid/typeorm-store"
import {BurnMode} from "./_burnMode"

/**
 * Every cumulative figure at the end of one block. One row for each block that has events, or that changes the exclusion list.
 */
@Entity_()
export class Snapshot {
    constructor(props?: Partial<Snapshot>) {
        Object.assign(this, props)
    }

    /**
     * Block number, 10 digits.
     */
    @PrimaryColumn_()
    id!: string

    @Index_({unique: true})
    @IntColumn_({nullable: false})
    blockNumber!: number

    @Index_()
    @StringColumn_({nullable: false})
    hash!: string

    @StringColumn_({nullable: false})
    parentHash!: string

    @Index_()
    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * History digest up to and including this block (docs/digest.md).
     */
    @StringColumn_({nullable: false})
    digest!: string

    /**
     * Events so far: everything that entered the digest.
     */
    @IntColumn_({nullable: false})
    eventCount!: number

    @IntColumn_({nullable: false})
    transferCount!: number

    @BigIntColumn_({nullable: false})
    minted!: bigint

    @BigIntColumn_({nullable: false})
    destroyed!: bigint

    @BigIntColumn_({nullable: false})
    totalSupply!: bigint

    @BigIntColumn_({nullable: false})
    cumulativeBurn!: bigint

    @BigIntColumn_({nullable: false})
    burnedByBuyback!: bigint

    @BigIntColumn_({nullable: false})
    burnedByBridge!: bigint

    @BigIntColumn_({nullable: false})
    burnedByOther!: bigint

    @BigIntColumn_({nullable: false})
    deadBurn!: bigint

    @BigIntColumn_({nullable: false})
    outstandingSupply!: bigint

    /**
     * Σ balances of the wallets that do not circulate at this block.
     */
    @BigIntColumn_({nullable: false})
    excludedBalance!: bigint

    @BigIntColumn_({nullable: false})
    circulatingSupply!: bigint

    @IntColumn_({nullable: false})
    holders!: number

    @BigIntColumn_({nullable: false})
    staked!: bigint

    @IntColumn_({nullable: false})
    stakers!: number

    @BigIntColumn_({nullable: false})
    rewardsPaid!: bigint

    @BigIntColumn_({nullable: false})
    treasuryBalance!: bigint

    @BigIntColumn_({nullable: false})
    treasuryRevenue!: bigint

    @BigIntColumn_({nullable: false})
    treasuryInternalInflow!: bigint

    @BigIntColumn_({nullable: false})
    treasuryOutflowBuyback!: bigint

    @BigIntColumn_({nullable: false})
    treasuryOutflowRewards!: bigint

    @BigIntColumn_({nullable: false})
    treasuryOutflowOther!: bigint

    /**
     * How the token destroys: UNKNOWN until the first burn.
     */
    @Column_("varchar", {length: 10, nullable: false})
    burnMode!: BurnMode
}
