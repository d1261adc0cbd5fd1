import { createMerkleProof, createMPT, createMPTFromProof, type MerklePatriciaTrie } from '@ethereumjs/mpt'
import { encode } from '@ethereumjs/rlp'
import type { NodeReceipt } from '../../chain/rpc/node-types'
import { encodeReceipt } from '../../chain/verify/receipts-root'

/**
 * The trie of a block's receipts: each under the RLP encoding of its index (yellow paper, 4.3.2).
 * @param receipts of the whole block, in its order
 */
export async function receiptsTrie(receipts: readonly NodeReceipt[]): Promise<MerklePatriciaTrie> {
  const trie = await createMPT()
  for (const [index, receipt] of receipts.entries()) await trie.put(encode(index), encodeReceipt(receipt))
  return trie
}

/** The nodes from the root of the trie down to a receipt, which is the value in the last of them. */
export function pathTo(trie: MerklePatriciaTrie, transactionIndex: number): Promise<readonly Uint8Array[]> {
  return createMerkleProof(trie, encode(transactionIndex))
}

/**
 * The receipt that a path from the root proves to be the one of the transaction.
 * @throws RangeError if the path does not begin at the root, does not lead there, or goes astray: what hangs on it
 *   without being needed is not proven
 */
export async function receiptAt(
  root: Uint8Array,
  transactionIndex: number,
  path: readonly Uint8Array[],
): Promise<Uint8Array> {
  const key = encode(transactionIndex)
  let value: Uint8Array | null
  let way: readonly Uint8Array[]
  try {
    const trie = await createMPTFromProof([...path], { root })
    value = await trie.get(key, true)
    way = await createMerkleProof(trie, key)
  } catch {
    throw new RangeError('its path does not lead from the receiptsRoot of the header to a receipt')
  }
  if (value === null) throw new RangeError('its path proves that there is no such receipt')
  if (way.length !== path.length || !way.every((node, index) => isEqual(node, path[index]))) {
    throw new RangeError('its path has nodes that do not lead to the receipt')
  }
  return value
}

function isEqual(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(one, other) === 0
}
