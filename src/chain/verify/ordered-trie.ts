import { keccak } from './keccak'
import { encodeRlp, type RlpValue } from './rlp'

/**
 * A node of a Merkle Patricia trie (yellow paper, appendix D), with its children as they are rather than as their
 * hashes: what proves that a value is in the trie is read off the way from the root down to it.
 */
export type TrieNode =
  | { readonly kind: 'leaf'; readonly path: Nibbles; readonly value: Uint8Array }
  | { readonly kind: 'extension'; readonly path: Nibbles; readonly child: TrieNode }
  | { readonly kind: 'branch'; readonly children: readonly (TrieNode | undefined)[] }

/** Half bytes, 0 to 15. */
type Nibbles = Uint8Array

interface Entry {
  readonly key: Nibbles
  readonly value: Uint8Array
}

const NOTHING = new Uint8Array(0)

/**
 * The trie of a list, as a block has one of its transactions and one of its receipts: each value under the RLP
 * encoding of its index. No such key begins with another one, so a branch never holds a value of its own.
 * @returns undefined for an empty list
 */
export function orderedTrie(values: readonly Uint8Array[]): TrieNode | undefined {
  if (values.length === 0) return undefined
  const entries = values.map((value, index) => ({ key: nibblesOf(encodeRlp(integerBytes(index))), value }))
  entries.sort((a, b) => Buffer.compare(a.key, b.key))
  return subtrie(entries, 0, entries.length, 0)
}

/** The hash that commits to a trie; that of an empty one is the hash of the empty string's encoding. */
export function trieRoot(trie: TrieNode | undefined): Uint8Array {
  return keccak(trie === undefined ? encodeRlp(NOTHING) : encodeNode(trie))
}

/** A node's RLP encoding, which its hash is of. */
function encodeNode(node: TrieNode): Uint8Array {
  return encodeRlp(listOf(node))
}

/** The trie of the sorted entries from `start` up to `end`, which agree in their first `depth` nibbles. */
function subtrie(entries: readonly Entry[], start: number, end: number, depth: number): TrieNode {
  const first = entryAt(entries, start)
  if (end - start === 1) return { kind: 'leaf', path: first.key.subarray(depth), value: first.value }
  // What the first and the last of a sorted run have in common, all between have.
  const shared = sharedLength(first.key, entryAt(entries, end - 1).key, depth)
  if (shared > 0) {
    const path = first.key.subarray(depth, depth + shared)
    return { kind: 'extension', path, child: subtrie(entries, start, end, depth + shared) }
  }
  const children: (TrieNode | undefined)[] = new Array(16).fill(undefined)
  let from = start
  while (from < end) {
    const nibble = entryAt(entries, from).key[depth] ?? 0
    let to = from + 1
    while (to < end && entryAt(entries, to).key[depth] === nibble) to += 1
    children[nibble] = subtrie(entries, from, to, depth + 1)
    from = to
  }
  return { kind: 'branch', children }
}

function listOf(node: TrieNode): RlpValue {
  switch (node.kind) {
    case 'leaf':
      return [compact(node.path, true), node.value]
    case 'extension':
      return [compact(node.path, false), reference(node.child)]
    case 'branch':
      return [...node.children.map((child) => (child === undefined ? NOTHING : reference(child))), NOTHING]
  }
}

/** How a node is named in its parent: by its hash, or by itself where it is shorter than one. */
function reference(node: TrieNode): Uint8Array | RlpValue {
  const list = listOf(node)
  const encoded = encodeRlp(list)
  return encoded.length < 32 ? list : keccak(encoded)
}

/** A path in bytes (hex-prefix encoding, yellow paper, appendix C): its kind and whether it is odd come first. */
function compact(path: Nibbles, isLeaf: boolean): Uint8Array {
  const isOdd = path.length % 2 === 1
  const flag = (isLeaf ? 2 : 0) + (isOdd ? 1 : 0)
  const nibbles = isOdd ? [flag, ...path] : [flag, 0, ...path]
  return Uint8Array.from({ length: nibbles.length / 2 }, (_, index) => {
    return ((nibbles[2 * index] ?? 0) << 4) | (nibbles[2 * index + 1] ?? 0)
  })
}

/** Big-endian without leading zeros, nothing for 0: as RLP has integers. */
function integerBytes(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.from(bytes)
}

function nibblesOf(bytes: Uint8Array): Nibbles {
  return Uint8Array.from({ length: bytes.length * 2 }, (_, index) => {
    const byte = bytes[index >> 1] ?? 0
    return index % 2 === 0 ? byte >> 4 : byte & 15
  })
}

function sharedLength(a: Nibbles, b: Nibbles, depth: number): number {
  let length = 0
  while (depth + length < a.length && a[depth + length] === b[depth + length]) length += 1
  return length
}

function entryAt(entries: readonly Entry[], index: number): Entry {
  const entry = entries[index]
  if (entry === undefined) throw new RangeError(`a trie of ${entries.length} entries has none at ${index}`)
  return entry
}
