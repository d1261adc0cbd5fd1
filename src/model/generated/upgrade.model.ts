import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, Index as Index_, IntColumn as IntColumn_, DateTimeColumn as DateTimeColumn_, StringColumn as StringColumn_, BooleanColumn as BooleanColumn_} from "@subsquid/typeorm-store"
import {EconomyContract} from "./_economyContract"

/**
 * An `Upgraded` event of a contract: other code answers there from now on.
 */
@Index_(["blockNumber", "logIndex"], {unique: true})
@Entity_()
export class Upgrade {
    constructor(props?: Partial<Upgrade>) {
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

    @Column_("varchar", {length: 7, nullable: false})
    contract!: EconomyContract

    /**
     * Address of the code.
     */
    @StringColumn_({nullable: false})
    implementation!: string

    /**
     * Whether the contract had never spoken: then nothing that was decoded can have changed its meaning.
     */
    @BooleanColumn_({nullable: false})
    isInstallation!: boolean
}
