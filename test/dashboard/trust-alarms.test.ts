import { describe, expect, test } from 'vitest'
import type { IndexStatePartsFragment } from '../../src/dashboard/generated'
import { alarmsOf, type Facts, type InvariantNow } from '../../src/dashboard/trust/alarms'

const NOW = Date.parse('2026-01-02T00:00:00Z')
const ago = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString()

const INDEX: IndexStatePartsFragment = {
  head: { blockNumber: 1_000, timestamp: ago(4) },
  sourceStatus: { chainHead: 1_001, chainFinalized: 940, observedAt: ago(3) },
  deployment: { startBlock: 1, partial: [], indexesPending: false },
  reconciliations: [],
  corrections: [],
}
const FINE: Facts = {
  index: INDEX,
  invariants: [],
  isStale: false,
  failure: undefined,
  since: NOW,
  takenBack: undefined,
}
const told = (facts: Partial<Facts>) => alarmsOf({ ...FINE, ...facts }, NOW)
const toldOf = (change: Partial<IndexStatePartsFragment>) => told({ index: { ...INDEX, ...change } })

const HOLDS: InvariantNow = {
  name: 'supplyWithinMax',
  claim: 'totalSupply is at most the fixed cap.',
  status: 'HOLDS',
  explanation: null,
  relation: '≤',
  left: { amount: { decimal: '1', symbol: 'ASHAO' }, count: null },
  right: { amount: { decimal: '2', symbol: 'ASHAO' }, count: null },
  firstBroken: null,
}

describe('what is said at the top of the page', () => {
  test('nothing, where everything is in order', () => {
    expect(told({ invariants: [HOLDS] })).toEqual([])
  })

  test('an API that does not answer, and when it last did', () => {
    const failure = { message: 'The API cannot be reached.', code: undefined }
    expect(told({ failure })).toEqual([{ kind: 'unanswered', message: failure.message, since: NOW }])
    expect(told({ failure, index: undefined, since: undefined })).toEqual([
      { kind: 'unanswered', message: failure.message },
    ])
  })

  test('the API’s own words, where it refuses', () => {
    const failure = { message: 'More than 120 requests came in a minute.', code: 'E5064' }
    expect(told({ failure })).toEqual([{ kind: 'unanswered', ...failure, since: NOW }])
  })

  test('that nothing is indexed', () => {
    expect(toldOf({ head: null })).toEqual([{ kind: 'empty', chainHead: 1_001, startBlock: 1 }])
    expect(toldOf({ head: null, sourceStatus: null, deployment: null })).toEqual([{ kind: 'empty' }])
  })

  test('a broken invariant; not one that is unknown, or broke and holds again', () => {
    const broken: InvariantNow = { ...HOLDS, status: 'BROKEN' }
    const again = {
      ...HOLDS,
      firstBroken: { block: 3, timestamp: ago(9), left: HOLDS.left, right: HOLDS.right },
    }
    const invariants = [HOLDS, broken, { ...HOLDS, status: 'UNKNOWN' as const }, again as InvariantNow]
    expect(told({ invariants })).toEqual([{ kind: 'broken', invariant: broken }])
  })

  test('differences that stand, also where the last comparison found none anew', () => {
    const differences = [
      { figure: 'totalSupply', account: null, blockNumber: 900, derived: null, onChain: null },
    ] as const
    const last = { id: '1', blockNumber: 990, trigger: 'INTERVAL', equal: 4, different: 0, gaps: 0 } as const
    const checkedAt = ago(60)
    expect(toldOf({ reconciliations: [{ ...last, checkedAt, standing: differences }] })).toEqual([
      { kind: 'different', checkedAt, differences },
    ])
    expect(toldOf({ reconciliations: [{ ...last, checkedAt, standing: [] }] })).toEqual([])
  })

  test('an index behind the chain, beyond what one batch takes', () => {
    const behind = (chainHead: number) =>
      toldOf({ sourceStatus: { chainHead, chainFinalized: 0, observedAt: ago(1) } })
    expect(behind(1_032)).toEqual([])
    expect(behind(1_033)).toEqual([
      { kind: 'behind', lag: { indexed: 1_000, chainHead: 1_033, startBlock: 1 } },
    ])
  })

  test.each([
    ['silent', { chainHead: 9_000, chainFinalized: 0, observedAt: ago(121) }],
    ['catchingUp', { chainHead: 9_000, chainFinalized: 0, observedAt: ago(2) }],
    ['noNewerBlock', { chainHead: 1_000, chainFinalized: 0, observedAt: ago(2) }],
    ['unknown', null],
  ] as const)('why a block is old: %s', (cause, sourceStatus) => {
    const [alarm] = told({ isStale: true, index: { ...INDEX, sourceStatus } })
    expect(alarm).toMatchObject({ kind: 'stale', block: 1_000, cause })
  })

  test('an index that is old and behind is one alarm', () => {
    const sourceStatus = { chainHead: 9_000, chainFinalized: 0, observedAt: ago(2) }
    const alarms = told({ isStale: true, index: { ...INDEX, sourceStatus } })
    expect(alarms).toHaveLength(1)
    expect(alarms[0]).toMatchObject({ lag: { indexed: 1_000, chainHead: 9_000 } })
  })

  test('a reorganisation, for ten minutes, with its rows once they are counted', () => {
    const newest = (seconds: number) => [{ id: '7', baseBlock: 995, takenBackAt: ago(seconds) }]
    expect(toldOf({ corrections: newest(599) })).toEqual([
      { kind: 'reorganised', baseBlock: 995, takenBackAt: ago(599) },
    ])
    expect(told({ index: { ...INDEX, corrections: newest(1) }, takenBack: 24 })).toMatchObject([{ rows: 24 }])
    expect(toldOf({ corrections: newest(600) })).toEqual([])
  })

  test('contracts whose history is partial', () => {
    const deployment = { startBlock: 50, partial: ['token'], indexesPending: false }
    expect(toldOf({ deployment })).toEqual([{ kind: 'partial', contracts: ['token'], startBlock: 50 }])
  })

  test('the gravest first', () => {
    const failure = { message: 'The database cannot be reached.', code: 'E5005' }
    const index = {
      ...INDEX,
      deployment: { startBlock: 50, partial: ['token'], indexesPending: false },
      corrections: [{ id: '7', baseBlock: 995, takenBackAt: ago(5) }],
    }
    const alarms = told({ failure, index, isStale: true, invariants: [{ ...HOLDS, status: 'BROKEN' }] })
    expect(alarms.map(({ kind }) => kind)).toEqual([
      'unanswered',
      'broken',
      'stale',
      'reorganised',
      'partial',
    ])
  })
})
