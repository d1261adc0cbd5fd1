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

    @PrimaryColumn_()
    id!: string

    @IntColumn_({nullable: false})
    blockNumber!: number

    @IntColumn_({nullable: false})
    logIndex!: number

    @DateTimeColumn_({nullable: false})
    timestamp!: Date

    @StringColumn_({nullable: false})
    transactionHash!: string

    @StringColumn_({nullable: false})
    burner!: string

    @BigIntColumn_({nullable: false})
    value!: bigint

    @Column_("varchar", {length: 7, nullable: false})
    purpose!: BurnPurpose

    @Column_("varchar", {length: 17, nullable: false})
    evidence!: BurnEvidence

    /**
     * Balance of `burner` after this burn.
     */
    @BigIntColumn_({nullable: false})
    burnerBalance!: bigint

    /**
     * Figure cumulativeBurn after this burn.
     */
    @BigIntColumn_({nullable: false})
    cumulativeBurn!: bigint
}
