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

    @Column_("varchar", {length: 7, nullable: false})
    source!: PriceSource

    /**
     * Stable asset for one whole token, in units of 10^-18: stableAmount / tokenAmount in whole units, rounded down.
     */
    @BigIntColumn_({nullable: false})
    price!: bigint

    /**
     * What was paid, or the pair's reserve; stable base units.
     */
    @BigIntColumn_({nullable: false})
    stableAmount!: bigint

    /**
     * What was got for it, or the pair's reserve; token base units.
     */
    @BigIntColumn_({nullable: false})
    tokenAmount!: bigint
}
