import assert from "assert"
import * as marshal from "./marshal"
import {ReconciliationResult} from "./_reconciliationResult"

/**
 * One figure of a reconciliation.
 */
export class ReconciliationCheck {
    private _figure!: string
    private _account!: string | undefined | null
    private _derived!: bigint
    private _onChain!: bigint | undefined | null
    private _result!: ReconciliationResult
    private _reason!: string | undefined | null

    constructor(props?: Partial<Omit<ReconciliationCheck, 'toJSON'>>, json?: any) {
        Object.assign(this, props)
        if (json != null) {
            this._figure = marshal.string.fromJSON(json.figure)
            this._account = json.account == null ? undefined : marshal.string.fromJSON(json.account)
            this._derived = marshal.bigint.fromJSON(json.derived)
            this._onChain = json.onChain == null ? undefined : marshal.bigint.fromJSON(json.onChain)
            this._result = marshal.enumFromJson(json.result, ReconciliationResult)
            this._reason = json.reason == null ? undefined : marshal.string.fromJSON(json.reason)
        }
    }

    /**
     * Name of the figure: totalSupply, treasury.balance, staked, account.balance, account.staked; or balanceSum and stakeSum, what all accounts add up to.
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
     * What the contract says; null for a gap.
     */
    get onChain(): bigint | undefined | null {
        return this._onChain
    }

    set onChain(value: bigint | undefined | null) {
        this._onChain = value
    }

    /**
     * How both compare.
     */
    get result(): ReconciliationResult {
        assert(this._result != null, 'uninitialized access')
        return this._result
    }

    set result(value: ReconciliationResult) {
        this._result = value
    }

    /**
     * Why there is a gap; null where there is none.
     */
    get reason(): string | undefined | null {
        return this._reason
    }

    set reason(value: string | undefined | null) {
        this._reason = value
    }

    toJSON(): object {
        return {
            figure: this.figure,
            account: this.account,
            derived: marshal.bigint.toJSON(this.derived),
            onChain: this.onChain == null ? undefined : marshal.bigint.toJSON(this.onChain),
            result: this.result,
            reason: this.reason,
        }
    }
}
