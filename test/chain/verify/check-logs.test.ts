import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LogFilter, NodeLog } from '../../../src/chain/rpc/node-types'
import { BadAnswer } from '../../../src/chain/rpc/rpc'
import { checkLogs } from '../../../src/chain/verify/check-logs'
import { hashOf } from '../../support/history'
import { CONTRACT, nodeLog, TOPIC } from './node-log'

const FILTERS: LogFilter[] = [{ addresses: [CONTRACT], topics: [[TOPIC]] }]
const ASKED = { fromBlock: 10, toBlock: 20, filters: FILTERS }

/** What is said against an answer, after its class; undefined if nothing. */
function objection(logs: unknown, question: Parameters<typeof checkLogs>[1] = ASKED): string | undefined {
  try {
    checkLogs(logs, question)
    return undefined
  } catch (error) {
    if (!(error instanceof BadAnswer)) throw error
    return `${error.errorClass}: ${error.message}`
  }
}

/** A true answer: blocks with gaps, transactions with gaps, logs with gaps. */
const answer = fc
  .array(fc.tuple(fc.boolean(), fc.boolean(), fc.integer({ min: 1, max: 3 })), {
    minLength: 2,
    maxLength: 12,
  })
  .map((steps) => {
    let [block, transaction, logIndex] = [10, 0, 0]
    return steps.map(([isNextBlock, isNextTransaction, step]) => {
      if (isNextBlock && block < 20) [block, transaction, logIndex] = [block + 1, 0, 0]
      else if (isNextTransaction) transaction += step
      logIndex += step
      return nodeLog(block, logIndex, transaction)
    })
  })

describe('an answer of logs', () => {
  test('that is true is let pass as it is', () => {
    fc.assert(
      fc.property(answer, (logs) => {
        const before = structuredClone(logs)
        expect(objection(logs)).toBeUndefined()
        expect(logs).toEqual(before)
      }),
    )
  })

  test('whose quantities are spelled in another way is spelled as all others are', () => {
    const spelled = nodeLog(26, 10, 2, { blockNumber: '0x01A', logIndex: '0x0A', transactionIndex: '0x02' })
    expect(objection([spelled], { ...ASKED, fromBlock: 26, toBlock: 26 })).toBeUndefined()
    expect(spelled).toEqual(nodeLog(26, 10, 2))
  })

  test('with a time that is none is caught', () => {
    const late = nodeLog(10, 1, 0, { blockTimestamp: `0x${Date.UTC(2026, 0).toString(16)}` })
    expect(objection([late])).toMatch(/^malformed: .*blockTimestamp/)
  })

  test('in any other order is caught', () => {
    const swapped = fc.tuple(answer, fc.nat(), fc.nat()).map(([logs, a, b]) => {
      const [one, other] = [a % logs.length, b % logs.length]
      const result = [...logs]
      result[one] = logs[other] as NodeLog
      result[other] = logs[one] as NodeLog
      return { result, isMoved: one !== other }
    })
    fc.assert(
      fc.property(
        swapped.filter(({ isMoved }) => isMoved),
        ({ result }) => {
          expect(objection(result)).toMatch(/^untrusted: log \d+ of block \d+ /)
        },
      ),
    )
  })

  test('with one of them twice is caught, wherever the copy is', () => {
    fc.assert(
      fc.property(answer, fc.nat(), fc.nat(), (logs, a, b) => {
        const copy = logs[a % logs.length] as NodeLog
        expect(objection(logs.toSpliced(b % (logs.length + 1), 0, copy))).toMatch(/^untrusted: /)
      }),
    )
  })

  test.each([
    ['is marked as removed', [nodeLog(10, 4, 1, { removed: true })]],
    ['was not asked for: blocks 10 to 20 were', [nodeLog(9, 4, 1)]],
    ['was not asked for: blocks 10 to 20 were', [nodeLog(21, 4, 1)]],
    ['was not asked for', [nodeLog(10, 4, 1, { address: `0x${'c1'.repeat(20)}` })]],
    ['was not asked for', [nodeLog(10, 4, 1, { topics: [hashOf('other')] })]],
    ['was not asked for', [nodeLog(10, 4, 1, { topics: [] })]],
    ['comes twice', [nodeLog(10, 4, 1), nodeLog(10, 4, 1)]],
    ['comes after log 5', [nodeLog(10, 5, 1), nodeLog(10, 4, 1)]],
    ['comes after block 11', [nodeLog(11, 1, 1), nodeLog(10, 4, 1)]],
    [`is of block ${hashOf(99)}`, [nodeLog(10, 3, 1), nodeLog(10, 4, 1, { blockHash: hashOf(99) })]],
    ['has the hash of block 10', [nodeLog(10, 3, 1), nodeLog(11, 4, 1, { blockHash: hashOf(10) })]],
    ['is of transaction 0, the one before it of 1', [nodeLog(10, 3, 1), nodeLog(10, 4, 0)]],
    [
      'is of transaction 1 with hash',
      [nodeLog(10, 3, 1), nodeLog(10, 4, 1, { transactionHash: hashOf('x') })],
    ],
    [
      'is of transaction 2 with hash',
      [nodeLog(10, 3, 1), nodeLog(10, 4, 2, { transactionHash: hashOf('10/1') })],
    ],
    [
      'which came before',
      [nodeLog(10, 2, 1), nodeLog(10, 3, 2), nodeLog(10, 4, 3, { transactionHash: hashOf('10/1') })],
    ],
    [
      'has timestamp 0x9, the one before it 0x8',
      [nodeLog(10, 3, 1, { blockTimestamp: '0x8' }), nodeLog(10, 4, 1, { blockTimestamp: '0x9' })],
    ],
    [
      'the later 0x8',
      [nodeLog(10, 3, 1, { blockTimestamp: '0x8' }), nodeLog(11, 4, 1, { blockTimestamp: '0x7' })],
    ],
  ])('whose log %s is not believed', (what, logs) => {
    const said = objection(logs)
    expect(said).toMatch(/^untrusted: log 4 of block \d+ |which came before$/i)
    expect(said).toContain(what)
  })

  test.each([
    ['no list', 'an answer'],
    ['null', null],
    ['a log that is text', ['0x']],
    ['a short address', [nodeLog(10, 4, 1, { address: '0x12' })]],
    ['digits that are none', [nodeLog(10, 4, 1, { address: `0x${'zz'.repeat(20)}` })]],
    ['half a byte of data', [nodeLog(10, 4, 1, { data: '0x123' })]],
    ['no data', [{ ...nodeLog(10, 4, 1), data: undefined }]],
    ['five topics', [nodeLog(10, 4, 1, { topics: Array(5).fill(TOPIC) })]],
    ['a short topic', [nodeLog(10, 4, 1, { topics: ['0x12'] })]],
    ['a block that is still pending', [{ ...nodeLog(10, 4, 1), blockNumber: null, blockHash: null }]],
    ['a number instead of hex', [{ ...nodeLog(10, 4, 1), logIndex: 4 }]],
    ['a number without digits', [nodeLog(10, 4, 1, { logIndex: '0x' })]],
    ['a timestamp in words', [nodeLog(10, 4, 1, { blockTimestamp: 'now' })]],
  ])('with %s is malformed', (_, logs) => {
    expect(objection(logs)).toMatch(/^malformed: /)
  })

  test('in upper case means the same, and is made lower case', () => {
    const upper = (hex: string): `0x${string}` => `0x${hex.slice(2).toUpperCase()}`
    const logs = [
      nodeLog(10, 3, 1),
      nodeLog(10, 4, 1, {
        address: upper(CONTRACT),
        topics: [upper(TOPIC)],
        data: '0xABCD',
        blockHash: upper(hashOf(10)),
        transactionHash: upper(hashOf('10/1')),
      }),
    ]
    expect(objection(logs)).toBeUndefined()
    expect(logs[1]).toEqual(nodeLog(10, 4, 1, { data: '0xabcd' }))
  })

  test('about one block has to be of just that block', () => {
    const question = { blockHash: hashOf(10), blockNumber: 10, filters: FILTERS }
    expect(objection([nodeLog(10, 4, 1)], question)).toBeUndefined()
    expect(objection([nodeLog(11, 4, 1)], question)).toContain('blocks 10 to 10 were')
    expect(objection([nodeLog(10, 4, 1, { blockHash: hashOf(11) })], question)).toContain('was asked for')
  })

  test('to a question that leaves something open may be anything there', () => {
    const topics = [null, [hashOf('second')]]
    const log = nodeLog(10, 4, 1, { topics: [hashOf('first'), hashOf('second')] })
    expect(objection([log], { ...ASKED, filters: [{ addresses: [], topics }] })).toBeUndefined()
    expect(
      objection([log], { ...ASKED, filters: [{ addresses: [], topics: topics.toReversed() }] }),
    ).toBeDefined()
    expect(
      objection([log], { ...ASKED, filters: [...FILTERS, { addresses: [CONTRACT], topics: [] }] }),
    ).toBeUndefined()
  })
})
