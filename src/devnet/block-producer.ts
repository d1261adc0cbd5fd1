import type { Address, Hex } from 'viem'
import { ScriptedTransactionFailed } from './errors'
import { type Rpc, toQuantity } from './rpc'

export interface ScriptedTransaction {
  readonly from: Address
  /** The contract or account called; absent if the transaction deploys. */
  readonly to?: Address
  readonly data?: Hex
  /** Gas limit, where the usual one does not do. */
  readonly gas?: number
}

/** Puts a transaction into the block under construction. */
export interface TransactionSender {
  send(transaction: ScriptedTransaction): Promise<void>
}

/** Sends transactions and closes blocks, strictly in order, and checks that all of them succeeded. */
export interface BlockProducer extends TransactionSender {
  /** Transactions sent since the chain began. */
  readonly sent: number
  /** Number of the last block. */
  readonly head: number
  /** Closes the block under construction with this time (unix seconds). */
  mine(timestamp: number): Promise<void>
  /** Nonce of the account's next transaction. */
  nonceOf(account: Address): number
  /** Waits for the checks of all blocks. @throws ScriptedTransactionFailed */
  verified(): Promise<void>
}

interface Receipt {
  readonly status: Hex
  readonly transactionHash: Hex
}

export const CALL_GAS = 600_000
const DEPLOYMENT_GAS = 8_000_000
/** Wei; far above the base fee of blocks that are nearly empty. */
export const GAS_PRICE = toQuantity(2_000_000_000)

/** Gas and its price are given, not estimated, and nonces are counted here: one request per transaction. */
export function createBlockProducer(rpc: Rpc): BlockProducer {
  const nonces = new Map<Address, number>()
  let sent = 0
  let sentInBlock = 0
  let head = 0
  let checks: Promise<void> = Promise.resolve()

  const checkBlock = async (block: number, expected: number): Promise<void> => {
    const receipts = await rpc<Receipt[]>('eth_getBlockReceipts', [toQuantity(block)])
    const failed = receipts.filter((receipt) => receipt.status !== '0x1').map((each) => each.transactionHash)
    if (receipts.length === expected && failed.length === 0) return
    throw new ScriptedTransactionFailed({ block, sent: expected, included: receipts.length, failed })
  }

  return {
    get sent() {
      return sent
    },
    get head() {
      return head
    },
    async send({ from, to, data, gas = to ? CALL_GAS : DEPLOYMENT_GAS }) {
      const nonce = nonces.get(from) ?? 0
      nonces.set(from, nonce + 1)
      const request = { from, to, data, gas: toQuantity(gas), gasPrice: GAS_PRICE, nonce: toQuantity(nonce) }
      await rpc('eth_sendTransaction', [request])
      sent += 1
      sentInBlock += 1
    },
    async mine(timestamp) {
      await rpc('evm_mine', [{ timestamp }])
      head += 1
      const [block, expected] = [head, sentInBlock]
      sentInBlock = 0
      // The check of a block runs beside the making of the next one.
      const before = checks
      checks = Promise.all([before, checkBlock(block, expected)]).then(() => undefined)
      checks.catch(() => undefined)
      await before
    },
    nonceOf: (account) => nonces.get(account) ?? 0,
    verified: () => checks,
  }
}
