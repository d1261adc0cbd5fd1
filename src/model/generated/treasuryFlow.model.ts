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

    @Column_("varchar", {length: 6, nullable: false})
    direction!: FlowDirection

    @Column_("varchar", {length: 8, nullable: false})
    purpose!: FlowPurpose

    @StringColumn_({nullable: false})
    from!: string

    @StringColumn_({nullable: false})
    to!: string

    @BigIntColumn_({nullable: false})
    value!: bigint

    /**
     * Figure treasury.balance after this flow.
     */
    @BigIntColumn_({nullable: false})
    treasuryBalance!: bigint
}
