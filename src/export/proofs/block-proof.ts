import { z } from 'zod'
import { isLowerData } from '../../chain/verify/hex-shape'
import type { Hash } from '../../core/address'

/** A receipt with events of the economy, and how it hangs on its block. */
export interface ReceiptProof {
  readonly transactionIndex: number
  readonly transactionHash: Hash
  /** Place of the receipt's first log among those of the block. */
  readonly firstLogIndex: number
  /** The way from the root of the receipts' trie down to the receipt, as places in the block's `nodes`. */
  readonly path: readonly number[]
}

/** A block with events of the economy: its header, and each receipt that holds some. */
export interface BlockProof {
  readonly blockNumber: number
  readonly blockHash: Hash
  /** RLP, which the block's hash is of. */
  readonly header: string
  /** RLP of nodes of the receipts' trie, each once, in the order in which the paths come by them. */
  readonly nodes: readonly string[]
  /** Ascending. The receipt itself is the value in the last node of its path. */
  readonly receipts: readonly ReceiptProof[]
}

const count = z.int().nonnegative()
const data = z.custom<string>((value) => isLowerData(value), 'expected hex data')
const hash = z.custom<Hash>((value) => isLowerData(value, 32), 'expected a hash')

const proofSchema = z.strictObject({
  blockNumber: count,
  blockHash: hash,
  header: data,
  nodes: z.array(data),
  receipts: z.array(
    z.strictObject({
      transactionIndex: count,
      transactionHash: hash,
      firstLogIndex: count,
      path: z.array(count),
    }),
  ),
})

/** A proof as a line of a file, without its end: the same proof is the same text, whoever made it. */
export function proofLine({ blockNumber, blockHash, header, nodes, receipts }: BlockProof): string {
  return JSON.stringify({
    blockNumber,
    blockHash,
    header,
    nodes,
    receipts: receipts.map(({ transactionIndex, transactionHash, firstLogIndex, path }) => {
      return { transactionIndex, transactionHash, firstLogIndex, path }
    }),
  })
}

/** @throws RangeError saying what is wrong, if it is no line that `proofLine` writes */
export function parseProofLine(line: string): BlockProof {
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    throw new RangeError('it is not JSON')
  }
  const parsed = proofSchema.safeParse(read)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new RangeError(`${issue?.path.join('.') || 'it'} is not what a proof has there: ${issue?.message}`)
  }
  if (proofLine(parsed.data) !== line) {
    throw new RangeError(
      'it is spelled otherwise than this program spells it: keys in another order, or blanks',
    )
  }
  return parsed.data
}
