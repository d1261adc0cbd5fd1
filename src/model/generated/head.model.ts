import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, IntColumn as IntColumn_, StringColumn as StringColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"

/**
 * The newest block that has been indexed, with or without events. One row.
 */
@Entity_()
export class Head {
    constructor(props?: Partial<Head>) {
        Object.assign(this, props)
    }

    /**
     * Always `head`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Block number.
     */
    @IntColumn_({nullable: false})
    blockNumber!: number

    /**
     * Block hash.
     */
    @StringColumn_({nullable: false})
    hash!: string

    /**
     * Time of the block.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date
}
