import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, StringColumn as StringColumn_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, Index as Index_} from "@subsquid/typeorm-store"
import {CorrectedEntity} from "./_correctedEntity"

/**
 * A row that a reorganisation of the chain took back after it could have been read. Beside the history, not part of it; rows are only added, by the database itself (db/migrations).
 */
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
