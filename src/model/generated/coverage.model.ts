import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, IntColumn as IntColumn_, Index as Index_, StringColumn as StringColumn_} from "@subsquid/typeorm-store"
import {CoverageSource} from "./_coverageSource"
import {Verification} from "./_verification"

/**
 * A run of blocks that were read in one way: what was checked of them.
 */
@Entity_()
export class Coverage {
    constructor(props?: Partial<Coverage>) {
        Object.assign(this, props)
    }

    /**
     * First block, 10 digits.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Number of the first block.
     */
    @IntColumn_({nullable: false})
    fromBlock!: number

    /**
     * Number of the last block.
     */
    @Index_()
    @IntColumn_({nullable: false})
    toBlock!: number

    /**
     * Hash of the last block.
     */
    @StringColumn_({nullable: false})
    toHash!: string

    /**
     * Where the blocks were read.
     */
    @Column_("varchar", {length: 7, nullable: false})
    source!: CoverageSource

    /**
     * What was to be checked of them.
     */
    @Column_("varchar", {length: 8, nullable: false})
    verification!: Verification

    /**
     * Blocks of which that was checked: all for bloom, those with events for receipts, those of the sampled ranges for quorum.
     */
    @IntColumn_({nullable: false})
    blocksChecked!: number
}
