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

    /**
     * Block number (10 digits), -, log index (6 digits): text order is chain order.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Number of the block of the event.
     */
    @IntColumn_({nullable: false})
    blockNumber!: number

    /**
     * Index of the log of the event within its block.
     */
    @IntColumn_({nullable: false})
    logIndex!: number

    /**
     * Time of the block.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * Hash of the transaction of the event.
     */
    @StringColumn_({nullable: false})
    transactionHash!: string

    /**
     * Whose stake changed.
     */
    @StringColumn_({nullable: false})
    account!: string

    /**
     * Whether the stake grew or shrank.
     */
    @Column_("varchar", {length: 7, nullable: false})
    action!: StakeAction

    /**
     * By how much, in token base units.
     */
    @BigIntColumn_({nullable: false})
    amount!: bigint

    /**
     * Stake of `account` after this event, in token base units.
     */
    @BigIntColumn_({nullable: false})
    accountStaked!: bigint

    /**
     * Figure staked after this event, in token base units.
     */
    @BigIntColumn_({nullable: false})
    staked!: bigint
}
