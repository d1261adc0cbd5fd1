import { expect, test } from 'vitest'
import { failureOfBatch, failureOfError, failureOfHttp } from '../../../src/chain/rpc/error-class'
import { Failure } from '../../../src/chain/rpc/failure'
import type { ErrorClass } from '../../../src/chain/rpc/rpc'

const LOGS = { method: 'eth_getLogs', size: 1 }

const SAID: readonly [provider: string, code: number, message: string, errorClass: ErrorClass][] = [
  [
    'Alchemy',
    -32602,
    'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size, or you can request any block range with a cap of 10K logs in the response. Based on your parameters and the response size limit, this block range should work: [0x0, 0x3e7]',
    'too-large',
  ],
  [
    'Alchemy',
    -32600,
    'You can make eth_getLogs requests with up to a 500 block range. Based on your parameters, this block range should work: [0x1a30dfd, 0x1a30ff0]',
    'too-large',
  ],
  [
    'Alchemy',
    429,
    'Your app has exceeded its compute units per second capacity. If you have retries enabled, you can safely ignore this message.',
    'rate-limited',
  ],
  ['Alchemy', 429, 'Monthly capacity limit exceeded. Visit your settings to upgrade.', 'rate-limited'],
  ['Alchemy', -32600, 'Must be authenticated!', 'unauthorized'],
  [
    'Infura',
    -32005,
    'query returned more than 10000 results. Try with this block range [0x1, 0x2].',
    'too-large',
  ],
  ['Infura', -32005, 'query timeout exceeded. Consider reducing your block range.', 'too-large'],
  ['Infura', -32602, 'range 1000000 exceeds limit of 10000', 'too-large'],
  ['Infura', -32005, 'daily request count exceeded, request rate limited', 'rate-limited'],
  ['Infura', -32005, 'project ID request rate exceeded', 'rate-limited'],
  ['Infura', -32002, 'rejected due to project ID settings', 'unauthorized'],
  ['Infura', -32000, 'project ID does not have access to archive state', 'unsupported'],
  ['QuickNode', -32614, 'eth_getLogs is limited to a 10,000 range', 'too-large'],
  ['QuickNode', -32602, 'eth_getLogs and eth_newFilter are limited to a 10,000 blocks range', 'too-large'],
  [
    'QuickNode',
    -32007,
    '50/second request limit reached - reduce calls per second or upgrade your account at quicknode.com',
    'rate-limited',
  ],
  ['Ankr', -32600, 'block range is too wide', 'too-large'],
  ['Ankr', -32090, 'Too many requests, reason: call rate limit exhausted, retry in 10s', 'rate-limited'],
  ['Ankr', -32000, 'Unauthorized: You must authenticate your request with an API key.', 'unauthorized'],
  ['Ankr', -32600, 'Too many ["eth_getLogs"] methods in the batch', 'batch-too-large'],
  ['Chainstack', -32602, 'Block range limit exceeded. See more details at the documentation.', 'too-large'],
  ['Chainstack', -32005, "You've exceeded the RPS limit available on the current plan.", 'rate-limited'],
  [
    'Chainstack',
    -32002,
    'Archive, Debug and Trace requests are not available on your current plan.',
    'unsupported',
  ],
  ['drpc', 35, 'ranges over 10000 blocks are not supported on freetier', 'too-large'],
  [
    'drpc',
    31,
    'Batch of more than 3 requests are not allowed on free tier, please upgrade your tier to paid',
    'batch-too-large',
  ],
  ['drpc', 30, 'Request timeout on the free tier, please upgrade your tier to the paid one', 'timeout'],
  ['drpc', 15, 'Too many request, try again later. Rate limit exceeded', 'rate-limited'],
  ['drpc', 19, 'Temporary internal error. Please retry', 'unavailable'],
  ['geth', -32000, 'execution reverted: too many requests', 'rejected'],
  ['geth', 3, 'execution reverted', 'rejected'],
  ['geth', -32000, 'header not found', 'behind'],
  ['geth', -32000, 'unknown block', 'behind'],
  ['geth', -32000, 'invalid block range params', 'behind'],
  ['geth', -32000, 'block range extends beyond current head block', 'behind'],
  ['geth', -32000, 'failed to get logs for block #5 (0xd4e567..cb8fa3)', 'behind'],
  ['geth', -32000, 'missing trie node 4c5a (path ) state 0x4c5a is not available', 'unsupported'],
  ['geth', 4444, 'pruned history unavailable', 'unsupported'],
  ['geth', -39001, 'finalized block not found', 'unsupported'],
  ['geth', -32601, 'the method eth_getBlockReceipts does not exist/is not available', 'unsupported'],
  ['geth', -32600, 'batch too large', 'batch-too-large'],
  ['geth', -32003, 'response too large', 'too-large'],
  ['geth', -32002, 'request timed out', 'timeout'],
  ['geth', -32602, 'invalid argument 0: hex string has length 3', 'rejected'],
  ['geth', -32000, 'invalid opcode: INVALID', 'rejected'],
  ['geth', -32603, 'method handler crashed', 'unavailable'],
  ['op-geth', -32000, 'block range greater than 10000 max', 'too-large'],
  ['erigon', -32000, 'query returns too many logs, narrow your filter: 20000', 'too-large'],
  ['erigon', -32000, 'batch limit 100 exceeded: 142 requests given', 'batch-too-large'],
  ['erigon', -32000, 'block not found 11185311', 'behind'],
  [
    'erigon',
    -32000,
    'old data not available due to pruning: from tx: 1962853355, min tx: 2662500000',
    'unsupported',
  ],
  ['erigon', -32000, 'seek with txNum=1 but data before txNum=2662500000 is not available', 'unsupported'],
  ['nethermind', -32001, '8633830 could not be found', 'behind'],
  ['nethermind', -32005, 'Too many logs requested. Max logs per response is 20000.', 'too-large'],
  ['nethermind', -32005, 'Batch size limit exceeded', 'batch-too-large'],
  ['nethermind', -32002, 'No state available for block 0x12', 'unsupported'],
  ['nethermind', -32015, 'VM execution error.', 'rejected'],
  ['reth', -32602, 'query exceeds max block range 100000', 'too-large'],
  ['reth', -32602, 'query exceeds max results 20000, retry with the range 24383075-24383096', 'too-large'],
  ['reth', -32001, 'block not found: 0x1234', 'behind'],
  ['reth', -32603, 'distance to target block exceeds maximum proof window', 'unsupported'],
  ['reth', -32010, 'The batch request was too large', 'batch-too-large'],
  ['reth', -32005, 'Batched requests are not supported by this server', 'batch-too-large'],
  ['anvil', -32603, 'Rate limited', 'rate-limited'],
  ['anvil', -32001, 'BlockOutOfRangeError: block height is 5 but requested was 9', 'behind'],
  ['anvil', 3, 'execution reverted: no', 'rejected'],
  [
    'Cloudflare',
    -32047,
    "Invalid eth_getLogs request. 'fromBlock'-'toBlock' range too large. Max range: 800",
    'too-large',
  ],
  ['Blast', -32000, 'the range 10001 exceeds the range allowed for your plan (10001 > 5000).', 'too-large'],
  ['Blast', -32097, 'Rate limit reached', 'rate-limited'],
  ['proxyd', -32016, 'over rate limit', 'rate-limited'],
  ['proxyd', -32011, 'no backend is currently healthy to serve traffic', 'unavailable'],
  ['proxyd', -32019, 'block is out of range', 'behind'],
  ['proxyd', -32012, 'backend response too large', 'too-large'],
  ['BNB Chain', -32000, 'exceed maximum block range: 5000', 'too-large'],
  ['BNB Chain', -32005, 'limit exceeded', 'too-large'],
  ['PublicNode', -32701, 'exceed maximum block range: 50000', 'too-large'],
  ['Arbitrum', -32000, 'logs matched by query exceeds limit of 10000', 'too-large'],
  ['Moonbeam', -32603, 'block range is too wide (maximum 1024)', 'too-large'],
  ['Avalanche', -32000, 'requested too many blocks from 1 to 5000, maximum is set to 2048', 'too-large'],
  ['anybody', -32603, 'Internal error', 'unavailable'],
  ['anybody', -32000, 'something that nobody has ever said', 'unavailable'],
  ['anybody', -32005, 'something that nobody has ever said', 'rate-limited'],
]

test.each(SAID)('%s, %i: %s', (_, code, message, errorClass) => {
  expect(failureOfError({ code, message }, LOGS).errorClass).toBe(errorClass)
})

test('the words may be in the data', () => {
  const payload = 'range 9009594 is bigger than range limit 2000'
  const tenderly = { code: -32602, message: 'invalid params', data: { error_id: '94', payload } }
  expect(failureOfError(tenderly, LOGS).errorClass).toBe('too-large')
  const jsonrpsee = { code: -32010, message: 'refused', data: 'Exceeded max limit of 100: batch too large' }
  expect(failureOfError(jsonrpsee, LOGS).errorClass).toBe('batch-too-large')
})

test('an error that is no object is malformed, unless its text says more', () => {
  expect(failureOfError(17, LOGS).errorClass).toBe('malformed')
  expect(failureOfError('Too many requests', LOGS).errorClass).toBe('rate-limited')
})

test.each<[number, ErrorClass]>([
  [301, 'unavailable'],
  [400, 'malformed'],
  [401, 'unauthorized'],
  [403, 'unauthorized'],
  [404, 'unavailable'],
  [408, 'timeout'],
  [413, 'too-large'],
  [429, 'rate-limited'],
  [500, 'unavailable'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'timeout'],
  [524, 'timeout'],
])('HTTP %i with a page of HTML is %s', (status, errorClass) => {
  expect(failureOfHttp({ status, headers: {} }, '<html>Oops</html>', LOGS).errorClass).toBe(errorClass)
})

test('what the status says weighs more than a code that says little, and less than words', () => {
  const http = { status: 429, headers: {} }
  expect(failureOfError({ code: -32600, message: 'no' }, LOGS, http).errorClass).toBe('rate-limited')
  expect(failureOfError({ code: '-32600', message: 'no' }, LOGS).errorClass).toBe('rejected')
  const worded = { code: -32005, message: 'query returned more than 10 results' }
  expect(failureOfError(worded, LOGS, http).errorClass).toBe('too-large')
})

test('a refusal for the size is one of the batch where there is one', () => {
  const batch = { method: 'eth_getBlockByNumber', size: 10 }
  expect(failureOfHttp({ status: 413, headers: {} }, '', batch).errorClass).toBe('batch-too-large')
  const form = failureOfError({ code: -32600, message: 'Invalid Request' }, batch)
  expect(failureOfBatch(form).errorClass).toBe('batch-too-large')
  const limited = failureOfError({ code: 429, message: 'slow down' }, batch)
  expect(failureOfBatch(limited).errorClass).toBe('rate-limited')
})

const limited = (headers: Record<string, string>, error: object = {}): number | undefined =>
  failureOfError({ code: 429, message: 'Too many requests', ...error }, LOGS, { status: 429, headers }).facts
    .retryAfter

test('how long to wait is read from the header, the data or the words, in this order', () => {
  expect(limited({})).toBeUndefined()
  expect(limited({ 'retry-after': '2' })).toBe(2_000)
  expect(limited({ 'retry-after': '0.25' })).toBe(250)
  expect(limited({ 'retry-after': 'soon' })).toBeUndefined()
  const date = 'Wed, 21 Oct 2026 07:28:00 GMT'
  expect(limited({ date, 'retry-after': 'Wed, 21 Oct 2026 07:28:05 GMT' })).toBe(5_000)
  expect(limited({ 'retry-after': date, date: 'Wed, 21 Oct 2026 07:29:00 GMT' })).toBe(0)
  const infura = { data: { rate: { allowed_rps: 1, backoff_seconds: 30, current_rps: 1.4 } } }
  expect(limited({}, infura)).toBe(30_000)
  expect(limited({ 'retry-after': '1' }, infura)).toBe(1_000)
  expect(limited({}, { data: { try_again_in: '69.96ms' } })).toBe(70)
  expect(limited({}, { message: 'Too many requests, retry in 10s' })).toBe(10_000)
  expect(limited({}, { message: 'Rate limited. Please try again in 10ms.' })).toBe(10)
  expect(limited({}, { message: 'try again in 1.5s' })).toBe(1_500)
  expect(limited({}, { message: 'retry after 2 minutes' })).toBe(120_000)
  expect(limited({}, { message: 'retry with the range 10-20' })).toBeUndefined()
})

test('a failure is an error without the address of anybody', () => {
  expect(failureOfHttp({ status: 500, headers: {} }, 'secret', LOGS)).toBeInstanceOf(Failure)
  expect(failureOfHttp({ status: 500, headers: {} }, 'secret', LOGS).message).toBe('HTTP 500')
})
