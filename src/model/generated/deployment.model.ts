import {Entity as Entity_, Column as Column_, PrimaryColumn as PrimaryColumn_, IntColumn as IntColumn_, StringColumn as StringColumn_, DateTimeColumn as DateTimeColumn_, BooleanColumn as BooleanColumn_} from "@subsquid/typeorm-store"

/**
 * One whole economy that this database belongs to. A second one is refused (docs/errors.md, E4002).
 */
@Entity_()
export class Deployment {
    constructor(props?: Partial<Deployment>) {
        Object.assign(this, props)
    }

    /**
     * Always `deployment`.
     */
    @PrimaryColumn_()
    id!: string

    /**
     * Chain id (EIP-155).
     */
    @IntColumn_({nullable: false})
    chainId!: number

    /**
     * Hash of the chain's first block that the node has; tells apart two chains with one id.
     */
    @StringColumn_({nullable: false})
    genesisHash!: string

    /**
     * SHA-256 over everything in the configuration that decides what a stored row says.
     */
    @StringColumn_({nullable: false})
    fingerprint!: string

    /**
     * What the history digest starts from (docs/digest.md).
     */
    @StringColumn_({nullable: false})
    historySeed!: string

    /**
     * Address of the token.
     */
    @StringColumn_({nullable: false})
    token!: string

    /**
     * Address of the staking contract.
     */
    @StringColumn_({nullable: false})
    staking!: string

    /**
     * Address of the stable asset that the treasury is counted in.
     */
    @StringColumn_({nullable: false})
    stable!: string

    /**
     * First block that is indexed.
     */
    @IntColumn_({nullable: false})
    startBlock!: number

    /**
     * Contracts whose history before `startBlock` was left out on purpose (`partialHistory`).
     */
    @StringColumn_({array: true, nullable: false})
    partial!: (string)[]

    /**
     * When the indexer first wrote to this database.
     */
    @DateTimeColumn_({nullable: false})
    createdAt!: Date

    /**
     * Whether secondary indexes are still to be built: the first backfill writes without them.
     */
    @BooleanColumn_({nullable: false})
    indexesPending!: boolean
}
