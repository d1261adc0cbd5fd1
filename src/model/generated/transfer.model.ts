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
    from!: string

    @StringColumn_({nullable: false})
    to!: string

    @BigIntColumn_({nullable: false})
    value!: bigint

    /**
     * Balance of `from` after this transfer; null for a mint.
     */
    @BigIntColumn_({nullable: true})
    fromBalance!: bigint | undefined | null

    /**
     * Balance of `to` after this transfer; null where the transfer destroys.
     */
    @BigIntColumn_({nullable: true})
    toBalance!: bigint | undefined | null
}
