import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, IntColumn as IntColumn_, Index as Index_, StringColumn as StringColumn_, DateTimeColumn as DateTimeColumn_} from "@subsquid/typeorm-store"
import * as marshal from "./marshal"
import {ReconciliationTrigger} from "./_reconciliationTrigger"
import {ReconciliationCheck} from "./_reconciliationCheck"
import {StandingDifference} from "./_standingDifference"

/**
 * A comparison of derived figures with the contracts' own views, all at one block hash. Beside the history, not part of it.
 */
@Entity_()
export class Reconciliation {
    constructor(props?: Partial<Reconciliation>) {
        Object.assign(this, props)
    }

    /**
     * Unix milliseconds of the comparison, 13 digits; more than that of the row before, whatever the clock says.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Number of the block.
     */
    @Index_()
    @IntColumn_({nullable: false})
    blockNumber!: number

    /**
     * Hash of the block.
     */
    @StringColumn_({nullable: false})
    blockHash!: string

    /**
     * Time of the block.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * When it was compared.
     */
    @DateTimeColumn_({nullable: false})
    checkedAt!: Date

    /**
     * Why it was compared then.
     */
    @Column_("varchar", {length: 9, nullable: false})
    trigger!: ReconciliationTrigger

    /**
     * How many of `checks` came out equal.
     */
    @IntColumn_({nullable: false})
    equal!: number

    /**
     * How many came out different: each is an alarm.
     */
    @IntColumn_({nullable: false})
    different!: number

    /**
     * How many came out without an answer.
     */
    @IntColumn_({nullable: false})
    gaps!: number

    /**
     * Everything that was compared.
     */
    @Column_("jsonb", {transformer: {to: obj => obj.map((val: any) => val.toJSON()), from: obj => obj == null ? undefined : marshal.fromList(obj, val => new ReconciliationCheck(undefined, marshal.nonNull(val)))}, nullable: false})
    checks!: (ReconciliationCheck)[]

    /**
     * Differences that stand: found now, or before and not found equal since.
     */
    @Column_("jsonb", {transformer: {to: obj => obj.map((val: any) => val.toJSON()), from: obj => obj == null ? undefined : marshal.fromList(obj, val => new StandingDifference(undefined, marshal.nonNull(val)))}, nullable: false})
    standing!: (StandingDifference)[]
}
