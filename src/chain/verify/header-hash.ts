import type { Hash } from '../../core/address'
import type { NodeHeader } from '../rpc/node-types'
import { BadAnswer } from '../rpc/rpc'
import { bytesOfData, bytesOfQuantity, hexOfBytes } from './hex-bytes'
import { isAmount, isData, shown } from './hex-shape'
import { keccak } from './keccak'
import { encodeRlp } from './rlp'

/** A field of a header: data of so many bytes (0: of any number), or an integer. */
type Field = readonly [name: string, kind: number | 'integer']

/** What every header has, since Frontier, in the order of its encoding (yellow paper, 4.3). */
const FIELDS: readonly Field[] = [
  ['parentHash', 32],
  ['sha3Uncles', 32],
  ['miner', 20],
  ['stateRoot', 32],
  ['transactionsRoot', 32],
  ['receiptsRoot', 32],
  ['logsBloom', 256],
  ['difficulty', 'integer'],
  ['number', 'integer'],
  ['gasLimit', 'integer'],
  ['gasUsed', 'integer'],
  ['timestamp', 'integer'],
  ['extraData', 0],
  ['mixHash', 32],
  ['nonce', 8],
]

/** What forks appended. An encoding has no gaps: who has one of them has all before it. */
const APPENDED: readonly Field[] = [
  ['baseFeePerGas', 'integer'], // London, EIP-1559
  ['withdrawalsRoot', 32], // Shanghai, EIP-4895
  ['blobGasUsed', 'integer'], // Cancun, EIP-4844
  ['excessBlobGas', 'integer'], // Cancun, EIP-4844
  ['parentBeaconBlockRoot', 32], // Cancun, EIP-4788
  ['requestsHash', 32], // Prague, EIP-7685
]

/**
 * The hash that a header's fields commit to: Keccak-256 of their RLP encoding, for Ethereum from Frontier to Osaka
 * and for chains that hash as it does, such as those of the OP stack. A chain with other fields gives another hash
 * than its headers say, for every header.
 * @throws BadAnswer `malformed` if a field that is needed for it is missing
 */
export function headerHash(header: NodeHeader): Hash {
  return hexOfBytes(keccak(encodeHeader(header)))
}

/**
 * The RLP encoding of a header's fields, which its hash is of.
 * @throws BadAnswer `malformed` if a field that is needed for it is missing
 */
export function encodeHeader(header: NodeHeader): Uint8Array {
  const appended = APPENDED.filter(([name]) => header[name] != null).length
  const fields = [...FIELDS, ...APPENDED.slice(0, appended)]
  return encodeRlp(fields.map((field) => fieldBytes(header, field)))
}

function fieldBytes(header: NodeHeader, [name, kind]: Field): Uint8Array {
  const value = header[name]
  if (kind === 'integer') {
    if (isAmount(value)) return bytesOfQuantity(value)
  } else if (isData(value, kind === 0 ? undefined : kind)) return bytesOfData(value)
  const what = `the hash of block ${Number(header.number)} cannot be recomputed: ${name} is ${shown(value)}`
  throw new BadAnswer('malformed', what)
}
