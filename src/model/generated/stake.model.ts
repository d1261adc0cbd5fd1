import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BigIntColumn as BigIntColumn_} from "@subsquid/typeorm-store"
import {StakeAction} from "./_stakeAction"

/**
 * A Stake or Unstake event of the staking contract.
 */
@Index_(["account", "blockNumber", "logIndex"], {unique: false})
@Index_(["blockNumber", "logIndex"], {unique: true})
@Entity_()
export class Stake {
    constructor(props?: Partial<Stake>) {
        Object.assign(this, props)
    }

    @PrimaryColumn_()
    id!: string

    @IntColumn_({nullable: false})
    blockNumber!: number

    @IntColumn_({nullable: false})
    logIndex!: number

    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    @StringColumn_({nullable: false})
    transactionHash!: string

    @StringColumn_({nullable: false})
    account!: string

    @Column_("varchar", {length: 7, nullable: false})
    action!: StakeAction

    @BigIntColumn_({nullable: false})
    amount!: bigint

    /**
     * Stake of `account` after this event.
     */
    @BigIntColumn_({nullable: false})
    accountStaked!: bigint

    /**
     * Figure staked after this event.
     */
    @BigIntColumn_({nullable: false})
    staked!: bigint
}
