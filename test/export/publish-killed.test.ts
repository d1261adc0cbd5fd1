import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DATA_FORMATS, type DataFormat, type Manifest } from '../../src/export/manifest'
import { PROJECT } from '../support/product'
import { factsOf } from './facts'

const CHILD = join(PROJECT, 'test/export/publish-child.cjs')
/** Two checkpoints, and a group and a part of one behind them. */
const LONG = 231_000
const SHORT = 10

interface Report {
  readonly manifest: Manifest
  readonly wasThere: boolean
  /** Rows that were asked of the source. */
  readonly asked: number
  /** Operations on files. */
  readonly operations: number
  readonly code?: string
}

/** Writes of the 100,000 rows between two checkpoints: text bundle by bundle, each cut where a group ends; Parquet by group. */
const PART_WRITES: Readonly<Record<DataFormat, number>> = { csv: 24, ndjson: 24, parquet: 10 }

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ashao-publish-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** @param killAt which operation on files is the child's last; 0 for none */
function publishIn(
  into: string,
  format: DataFormat,
  { rows, killAt = 0, blocks }: { rows: number; killAt?: number; blocks?: number },
): Report | undefined {
  const facts = JSON.stringify(factsOf(`transfers.${format}`, { format }))
  const args = [CHILD, into, format, String(rows), String(killAt), facts]
  // `ulimit -f` is a disk that is full after so many blocks of 1,024 bytes: the system takes a part, and then refuses.
  const limited = ['-c', `ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, ...args]
  const { stdout, signal, stderr } =
    blocks === undefined ? spawnSync(process.execPath, args) : spawnSync('bash', limited)
  if (signal === 'SIGKILL') return undefined
  expect(String(stderr)).toBe('')
  return JSON.parse(String(stdout)) as Report
}

function uninterrupted(format: DataFormat, rows: number): Report {
  const place = mkdtempSync(join(tmpdir(), 'ashao-publish-'))
  const report = publishIn(place, format, { rows })
  rmSync(place, { recursive: true })
  if (report === undefined) throw new Error('killed by somebody else')
  return report
}

/** What a directory must be at any moment: a manifest for each file but one that has not got it yet, and a file for each. */
function expectNothingHalf(format: DataFormat, { manifest }: Report): void {
  const path = join(directory, `transfers.${format}`)
  if (existsSync(path)) expect(readFileSync(path).length).toBe(manifest.bytes)
  const manifests = join(directory, '_manifests')
  const visible = existsSync(manifests) ? readdirSync(manifests).filter((name) => !name.startsWith('.')) : []
  if (visible.length === 0) return
  expect(visible).toEqual(['000001.json'])
  expect(JSON.parse(readFileSync(join(manifests, '000001.json'), 'utf8'))).toEqual(manifest)
  expect(existsSync(path)).toBe(true)
}

function expectDone(report: Report | undefined, expected: Report): void {
  expect(report?.manifest).toEqual(expected.manifest)
  expect(readdirSync(directory).sort()).toEqual(['_manifests', expected.manifest.file])
  expect(readdirSync(join(directory, '_manifests'))).toEqual(['000001.json'])
}

test('a kill at any operation on files leaves nothing or all, and the next run finishes', () => {
  const expected = uninterrupted('csv', SHORT)
  expect(expected.operations).toBeGreaterThan(8)
  for (let killAt = 1; killAt <= expected.operations; killAt += 1) {
    expect(publishIn(directory, 'csv', { rows: SHORT, killAt })).toBeUndefined()
    expectNothingHalf('csv', expected)
    expectDone(publishIn(directory, 'csv', { rows: SHORT }), expected)
    rmSync(directory, { recursive: true })
  }
})

describe.each(DATA_FORMATS)('%s', (format) => {
  test('runs that are killed one after another go on from each other, to the same bytes', () => {
    const expected = uninterrupted(format, LONG)
    expect(expected.asked).toBe(LONG)
    // At its third operation a run has nothing yet; some after the writes of a part it writes a checkpoint, and then has it.
    const writes = PART_WRITES[format]
    for (const killAt of [3, writes + 10, writes + 6, writes + 10]) {
      expect(publishIn(directory, format, { rows: LONG, killAt })).toBeUndefined()
      expectNothingHalf(format, expected)
    }
    const last = publishIn(directory, format, { rows: LONG })
    expect(last?.asked).toBe(LONG - 200_000)
    expectDone(last, expected)
  })

  test('a full disk is said, and what is there by then is gone on with', () => {
    const expected = uninterrupted(format, LONG)
    const blocks = Math.floor(expected.manifest.bytes / 1_024) - 10
    const refused = publishIn(directory, format, { rows: LONG, blocks })
    expect(refused?.code).toBe('E7005')
    expectNothingHalf(format, expected)
    const next = publishIn(directory, format, { rows: LONG })
    expect(next?.asked).toBeLessThan(LONG)
    expectDone(next, expected)
  })
})
