import { keccak256 } from 'viem'
import { encodeRlp, quantityBytes, type RlpItem } from './rlp'

interface Leaf {
  /** One digit of 4 bits for each element. */
  readonly nibbles: readonly number[]
  readonly value: Uint8Array
}

/**
 * Root of the Merkle Patricia trie (Yellow Paper, appendix D) that holds values by their place in a list. Built from
 * the top each time: blocks of a simulated chain are small.
 */
export function listTrieRoot(values: readonly Uint8Array[]): `0x${string}` {
  const leaves = values.map((value, index) => ({
    nibbles: nibblesOf(encodeRlp(quantityBytes(index))),
    value,
  }))
  return keccak256(leaves.length === 0 ? encodeRlp(Buffer.alloc(0)) : encodeRlp(nodeOf(leaves, 0)))
}

function nodeOf(leaves: readonly Leaf[], depth: number): RlpItem {
  const [first] = leaves
  if (first === undefined) return Buffer.alloc(0)
  if (leaves.length === 1) return [compact(first.nibbles.slice(depth), true), first.value]
  const shared = sharedLength(leaves, depth)
  if (shared > depth) {
    return [compact(first.nibbles.slice(depth, shared), false), referenceTo(nodeOf(leaves, shared))]
  }
  const children = Array.from({ length: 16 }, (_, nibble) =>
    referenceTo(
      nodeOf(
        leaves.filter((leaf) => leaf.nibbles[depth] === nibble),
        depth + 1,
      ),
    ),
  )
  const ending = leaves.find((leaf) => leaf.nibbles.length === depth)
  return [...children, ending?.value ?? Buffer.alloc(0)]
}

/** A node of fewer than 32 bytes stands for itself, any other for its hash. */
function referenceTo(node: RlpItem): RlpItem {
  const encoded = encodeRlp(node)
  return encoded.length < 32 ? node : keccak256(encoded, 'bytes')
}

function sharedLength(leaves: readonly Leaf[], depth: number): number {
  const [first] = leaves
  let length = depth
  while (
    first !== undefined &&
    length < first.nibbles.length &&
    leaves.every(({ nibbles }) => nibbles[length] === first.nibbles[length])
  ) {
    length += 1
  }
  return length
}

/** Hex-prefix encoding (appendix C): whether the path ends here, and whether its length is odd, in the first digit. */
function compact(nibbles: readonly number[], isLeaf: boolean): Buffer {
  const flag = isLeaf ? 2 : 0
  const padded = nibbles.length % 2 === 0 ? [flag, 0, ...nibbles] : [flag + 1, ...nibbles]
  const bytes = Buffer.alloc(padded.length / 2)
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = ((padded[2 * index] ?? 0) << 4) | (padded[2 * index + 1] ?? 0)
  }
  return bytes
}

function nibblesOf(bytes: Uint8Array): number[] {
  return [...bytes].flatMap((byte) => [byte >> 4, byte & 15])
}
