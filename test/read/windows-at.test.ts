import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ZERO_ADDRESS } from '../../src/core/address'
import type { EventBlock } from '../../src/core/events'
import { WINDOW } from '../../src/core/figures/window'
import { isUnknown, type Known } from '../../src/core/known'
import { type Span, WINDOW_NAMES, type WindowName } from '../../src/core/window'
import type { AsOfRequest } from '../../src/read/as-of'
import type { WindowAt } from '../../src/read/windows-at'
import { addressOf, POLICY, TREASURY } from '../support/history'
import { countEvents, countStake, flowsOf, hasFigures, integralsOf } from './counted-events'
import { createIndexedHistory, type IndexedHistory, UNTIL_SHRUNK } from './indexed-history'
import { blocksAt, secondsOf, spreadHistory } from './made-up-time'

const HOUR = 3_600
const LENGTHS: Readonly<Record<Exclude<WindowName, 'all'>, number>> = {
  h1: HOUR,
  d1: 24 * HOUR,
  d7: 7 * 24 * HOUR,
  d30: 30 * 24 * HOUR,
  d365: 365 * 24 * HOUR,
}

let indexed: IndexedHistory
beforeAll(async () => {
  indexed = await createIndexedHistory()
})
afterAll(() => indexed.close())
beforeEach(() => indexed.begin())

const windowsAt = (request: AsOfRequest): Promise<readonly WindowAt[]> =>
  indexed.ask(request, (reads, asOf) => reads.windowsAt(asOf, WINDOW_NAMES))

function known(value: Known<Span> | undefined): Span {
  if (value === undefined || isUnknown(value)) throw new TypeError(`no span: ${JSON.stringify(value)}`)
  return value
}

/** Compares every window that ends at `instant` with the events of the blocks up to there. */
function expectCounted(windows: readonly WindowAt[], blocks: readonly EventBlock[], instant: number): void {
  const beginning = blocks[0]?.block.timestamp ?? 0
  expect(windows.map(({ name }) => name)).toEqual(WINDOW_NAMES)
  for (const { name, from, to, span } of windows) {
    expect(to).toBe(instant)
    expect(from).toBe(name === 'all' ? beginning : instant - LENGTHS[name])
    if (from < beginning) {
      expect(span).toEqual({ unknown: 'WINDOW_NOT_COVERED' })
      continue
    }
    // Over all time, what the first block brought is inside as well.
    const isInside = (timestamp: number) => name === 'all' || (timestamp > from && timestamp <= to)
    expect(flowsOf(known(span)), name).toEqual(countEvents(blocks, isInside))
    expect(integralsOf(known(span)), name).toEqual(countStake(blocks, from, to))
    expect(known(span)).toMatchObject({ policy: POLICY, from, to })
  }
}

describe('a window holds what the events in it add up to', () => {
  test('asked at any block, at any time, and at the head', async () => {
    await fc.assert(
      fc.asyncProperty(
        spreadHistory,
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (...made) => {
          const [blocks, place, fraction] = made
          await indexed.begin()
          await indexed.index(blocks)
          const first = blocks[0]?.block.timestamp ?? 0
          const head = blocks.at(-1)?.block
          if (head === undefined) throw new RangeError('an empty history')
          expectCounted(await windowsAt({ kind: 'head' }), blocks, head.timestamp)

          const upTo = blocks.slice(0, 1 + (place % blocks.length))
          const { number } = upTo.at(-1)?.block ?? head
          const newest = upTo.findLast(hasFigures)?.block ?? head
          const instant = newest.timestamp
          expectCounted(await windowsAt({ kind: 'number', number }), upTo, instant)

          const timestamp = first + Math.floor((head.timestamp - first) * fraction)
          const before = blocks.filter(({ block }) => block.timestamp <= timestamp)
          expectCounted(await windowsAt({ kind: 'timestamp', timestamp }), before, timestamp)
        },
      ),
      { ...UNTIL_SHRUNK, numRuns: 40 },
    )
  })

  test('and asked as of an older block, it is what it was when that block was the newest', async () => {
    await fc.assert(
      fc.asyncProperty(spreadHistory, fc.nat(), async (blocks, place) => {
        const withFigures = blocks.filter(hasFigures)
        const cut = withFigures[place % withFigures.length]?.block
        if (cut === undefined) throw new RangeError('an empty history')
        await indexed.begin()
        await indexed.index(blocks.filter(({ block }) => block.number <= cut.number))
        const then = await windowsAt({ kind: 'head' })
        await indexed.index(blocks.filter(({ block }) => block.number > cut.number))
        expect(await windowsAt({ kind: 'number', number: cut.number })).toEqual(then)
        expect(await windowsAt({ kind: 'hash', hash: cut.hash })).toEqual(then)
      }),
      { ...UNTIL_SHRUNK, numRuns: 25 },
    )
  })
})

describe('the ends of a window', () => {
  const alice = addressOf(1)
  const pay = (value: bigint) => ({ kind: 'stableTransfer', from: alice, to: TREASURY, value }) as const
  const named = async (request: AsOfRequest) =>
    new Map((await windowsAt(request)).map((window) => [window.name, window]))
  const revenueOf = (window: WindowAt | undefined) => WINDOW.revenue.value(known(window?.span))

  test('an event at the very beginning of a window is before it, one at its very end is in it', async () => {
    await indexed.index(
      blocksAt(
        ['2024-02-28T12:00:00Z', { kind: 'transfer', from: ZERO_ADDRESS, to: alice, value: 10n }],
        ['2024-02-29T11:00:00Z', pay(1n)],
        ['2024-02-29T11:00:01Z', pay(10n)],
        ['2024-02-29T12:00:00Z', pay(100n)],
        ['2024-02-29T12:00:01Z', pay(1_000n)],
      ),
    )
    const timestamp = secondsOf('2024-02-29T12:00:00Z')
    const windows = await named({ kind: 'timestamp', timestamp })
    expect(revenueOf(windows.get('h1'))).toBe(110n)
    expect(revenueOf(windows.get('d1'))).toBe(111n)
    expect(revenueOf(windows.get('all'))).toBe(111n)
  })

  test('of blocks of one second, those after the block that was asked for are not in it', async () => {
    const second = '2024-12-31T23:59:59Z'
    await indexed.index(
      blocksAt(
        ['2024-12-31T20:00:00Z', pay(1n)],
        [second, pay(10n)],
        [second, pay(100n)],
        [second, pay(1_000n)],
      ),
    )
    const at = async (number: number) => revenueOf((await named({ kind: 'number', number })).get('h1'))
    expect([await at(2), await at(3), await at(4)]).toEqual([10n, 110n, 1_110n])
  })

  test('a window may begin with the history, not before it', async () => {
    await indexed.index(blocksAt(['2024-01-01T00:00:00Z', pay(1n)], ['2024-01-02T00:00:01Z', pay(10n)]))
    const exact = await named({ kind: 'timestamp', timestamp: secondsOf('2024-01-02T00:00:00Z') })
    expect(known(exact.get('d1')?.span)).toMatchObject({ from: secondsOf('2024-01-01T00:00:00Z') })
    expect(exact.get('d7')?.span).toEqual({ unknown: 'WINDOW_NOT_COVERED' })
    const early = await named({ kind: 'timestamp', timestamp: secondsOf('2024-01-01T23:59:59Z') })
    expect(early.get('d1')?.span).toEqual({ unknown: 'WINDOW_NOT_COVERED' })
    expect(revenueOf(early.get('h1'))).toBe(0n)
  })

  test('at the first block, all time has no length, and holds what that block brought', async () => {
    await indexed.index(blocksAt(['2024-01-01T00:00:00Z', pay(7n)]))
    const all = known((await named({ kind: 'head' })).get('all')?.span)
    expect(WINDOW.revenue.value(all)).toBe(7n)
    expect(WINDOW.revenuePerYear.value(all)).toEqual({ unknown: 'EMPTY_WINDOW' })
  })

  test('time goes on to the newest block, though nothing happens any more', async () => {
    await indexed.index(
      blocksAt(
        ['2024-01-01T00:00:00Z', { kind: 'stake', account: alice, amount: 3n }],
        ['2024-01-01T00:00:10Z'],
      ),
    )
    const all = known((await named({ kind: 'head' })).get('all')?.span)
    expect(integralsOf(all).stakeSeconds).toBe(30n)
    expect(WINDOW.averageStake.value(all)).toBe(3n)
  })
})
