import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rangeHint } from '../../../src/chain/rpc/range-hint'

/** A question for 20,000 blocks from 1,000 on. */
const FROM = 1_000
const TO = 20_999

test.each<[provider: string, message: string, blocks: number, isLimit: boolean]>([
  [
    'Alchemy',
    'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size. Based on your parameters and the response size limit, this block range should work: [0x3e8, 0x7cf]',
    1_000,
    false,
  ],
  [
    'Alchemy',
    'You can make eth_getLogs requests with up to a 500 block range. Based on your parameters, this block range should work: [0x3e8, 0x5db]',
    500,
    true,
  ],
  [
    'Infura',
    'query returned more than 10000 results. Try with this block range [0x3e8, 0xbb7].',
    2_000,
    false,
  ],
  ['Infura', 'range 20000 exceeds limit of 10000', 10_000, true],
  ['QuickNode', 'eth_getLogs is limited to a 10,000 range', 10_000, true],
  ['QuickNode', 'eth_getLogs and eth_newFilter are limited to a 5 blocks range', 5, true],
  ['BlockPI', 'eth_getLogs is limited to 1024 block range', 1_024, true],
  ['Ankr', 'block range is too wide', 3_000, true],
  ['Chainstack', 'Block range limit exceeded. See more details', 10_000, true],
  ['drpc', 'ranges over 10000 blocks are not supported on freetier', 10_000, true],
  ['erigon', 'block range exceeds the range limit of 1000', 1_000, true],
  ['reth', 'query exceeds max block range 10000', 10_000, true],
  ['reth', 'query exceeds max results 20000, retry with the range 1000-1099', 100, false],
  ['Cloudflare', "'fromBlock'-'toBlock' range too large. Max range: 800", 800, true],
  ['Tenderly', 'range 20000 is bigger than range limit 2000', 2_000, true],
  ['BNB Chain', 'exceed maximum block range: 5000', 5_000, true],
  ['op-geth', 'block range greater than 10000 max', 10_000, true],
  ['Moonbeam', 'block range is too wide (maximum 1024)', 1_024, true],
  ['Avalanche', 'requested too many blocks from 1 to 5000, maximum is set to 2048', 2_048, true],
  ['thirdweb', 'Maximum allowed number of requested blocks is 3500', 3_500, true],
  ['Coinbase', 'please limit the query to at most 1,000 blocks', 1_000, true],
  ['Merkle', 'eth_getLogs range is too large, max is 10k blocks', 10_000, true],
  ['Blast', 'the range 20000 exceeds the range allowed for your plan (20000 > 5000).', 5_000, true],
  ['Harmony', 'query must be smaller than size 1024', 1_024, true],
  ['TAC', 'maximum [from, to] blocks distance: 1000', 1_000, true],
])('%s: %s', (_, message, blocks, isLimit) => {
  expect(rangeHint(message, FROM, TO)).toEqual({ blocks, isLimit })
})

test.each([
  'query returned more than 10000 results',
  'Too many logs requested. Max logs per response is 5000.',
  'logs matched by query exceeds limit of 10000',
  'query returns too many logs, narrow your filter: 10000',
  'query exceeds max results 10000',
  'response size should not greater than 10000 bytes',
])('a limit of the results is none of the range: %s', (message) => {
  expect(rangeHint(message, FROM, TO)).toBeUndefined()
})

test('the range that was refused is no hint, nor is a larger one', () => {
  expect(
    rangeHint('query exceeds max results 20000, retry with the range 1000-20999', FROM, TO),
  ).toBeUndefined()
  expect(rangeHint('eth_getLogs is limited to a 50,000 range', FROM, TO)).toBeUndefined()
})

test('whatever is said, a hint is fewer blocks than were asked for, and at least one', () => {
  const sentence = fc
    .tuple(fc.nat(), fc.nat(), fc.constantFrom('[0x%, 0x&]', '%-&', '%'))
    .map(([a, b, shape]) => {
      const numbers = shape.replace('%', a.toString(16)).replace('&', b.toString(16))
      return `this block range should work: ${numbers} limited to a ${a} range, retry with the range ${a}-${b}`
    })
  fc.assert(
    fc.property(sentence, fc.nat(1e6), fc.nat(1e5), (text, from, more) => {
      const hint = rangeHint(text, from, from + more)
      if (hint === undefined) return
      expect(hint.blocks).toBeGreaterThanOrEqual(1)
      expect(hint.blocks).toBeLessThanOrEqual(more)
    }),
  )
})
