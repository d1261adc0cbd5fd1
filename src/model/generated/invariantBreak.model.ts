import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, BigIntColumn as BigIntColumn_} from "@subsquid/typeorm-store"

/**
 * The block at which an invariant first did not hold. One row for each that ever broke.
 */
@Entity_()
export class InvariantBreak {
    constructor(props?: Partial<InvariantBreak>) {
        Object.assign(this, props)
    }

    /**
     * Name of the invariant (docs/figures.md).
     */
    @PrimaryColumn_()
    id!: string

    @IntColumn_({nullable: false})
    blockNumber!: number

    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * Both sides of the comparison at that block.
     */
    @BigIntColumn_({nullable: false})
    left!: bigint

    @BigIntColumn_({nullable: false})
    right!: bigint
}
