import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createIngestProgress, type IngestProgress } from '../../src/cli/ingest-progress'

/** A progress whose time passes when it is told to, in milliseconds. */
function followed(start = { startBlock: 100, block: -1, events: 0 }) {
  let now = 5_000
  const progress = createIngestProgress(start, () => now)
  return { progress, pass: (milliseconds: number) => (now += milliseconds) }
}

const speeds = (progress: IngestProgress) => {
  const { blocksPerSecond, eventsPerSecond } = progress.state()
  return [blocksPerSecond, eventsPerSecond]
}

/** Batches: milliseconds since the one before, blocks, events. */
const batches = fc.array(fc.tuple(fc.integer({ min: 1, max: 30_000 }), fc.nat(1_000), fc.nat(5_000)), {
  minLength: 1,
  maxLength: 40,
})

describe('for any batches', () => {
  test('what was added is what they brought, and a batch that comes twice counts once', () => {
    fc.assert(
      fc.property(batches, fc.boolean(), (list, isTwice) => {
        const { progress, pass } = followed()
        let block = 99
        let events = 0
        for (const [milliseconds, blocks, more] of list) {
          pass(milliseconds)
          block += blocks
          events += more
          progress.wrote(block, events)
          if (isTwice) progress.wrote(block, events)
        }
        const { added } = progress.state()
        expect([added.blocks, added.events]).toEqual([block - 99, events])
      }),
    )
  })

  test('no speed is above that of the fastest batch, nor below nothing', () => {
    fc.assert(
      fc.property(batches, (list) => {
        const { progress, pass } = followed()
        let block = 99
        let fastest = 0
        for (const [milliseconds, blocks] of list) {
          pass(milliseconds)
          block += blocks
          progress.wrote(block, 0)
          fastest = Math.max(fastest, (blocks / milliseconds) * 1_000)
          const [speed = 0] = speeds(progress)
          expect(speed).toBeGreaterThanOrEqual(0)
          expect(speed).toBeLessThanOrEqual(fastest * 1.000_001)
        }
      }),
    )
  })

  test('at an even pace that is the speed, however it is cut into batches', () => {
    const pauses = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(pauses, (list) => {
        const { progress, pass } = followed()
        let passed = 0
        for (const milliseconds of list) {
          pass(milliseconds)
          passed += milliseconds
          progress.wrote(99 + passed * 2, passed * 7)
          const [blocks = 0, events = 0] = speeds(progress)
          expect(blocks).toBeCloseTo(2_000, 3)
          expect(events).toBeCloseTo(7_000, 3)
        }
      }),
    )
  })
})

test('is 0 before anything, and unknown is how long it takes', () => {
  const { progress, pass } = followed()
  expect(speeds(progress)).toEqual([0, 0])
  pass(1_000)
  expect(progress.state()).toMatchObject({ block: 99, added: { blocks: 0, events: 0, batches: 0 } })
  expect(progress.secondsTo(1_000)).toBeUndefined()
})

test('the time that is left goes by the speed of the last fifteen seconds', () => {
  const { progress, pass } = followed()
  pass(2_000)
  progress.wrote(100, 1)
  pass(4_000)
  progress.wrote(599, 20)
  // Two batches say too little: the first of all holds one block.
  expect(progress.secondsTo(2_099)).toBeUndefined()
  pass(4_000)
  progress.wrote(1_099, 50)
  expect(progress.secondsTo(2_099)).toBe(10)
  expect(progress.secondsTo(1_099)).toBe(0)
  pass(10_000)
  // Of the first ten seconds, the last five are still looked at: a quarter of the second batch, and the third.
  expect(speeds(progress)[0]).toBeCloseTo((499 / 4 + 500) / 15)
  pass(5_000)
  expect(speeds(progress)).toEqual([0, 0])
  expect(progress.secondsTo(2_099)).toBeUndefined()
})

test('an index that is resumed has added nothing yet', () => {
  const { progress, pass } = followed({ startBlock: 100, block: 5_000, events: 70 })
  pass(2_000)
  progress.wrote(5_010, 76)
  expect(progress.state()).toMatchObject({
    block: 5_010,
    events: 76,
    added: { blocks: 10, events: 6, batches: 1 },
  })
  expect(speeds(progress)).toEqual([5, 3])
})

test('a reorganisation takes nothing from what was added', () => {
  const { progress, pass } = followed({ startBlock: 100, block: 200, events: 20 })
  pass(1_000)
  progress.wrote(210, 25)
  progress.wrote(205, 22)
  progress.wrote(211, 26)
  expect(progress.state()).toMatchObject({
    block: 211,
    events: 26,
    added: { blocks: 16, events: 9, batches: 3 },
  })
})
