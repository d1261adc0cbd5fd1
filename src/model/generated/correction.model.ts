import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, StringColumn as StringColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import {CorrectedEntity} from "./_correctedEntity"

/**
 * A row that a reorganisation of the chain took back after it could have been read. Beside the history, not part of it; rows are only added, by the database itself (db/migrations).
 */
@Index_(["replacementHash", "blockNumber"], {unique: false})
@Entity_()
export class Correction {
    constructor(props?: Partial<Correction>) {
        Object.assign(this, props)
    }

    /**
     * Counts from 1, 16 digits: in text order the rows are in the order in which they were taken back.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * What the row was.
     */
    @Column_("varchar", {length: 15, nullable: false})
    entity!: CorrectedEntity

    /**
     * Id that the row had.
     */
    @StringColumn_({nullable: false})
    rowId!: string

    /**
     * Block that the row belonged to.
     */
    @IntColumn_({nullable: false})
    blockNumber!: number

    /**
     * Hash of that block; null where nothing says it any more (a row that was deleted by hand).
     */
    @StringColumn_({nullable: true})
    blockHash!: string | undefined | null

    /**
     * Time of that block.
     */
    @DateTimeColumn_({nullable: false})
    blockTimestamp!: Date

    /**
     * Hash of the block that was indexed next at that height: the block itself, where it came back later. Null until then; and for good, where that block has no event and was final already when it was indexed together with later ones.
     */
    @StringColumn_({nullable: true})
    replacementHash!: string | undefined | null

    /**
     * Time of the block of `replacementHash`; null with it.
     */
    @DateTimeColumn_({nullable: true})
    replacementTimestamp!: Date | undefined | null

    /**
     * Newest block that the chain before and the chain after have in common: rows above it may be others now.
     */
    @IntColumn_({nullable: false})
    baseBlock!: number

    /**
     * The row as a JSON object: its columns in their order, every value as a string or null.
     */
    @StringColumn_({nullable: false})
    content!: string

    /**
     * When the transaction began that took it back.
     */
    @Index_()
    @DateTimeColumn_({nullable: false})
    takenBackAt!: Date
}
