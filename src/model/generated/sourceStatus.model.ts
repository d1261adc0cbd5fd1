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

    @IntColumn_({nullable: false})
    chainHead!: number

    @IntColumn_({nullable: false})
    chainFinalized!: number

    @DateTimeColumn_({nullable: false})
    observedAt!: Date
}
