import { encode } from '@ethereumjs/rlp'
import fc from 'fast-check'
import { bytesToHex, type Hex, hexToBytes, keccak256, toHex } from 'viem'
import { expect, test } from 'vitest'
import { orderedTrie, trieRoot } from '../../../src/chain/verify/ordered-trie'

type Pair = readonly [key: string, value: Uint8Array]
type Node = (Uint8Array | Node)[]

// The trie as the yellow paper defines it (appendix D), on keys as hex text: slow, and nothing of it is shared.
function nodeOf(pairs: readonly Pair[]): Node {
  const [[key, value] = ['', new Uint8Array()]] = pairs
  if (pairs.length === 1) return [hexPrefix(key, 2), value]
  let common = 0
  while (pairs.every(([other]) => other[common] === key[common])) common += 1
  const without = (count: number, some: readonly Pair[]) => some.map(([k, v]) => [k.slice(count), v] as const)
  if (common > 0) return [hexPrefix(key.slice(0, common), 0), capped(nodeOf(without(common, pairs)))]
  const children = [...'0123456789abcdef'].map((nibble) => {
    const below = without(
      1,
      pairs.filter(([other]) => other[0] === nibble),
    )
    return below.length === 0 ? new Uint8Array() : capped(nodeOf(below))
  })
  return [...children, new Uint8Array()]
}

function capped(node: Node): Uint8Array | Node {
  const encoded = encode(node)
  return encoded.length < 32 ? node : keccak256(encoded, 'bytes')
}

function hexPrefix(nibbles: string, kind: 0 | 2): Uint8Array {
  const isOdd = nibbles.length % 2 === 1
  return hexToBytes(`0x${(kind + (isOdd ? 1 : 0)).toString(16)}${isOdd ? '' : '0'}${nibbles}`)
}

function rootByDefinition(values: readonly Uint8Array[]): Hex {
  if (values.length === 0) return keccak256('0x80')
  const pairs = values.map((value, index) => [bytesToHex(encode(index)).slice(2), value] as const)
  return keccak256(encode(nodeOf(pairs)))
}

const rootOf = (values: readonly Uint8Array[]): Hex => toHex(trieRoot(orderedTrie(values)))

test('the root of nothing is the one that every empty block has', () => {
  expect(rootOf([])).toBe('0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421')
})

test.each([0, 1, 2, 16, 17, 127, 128, 129, 255, 256, 257, 300, 1_000])(
  '%s values have the root by definition',
  (count) => {
    const values = Array.from({ length: count }, (_, index) =>
      new Uint8Array(1 + (index % 60)).fill(index % 251),
    )
    expect(rootOf(values)).toBe(rootByDefinition(values))
  },
)

test('values of any size have the root by definition: also those that make nodes shorter than a hash', () => {
  const value = fc.uint8Array({ minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300, size: 'max' }), (values) => {
      expect(rootOf(values)).toBe(rootByDefinition(values))
    }),
    { numRuns: 40 },
  )
})

test('no two lists that differ in one bit have the same root', () => {
  const place = fc.tuple(fc.nat(299), fc.nat(39), fc.nat(7))
  fc.assert(
    fc.property(place, ([index, byte, bit]) => {
      const values = Array.from({ length: 300 }, (_, position) => new Uint8Array(40).fill(position % 256))
      const before = rootOf(values)
      const flipped = values[index] ?? new Uint8Array()
      flipped[byte] = (flipped[byte] ?? 0) ^ (1 << bit)
      expect(rootOf(values)).not.toBe(before)
    }),
    { numRuns: 10 },
  )
})
