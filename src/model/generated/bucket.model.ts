import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, DateTimeColumn as DateTimeColumn_, IntColumn as IntColumn_} from "@subsquid/typeorm-store"
import {BucketInterval} from "./_bucketInterval"

/**
 * An hour or a UTC day with a snapshot in it. What changed in it is its closing snapshot less that of the bucket before.
 */
@Index_(["interval", "start"], {unique: true})
@Entity_()
export class Bucket {
    constructor(props?: Partial<Bucket>) {
        Object.assign(this, props)
    }

    /**
     * Interval and start, in unix seconds with 10 digits.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * How long it is.
     */
    @Column_("varchar", {length: 4, nullable: false})
    interval!: BucketInterval

    /**
     * When it begins.
     */
    @DateTimeColumn_({nullable: false})
    start!: Date

    /**
     * Block of the last snapshot in it.
     */
    @IntColumn_({nullable: false})
    closingBlock!: number
}
