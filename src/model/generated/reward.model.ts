import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BigIntColumn as BigIntColumn_} from "@subsquid/typeorm-store"

/**
 * A RewardPaid event of the staking contract, in the reward token.
 */
@Index_(["account", "blockNumber", "logIndex"], {unique: false})
@Index_(["blockNumber", "logIndex"], {unique: true})
@Entity_()
export class Reward {
    constructor(props?: Partial<Reward>) {
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
     * Who was paid.
     */
    @StringColumn_({nullable: false})
    account!: string

    /**
     * How much, in reward token base units.
     */
    @BigIntColumn_({nullable: false})
    amount!: bigint

    /**
     * Σ RewardPaid to `account` after this event, in reward token base units.
     */
    @BigIntColumn_({nullable: false})
    accountRewardsPaid!: bigint

    /**
     * Figure rewardsPaid after this event, in reward token base units.
     */
    @BigIntColumn_({nullable: false})
    rewardsPaid!: bigint
}
