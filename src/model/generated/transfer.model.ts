import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BigIntColumn as BigIntColumn_} from "@subsquid/typeorm-store"

/**
 * A Transfer of the token, with both parties' balances after it.
 */
@Index_(["from", "blockNumber", "logIndex"], {unique: false})
@Index_(["to", "blockNumber", "logIndex"], {unique: false})
@Index_(["blockNumber", "logIndex"], {unique: true})
@Entity_()
export class Transfer {
    constructor(props?: Partial<Transfer>) {
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
     * Sender; the zero address for a mint.
     */
    @StringColumn_({nullable: false})
    from!: string

    /**
     * Receiver; the zero address where the transfer destroys.
     */
    @StringColumn_({nullable: false})
    to!: string

    /**
     * Amount, in token base units.
     */
    @BigIntColumn_({nullable: false})
    value!: bigint

    /**
     * Balance of `from` after this transfer, in token base units; null for a mint.
     */
    @BigIntColumn_({nullable: true})
    fromBalance!: bigint | undefined | null

    /**
     * Balance of `to` after this transfer, in token base units; null where the transfer destroys.
     */
    @BigIntColumn_({nullable: true})
    toBalance!: bigint | undefined | null
}
