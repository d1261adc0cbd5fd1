import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BigIntColumn as BigIntColumn_} from "@subsquid/typeorm-store"
import {BurnPurpose} from "./_burnPurpose"
import {BurnEvidence} from "./_burnEvidence"

/**
 * Tokens destroyed, each burn once. `logIndex` is that of the Transfer, or of the Burn event where there is no Transfer.
 */
@Index_(["burner", "blockNumber", "logIndex"], {unique: false})
@Index_(["blockNumber", "logIndex"], {unique: true})
@Entity_()
export class Burn {
    constructor(props?: Partial<Burn>) {
        Object.assign(this, props)
    }

    /**
     * Block number (10 digits), -, log index (6 digits): text order is chain order.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Number of the block of the event.
     */
    @IntColumn_({nullable: false})
    blockNumber!: number

    /**
     * Index of the log of the event within its block.
     */
    @IntColumn_({nullable: false})
    logIndex!: number

    /**
     * Time of the block.
     */
    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    /**
     * Hash of the transaction of the event.
     */
    @StringColumn_({nullable: false})
    transactionHash!: string

    /**
     * Whose tokens were destroyed.
     */
    @StringColumn_({nullable: false})
    burner!: string

    /**
     * Amount, in token base units.
     */
    @BigIntColumn_({nullable: false})
    value!: bigint

    /**
     * Why they were destroyed.
     */
    @Column_("varchar", {length: 7, nullable: false})
    purpose!: BurnPurpose

    /**
     * Which events stated it.
     */
    @Column_("varchar", {length: 17, nullable: false})
    evidence!: BurnEvidence

    /**
     * Balance of `burner` after this burn, in token base units.
     */
    @BigIntColumn_({nullable: false})
    burnerBalance!: bigint

    /**
     * Figure cumulativeBurn after this burn, in token base units.
     */
    @BigIntColumn_({nullable: false})
    cumulativeBurn!: bigint
}
