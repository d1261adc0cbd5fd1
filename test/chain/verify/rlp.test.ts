import { encode, type Input } from '@ethereumjs/rlp'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeRlp, type RlpValue } from '../../../src/chain/verify/rlp'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 3 }),
  fc.uint8Array({ minLength: 50, maxLength: 60 }),
  fc.integer({ min: 250, max: 260 }).map((length) => new Uint8Array(length).fill(0xff)),
)
const { value } = fc.letrec<{ value: RlpValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, bytes, fc.array(tie('value'), { maxLength: 8 })),
}))

test('encodes as another implementation does, at every length that changes the form', () => {
  fc.assert(
    fc.property(value, (tree) => {
      expect(hex(encodeRlp(tree))).toBe(hex(encode(tree as Input)))
    }),
    { numRuns: 300 },
  )
})

test.each([0, 1, 55, 56, 255, 256, 65_535, 65_536, 70_000])(
  'encodes %s bytes, alone and in a list',
  (length) => {
    const text = new Uint8Array(length).fill(7)
    expect(hex(encodeRlp(text))).toBe(hex(encode(text)))
    expect(hex(encodeRlp([text, []]))).toBe(hex(encode([text, []])))
  },
)
