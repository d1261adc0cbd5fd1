import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createZstdFrames } from '../../../src/export/http/zstd-frames'
import { decodeZstd } from './zstd-decode'

const compressed = (pieces: readonly Uint8Array[]) =>
  buffer(Readable.from(pieces, { objectMode: true }).pipe(createZstdFrames()))

/** Half of it compresses well, half does not; of no round length. */
const CONTENT = Buffer.concat([Buffer.alloc(700_001, '0x0123456789,'), randomBytes(300_000)])

function cut(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size)
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size))
}

test('what was compressed comes out again', async () => {
  const bytes = await compressed([CONTENT])
  expect(bytes.length).toBeLessThan(320_000)
  expect(decodeZstd(bytes).equals(CONTENT)).toBe(true)
})

test('the bytes do not depend on the pieces that the content comes in', async () => {
  const whole = await compressed([CONTENT])
  for (const size of [999, 65_536, 262_144, 400_000]) {
    expect((await compressed(cut(CONTENT, size))).equals(whole), `pieces of ${size}`).toBe(true)
  }
})

test('nothing at all is one frame, and a whole number of frames has none behind it', async () => {
  const nothing = await compressed([])
  expect(nothing.length).toBeGreaterThan(0)
  expect(decodeZstd(nothing)).toHaveLength(0)
  const two = Buffer.alloc(2 * 256 * 1024, 'a')
  const bytes = await compressed([two])
  expect(decodeZstd(bytes).equals(two)).toBe(true)
  expect(bytes.subarray(-nothing.length).equals(nothing)).toBe(false)
})

test('other work is done between two frames', async () => {
  let turns = 0
  let isDone = false
  const count = (): void => {
    turns += 1
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  await compressed([Buffer.alloc(20 * 256 * 1024, '0x01')])
  isDone = true
  expect(turns).toBeGreaterThanOrEqual(20)
})
