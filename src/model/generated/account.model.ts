import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, BigIntColumn as BigIntColumn_, Index as Index_, IntColumn as IntColumn_} from "@subsquid/typeorm-store"

/**
 * Every account that ever held, staked or was paid, as of the head.
 */
@Entity_()
export class Account {
    constructor(props?: Partial<Account>) {
        Object.assign(this, props)
    }

    /**
     * The address, lower case.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Token balance, in token base units.
     */
    @Index_()
    @BigIntColumn_({nullable: false})
    balance!: bigint

    /**
     * Σ Stake − Σ Unstake, in token base units.
     */
    @Index_()
    @BigIntColumn_({nullable: false})
    staked!: bigint

    /**
     * Σ RewardPaid, in reward token base units.
     */
    @BigIntColumn_({nullable: false})
    rewardsPaid!: bigint

    /**
     * Block of the first event that named the account.
     */
    @IntColumn_({nullable: false})
    firstBlock!: number

    /**
     * Block of the last event that changed one of the figures above.
     */
    @IntColumn_({nullable: false})
    lastBlock!: number
}
