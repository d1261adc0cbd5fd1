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

    /**
     * Number of the block.
     */
    @IntColumn_({nullable: false})
    blockNumber!: number

    /**
     * Time of the block.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * One side of the comparison at that block, in base units or as a count (docs/figures.md).
     */
    @BigIntColumn_({nullable: false})
    left!: bigint

    /**
     * The other side, in the same unit.
     */
    @BigIntColumn_({nullable: false})
    right!: bigint
}
