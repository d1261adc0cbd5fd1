import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BigIntColumn as BigIntColumn_} from "@subsquid/typeorm-store"
import {FlowDirection} from "./_flowDirection"
import {FlowPurpose} from "./_flowPurpose"

/**
 * A Transfer of the stable asset into or out of the treasury.
 */
@Index_(["from", "blockNumber", "logIndex"], {unique: false})
@Index_(["to", "blockNumber", "logIndex"], {unique: false})
@Index_(["purpose", "blockNumber", "logIndex"], {unique: false})
@Index_(["blockNumber", "logIndex"], {unique: true})
@Entity_()
export class TreasuryFlow {
    constructor(props?: Partial<TreasuryFlow>) {
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
     * Which way it went.
     */
    @Column_("varchar", {length: 6, nullable: false})
    direction!: FlowDirection

    /**
     * Why it happened.
     */
    @Column_("varchar", {length: 8, nullable: false})
    purpose!: FlowPurpose

    /**
     * Sender.
     */
    @StringColumn_({nullable: false})
    from!: string

    /**
     * Receiver.
     */
    @StringColumn_({nullable: false})
    to!: string

    /**
     * Amount, in base units of the stable asset.
     */
    @BigIntColumn_({nullable: false})
    value!: bigint

    /**
     * Figure treasury.balance after this flow, in base units of the stable asset.
     */
    @BigIntColumn_({nullable: false})
    treasuryBalance!: bigint
}
