import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, IntColumn as IntColumn_, StringColumn as StringColumn_, DateTimeColumn as DateTimeColumn_, BigIntColumn as BigIntColumn_} from "@subsquid/typeorm-store"
import {PriceSource} from "./_priceSource"
import {BurnMode} from "./_burnMode"

/**
 * Every cumulative figure at the end of one block. One row for each block that has events, or that changes the exclusion list.
 */
@Index_(["timestamp", "blockNumber"], {unique: false})
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

    /**
     * Number of the block.
     */
    @Index_({unique: true})
    @IntColumn_({nullable: false})
    blockNumber!: number

    /**
     * Hash of the block.
     */
    @Index_()
    @StringColumn_({nullable: false})
    hash!: string

    /**
     * Null where history was read without the block's header (logs that carry their block's timestamp need none).
     */
    @StringColumn_({nullable: true})
    parentHash!: string | undefined | null

    /**
     * Time of the block.
     */
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

    /**
     * Transfers of the token so far.
     */
    @IntColumn_({nullable: false})
    transferCount!: number

    /**
     * Stake and Unstake events.
     */
    @IntColumn_({nullable: false})
    stakeCount!: number

    /**
     * `Upgraded` events of the contracts after they began to speak.
     */
    @IntColumn_({nullable: false})
    upgradeCount!: number

    /**
     * Block of the first mint.
     */
    @IntColumn_({nullable: true})
    genesisBlock!: number | undefined | null

    @BigIntColumn_({nullable: false})
    minted!: bigint

    @BigIntColumn_({nullable: false})
    mintedAfterGenesis!: bigint

    @BigIntColumn_({nullable: false})
    mintedByBridge!: bigint

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

    @BigIntColumn_({nullable: false})
    liquidFloat!: bigint

    /**
     * Sum of the balances of all accounts, added up account by account, in token base units: what totalSupply must equal.
     */
    @BigIntColumn_({nullable: false})
    balanceSum!: bigint

    @IntColumn_({nullable: false})
    holders!: number

    @BigIntColumn_({nullable: false})
    staked!: bigint

    /**
     * Name of the event by which stake grows, found out from the first one; null before it.
     */
    @StringColumn_({nullable: true})
    stakeEvent!: string | undefined | null

    /**
     * Name of the event by which stake shrinks, found out from the first one; null before it.
     */
    @StringColumn_({nullable: true})
    unstakeEvent!: string | undefined | null

    /**
     * Part of staked that excludedBalance holds already.
     */
    @BigIntColumn_({nullable: false})
    excludedStake!: bigint

    /**
     * Sum of the stakes of all accounts, added up account by account, in token base units: what staked must equal.
     */
    @BigIntColumn_({nullable: false})
    stakeSum!: bigint

    /**
     * Integral of staked over time, in token base units × seconds.
     */
    @BigIntColumn_({nullable: false})
    stakeSeconds!: bigint

    /**
     * Part of stakeSeconds during which no price was known, in token base units × seconds.
     */
    @BigIntColumn_({nullable: false})
    unpricedStakeSeconds!: bigint

    /**
     * Integral of staked × price over time, in token base units × 10⁻¹⁸ stable per token × seconds.
     */
    @BigIntColumn_({nullable: false})
    stakeValueSeconds!: bigint

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
     * Stable asset that buyback wallets paid in executed buybacks.
     */
    @BigIntColumn_({nullable: false})
    buybackPaid!: bigint

    /**
     * Tokens that they got for it.
     */
    @BigIntColumn_({nullable: false})
    buybackBought!: bigint

    /**
     * Newest price: stable asset for one whole token, in units of 10^-18.
     */
    @BigIntColumn_({nullable: true})
    price!: bigint | undefined | null

    @Column_("varchar", {length: 7, nullable: true})
    priceSource!: PriceSource | undefined | null

    /**
     * Block that the price was seen in.
     */
    @IntColumn_({nullable: true})
    priceBlock!: number | undefined | null

    /**
     * How the token destroys: UNKNOWN until the first burn.
     */
    @Column_("varchar", {length: 10, nullable: false})
    burnMode!: BurnMode
}
