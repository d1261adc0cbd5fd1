import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"

/**
 * What the indexer last saw of its source; a heartbeat, not part of the history. One row.
 */
@Entity_()
export class SourceStatus {
    constructor(props?: Partial<SourceStatus>) {
        Object.assign(this, props)
    }

    /**
     * Always `source`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * The node in use, without its secrets.
     */
    @StringColumn_({nullable: false})
    url!: string

    /**
     * Number of the newest block of the chain.
     */
    @IntColumn_({nullable: false})
    chainHead!: number

    /**
     * Number of the newest block that can no longer be reorganised away.
     */
    @IntColumn_({nullable: false})
    chainFinalized!: number

    /**
     * When it was seen.
     */
    @DateTimeColumn_({nullable: false})
    observedAt!: Date
}
