import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BigIntColumn as BigIntColumn_} from "@subsquid/typeorm-store"
import {PriceSource} from "./_priceSource"

/**
 * A price of the token that was seen on the chain.
 */
@Index_(["source", "blockNumber", "logIndex"], {unique: false})
@Index_(["blockNumber", "logIndex"], {unique: true})
@Entity_()
export class Price {
    constructor(props?: Partial<Price>) {
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
     * Where it was seen.
     */
    @Column_("varchar", {length: 7, nullable: false})
    source!: PriceSource

    /**
     * Stable asset for one whole token: stableAmount ÷ tokenAmount in whole units, rounded down to 10⁻¹⁸ (stored in that unit).
     */
    @BigIntColumn_({nullable: false})
    price!: bigint

    /**
     * What was paid, or what the pair held, in base units of the stable asset.
     */
    @BigIntColumn_({nullable: false})
    stableAmount!: bigint

    /**
     * What was got for it, or what the pair held, in token base units.
     */
    @BigIntColumn_({nullable: false})
    tokenAmount!: bigint
}
