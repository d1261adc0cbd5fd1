import assert from "assert"
import * as marshal from "./marshal"

/**
 * A difference that was found and not found equal since.
 */
export class StandingDifference {
    private _figure!: string
    private _account!: string | undefined | null
    private _derived!: bigint
    private _onChain!: bigint
    private _blockNumber!: number
    private _blockHash!: string

    constructor(props?: Partial<Omit<StandingDifference, 'toJSON'>>, json?: any) {
        Object.assign(this, props)
        if (json != null) {
            this._figure = marshal.string.fromJSON(json.figure)
            this._account = json.account == null ? undefined : marshal.string.fromJSON(json.account)
            this._derived = marshal.bigint.fromJSON(json.derived)
            this._onChain = marshal.bigint.fromJSON(json.onChain)
            this._blockNumber = marshal.int.fromJSON(json.blockNumber)
            this._blockHash = marshal.string.fromJSON(json.blockHash)
        }
    }

    /**
     * Name of the figure.
     */
    get figure(): string {
        assert(this._figure != null, 'uninitialized access')
        return this._figure
    }

    set figure(value: string) {
        this._figure = value
    }

    /**
     * The account, where the figure is an account’s; else null.
     */
    get account(): string | undefined | null {
        return this._account
    }

    set account(value: string | undefined | null) {
        this._account = value
    }

    /**
     * What was derived from the events.
     */
    get derived(): bigint {
        assert(this._derived != null, 'uninitialized access')
        return this._derived
    }

    set derived(value: bigint) {
        this._derived = value
    }

    /**
     * What the contract said.
     */
    get onChain(): bigint {
        assert(this._onChain != null, 'uninitialized access')
        return this._onChain
    }

    set onChain(value: bigint) {
        this._onChain = value
    }

    /**
     * The block at which it was last found.
     */
    get blockNumber(): number {
        assert(this._blockNumber != null, 'uninitialized access')
        return this._blockNumber
    }

    set blockNumber(value: number) {
        this._blockNumber = value
    }

    /**
     * Hash of that block.
     */
    get blockHash(): string {
        assert(this._blockHash != null, 'uninitialized access')
        return this._blockHash
    }

    set blockHash(value: string) {
        this._blockHash = value
    }

    toJSON(): object {
        return {
            figure: this.figure,
            account: this.account,
            derived: marshal.bigint.toJSON(this.derived),
            onChain: marshal.bigint.toJSON(this.onChain),
            blockNumber: this.blockNumber,
            blockHash: this.blockHash,
        }
    }
}
