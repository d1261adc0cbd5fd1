import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LogFilter, NodeHeader, NodeLog, NodeReceipt } from '../../../src/chain/rpc/node-types'
import { BadAnswer } from '../../../src/chain/rpc/rpc'
import { checkHeader, checkLinks } from '../../../src/chain/verify/check-headers'
import { checkLogs } from '../../../src/chain/verify/check-logs'
import { checkReceipts, sameLogs } from '../../../src/chain/verify/check-receipts'
import { headerHash } from '../../../src/chain/verify/header-hash'
import { bloomHolds, bloomTest } from '../../../src/chain/verify/log-bloom'
import { receiptsRoot } from '../../../src/chain/verify/receipts-root'
import { startTestChain, type TestChain } from '../test-chain'

const ANYTHING: LogFilter[] = [{ addresses: [], topics: [] }]
const GAS = { gas: '0x30000' }
/** Init code that ends with a log of its own, and leaves no code; and one that fails. */
const LOGGING = '0x60006000a000'
const FAILING = '0x60006000fd'

let chain: TestChain
let headers: NodeHeader[]
let receipts: NodeReceipt[][]
let logs: NodeLog[]

/** One block with a transaction of every kind that a node of today makes. */
async function mineKinds(from: string): Promise<void> {
  const price = { gasPrice: '0x77359400' }
  const fee = { maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x1' }
  const kinds = [
    { to: from, value: '0x1', ...price },
    { to: from, value: '0x1', accessList: [], ...price },
    { to: from, value: '0x1', ...fee },
    { data: LOGGING, ...fee },
    { data: LOGGING, ...price },
    { data: FAILING, ...fee },
  ]
  for (const kind of kinds) await chain.rpc('eth_sendTransaction', [{ from, ...GAS, ...kind }])
  await chain.rpc('evm_mine', [])
}

beforeAll(async () => {
  chain = await startTestChain()
  const [account] = await chain.rpc<string[]>('eth_accounts')
  await mineKinds(account ?? '')
  const head = Number(await chain.rpc<string>('eth_blockNumber'))
  const heights = Array.from({ length: head + 1 }, (_, number) => `0x${number.toString(16)}`)
  headers = await Promise.all(heights.map((at) => chain.rpc<NodeHeader>('eth_getBlockByNumber', [at, false])))
  receipts = await Promise.all(heights.map((at) => chain.rpc<NodeReceipt[]>('eth_getBlockReceipts', [at])))
  logs = await chain.rpc<NodeLog[]>('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])
})

afterAll(() => chain.stop())

const blocks = () => headers.map((header, number) => ({ number, header, receipts: receipts[number] ?? [] }))
const logsOf = (number: number) => logs.filter((log) => Number(log.blockNumber) === number)

describe('what a real node answers', () => {
  test('holds something of every kind', () => {
    const all = receipts.flat()
    expect([...new Set(all.map(({ type }) => type))].sort()).toEqual(['0x0', '0x1', '0x2'])
    expect([...new Set(all.map(({ status }) => status))].sort()).toEqual(['0x0', '0x1'])
    expect(all.some(({ contractAddress, logs }) => contractAddress != null && logs.length > 0)).toBe(true)
    expect(headers.at(-1)?.parentBeaconBlockRoot).toMatch(/^0x/)
    expect(receipts.some((of) => of.length > 16)).toBe(true)
    expect(receipts.some((of) => of.length === 0)).toBe(true)
  })

  test('verifies: every header, every root, every link, every log', () => {
    for (const { number, header, receipts: ofBlock } of blocks()) {
      checkHeader(header, { number })
      expect(headerHash(header)).toBe(header.hash)
      expect(receiptsRoot(ofBlock)).toBe(header.receiptsRoot)
      const proven = checkReceipts(header, ofBlock, ANYTHING)
      expect(sameLogs(logsOf(number), proven)).toBeUndefined()
      expect(bloomTest(ANYTHING)(header.logsBloom)).toBe(true)
      for (const log of proven) expect(bloomHolds(header.logsBloom, log)).toBe(true)
    }
    checkLinks(headers)
    expect(() => checkLogs(logs, { fromBlock: 0, toBlock: headers.length, filters: ANYTHING })).not.toThrow()
    expect(logs.length).toBeGreaterThan(100)
  })

  test('is filtered by what is wanted', () => {
    const { token } = chain.economy.contracts
    const filters = [{ addresses: [token.address], topics: [] }]
    const wanted = blocks().flatMap(({ header, receipts: ofBlock }) =>
      checkReceipts(header, ofBlock, filters),
    )
    expect(wanted).toEqual(logs.filter(({ address }) => address === token.address))
    expect(wanted.length).toBeGreaterThan(0)
    expect(wanted.length).toBeLessThan(logs.length)
  })
})

describe('a lie in what a node answers', () => {
  /** What is said against receipts that were changed. */
  function objection(header: NodeHeader, ofBlock: unknown): string {
    try {
      checkReceipts(header, ofBlock, ANYTHING)
    } catch (error) {
      if (error instanceof BadAnswer) return `${error.errorClass}: ${error.message}`
      throw error
    }
    return 'nothing'
  }

  const flipped = (hex: string, digit: number, bit: number): string => {
    const at = 2 + (digit % (hex.length - 2))
    const nibble = Number.parseInt(hex.charAt(at), 16) ^ (1 << bit)
    return hex.slice(0, at) + nibble.toString(16) + hex.slice(at + 1)
  }

  test('of one bit anywhere in a log is caught, and the block is named', () => {
    const withLogs = blocks().filter(({ number }) => logsOf(number).length > 0)
    const where = fc.record({
      block: fc.nat(),
      log: fc.nat(),
      field: fc.nat(),
      digit: fc.nat(),
      bit: fc.nat(3),
    })
    fc.assert(
      fc.property(where, ({ block, log, field, digit, bit }) => {
        const place = withLogs[block % withLogs.length]
        if (place === undefined) throw new TypeError('the chain has no logs')
        const changed = structuredClone(place.receipts)
        const all = changed.flatMap((receipt) => receipt.logs)
        const one = all[log % all.length] as NodeLog
        const fields = [
          'address',
          'transactionHash',
          'blockHash',
          'logIndex',
          'transactionIndex',
          'blockNumber',
        ]
        if (one.data !== '0x') fields.push('data')
        const name = [...fields, ...one.topics.keys()][field % (fields.length + one.topics.length)]
        if (typeof name === 'number') {
          Object.assign(one.topics, { [name]: flipped(one.topics[name] ?? '', digit, bit) })
        } else {
          const key = name as 'address'
          Object.assign(one, { [key]: flipped(one[key], digit, bit) })
        }
        expect(objection(place.header, changed)).toMatch(
          new RegExp(`^untrusted: .*block ${place.number} \\(${place.header.hash}\\)`),
        )
      }),
      { numRuns: 200 },
    )
  })

  const last = () => blocks().at(-1) as ReturnType<typeof blocks>[number]

  test.each([
    ['a receipt left out', (all: NodeReceipt[]) => all.slice(1)],
    ['the last receipt left out', (all: NodeReceipt[]) => all.slice(0, -1)],
    ['two receipts in the other order', (all: NodeReceipt[]) => [...all.slice(1), ...all.slice(0, 1)]],
    [
      'a transaction that failed and is said to have succeeded',
      (all: NodeReceipt[]) => all.map((one) => ({ ...one, status: '0x1' })),
    ],
    ['no logs where there were some', (all: NodeReceipt[]) => all.map((one) => ({ ...one, logs: [] }))],
    [
      'another transaction’s hash',
      (all: NodeReceipt[]) => all.map((one) => ({ ...one, transactionHash: one.blockHash })),
    ],
    [
      'another transaction’s hash that its logs agree with',
      (all: NodeReceipt[]) =>
        all.map((one) => {
          const logs = one.logs.map((log) => ({ ...log, transactionHash: one.blockHash }))
          return { ...one, transactionHash: one.blockHash, logs }
        }),
    ],
    ['another block', (all: NodeReceipt[]) => all.map((one) => ({ ...one, blockHash: one.transactionHash }))],
    [
      'logs that were removed',
      (all: NodeReceipt[]) =>
        all.map((one) => ({ ...one, logs: one.logs.map((log) => ({ ...log, removed: true })) })),
    ],
  ])('as %s is caught', (_, change) => {
    const { number, header, receipts: ofBlock } = last()
    expect(objection(header, change(ofBlock))).toMatch(
      new RegExp(`^untrusted: .*block ${number} \\(${header.hash}\\)`),
    )
  })

  test('in the header is caught, whatever is changed', () => {
    const { header, receipts: ofBlock } = last()
    for (const field of [
      'stateRoot',
      'receiptsRoot',
      'timestamp',
      'gasUsed',
      'logsBloom',
      'parentHash',
      'extraData',
    ]) {
      const changed = {
        ...header,
        [field]: header[field] === '0x' ? '0x00' : flipped(String(header[field]), 3, 0),
      }
      expect(objection(changed, ofBlock), field).toContain('untrusted: the header of block')
    }
  })

  test.each([
    ['behind', null],
    ['malformed', 'receipts'],
    ['malformed', [{}, null, 1, 2, 3, 4]],
    ['malformed', undefined],
  ])('is told from what is %s', (errorClass, answer) => {
    expect(objection(last().header, answer)).toContain(`${errorClass}: `)
  })
})

test('the first difference between what was told and what is proven is said', () => {
  const [first, second, third] = logs
    .slice(0, 3)
    .map((log, index) => ({ ...log, logIndex: `0x${index}` })) as [NodeLog, NodeLog, NodeLog]
  expect(sameLogs([first, second], [first, second])).toBeUndefined()
  expect(sameLogs([first], [first, second])).toBe('log 1 was left out')
  expect(sameLogs([first, third], [first, second, third])).toBe('log 1 was left out')
  expect(sameLogs([first, second, third], [first, third])).toBe('log 1 does not exist')
  expect(sameLogs([first, second], [first])).toBe('log 1 does not exist')
  expect(sameLogs([{ ...first, data: '0x12' }], [{ ...first, data: '0x13' }])).toBe(
    'log 0 has data 0x12, which is 0x13',
  )
  const topics = [...first.topics, first.blockHash]
  expect(sameLogs([{ ...first, topics }], [first])).toContain('log 0 has topics ')
  expect(sameLogs([{ ...first, transactionHash: first.blockHash }], [first])).toContain(
    'log 0 has transactionHash ',
  )
  expect(sameLogs([{ ...first, address: '0x1' }], [first])).toContain('log 0 has address 0x1')
})
