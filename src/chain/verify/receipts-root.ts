import type { Hash } from '../../core/address'
import type { NodeLog, NodeReceipt } from '../rpc/node-types'
import { BadAnswer } from '../rpc/rpc'
import { bytesOfData, bytesOfQuantity, hexOfBytes } from './hex-bytes'
import { isAmount, isData, shown } from './hex-shape'
import { orderedTrie, trieRoot } from './ordered-trie'
import { encodeRlp } from './rlp'

/** The type of a transaction that comes from the layer below, on chains of the OP stack. */
const DEPOSIT = 0x7e

/**
 * The root of a block's receipts, which its header commits to. It commits to every address, topic and data of every
 * log, and to their order, but not to the hashes of the transactions.
 * @param receipts of the whole block, in its order
 * @throws BadAnswer `malformed` if a receipt lacks what its encoding needs
 */
export function receiptsRoot(receipts: readonly NodeReceipt[]): Hash {
  return hexOfBytes(trieRoot(orderedTrie(receipts.map(encodeReceipt))))
}

/** A receipt as the trie holds it: what came of it, gas, bloom and logs, after the type of its transaction (EIP-2718). */
export function encodeReceipt(receipt: NodeReceipt): Uint8Array {
  const type = receipt.type == null ? 0 : Number(integer(receipt, 'type'))
  const fields = [
    outcome(receipt),
    bytesOfQuantity(integer(receipt, 'cumulativeGasUsed')),
    data(receipt, 'logsBloom', 256),
    receipt.logs.map(encodableLog),
  ]
  // Since Canyon a deposit's receipt holds its nonce and a version. Between Regolith and Canyon nodes tell the nonce,
  // but the trie does not hold it: the version is the sign (OP stack specification, deposits).
  if (type === DEPOSIT && receipt.depositReceiptVersion != null) {
    fields.push(bytesOfQuantity(integer(receipt, 'depositNonce')))
    fields.push(bytesOfQuantity(integer(receipt, 'depositReceiptVersion')))
  }
  const payload = encodeRlp(fields)
  return type === 0 ? payload : Buffer.concat([Uint8Array.of(type), payload])
}

/** Since Byzantium whether it succeeded (EIP-658), before that the root of the state after it. */
function outcome(receipt: NodeReceipt): Uint8Array {
  if (receipt.status != null) return bytesOfQuantity(integer(receipt, 'status'))
  return data(receipt, 'root', 32)
}

function encodableLog({ address, topics, data }: NodeLog): (Uint8Array | Uint8Array[])[] {
  return [bytesOfData(address), topics.map(bytesOfData), bytesOfData(data)]
}

function integer(receipt: NodeReceipt, field: string): string {
  const value = receipt[field]
  if (!isAmount(value)) throw malformed(receipt, field)
  return value
}

function data(receipt: NodeReceipt, field: string, bytes: number): Uint8Array {
  const value = receipt[field]
  if (!isData(value, bytes)) throw malformed(receipt, field)
  return bytesOfData(value)
}

function malformed(receipt: NodeReceipt, field: string): BadAnswer {
  const what = `the receipt of transaction ${shown(receipt.transactionHash)}`
  return new BadAnswer('malformed', `${what} cannot be encoded: ${field} is ${shown(receipt[field])}`)
}
