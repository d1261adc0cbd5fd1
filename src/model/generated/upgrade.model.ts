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
     * The contract.
     */
    @Column_("varchar", {length: 7, nullable: false})
    contract!: EconomyContract

    /**
     * Address of the new code.
     */
    @StringColumn_({nullable: false})
    implementation!: string

    /**
     * Whether the contract had never spoken: an installation of a proxy, after which nothing that was decoded can have changed its meaning.
     */
    @BooleanColumn_({nullable: false})
    isInstallation!: boolean
}
