import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Cells, DatasetColumn } from '../../src/core/datasets/dataset'
import { createEncoder } from '../../src/export/encoders'
import { DATA_FORMATS } from '../../src/export/manifest'
import { readCells } from '../../src/export/read-file'
import { FileUnreadable } from '../../src/reperform/match-bytes'
import { type MatchedRows, matchRows } from '../../src/reperform/match-rows'
import { rowDifference } from '../../src/reperform/row-difference'

const directory = mkdtempSync(path.join(os.tmpdir(), 'ashao-match-'))
const file = path.join(directory, 'file')
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const column = (name: string, kind: DatasetColumn['kind'], isNullable = false): DatasetColumn => ({
  name,
  kind,
  isNullable,
  description: '',
})
const COLUMNS = [
  column('block_number', 'integer'),
  column('log_index', 'integer'),
  column('amount', 'amount'),
  column('note', 'text', true),
]

/** Rows of ascending places. */
const rows = fc
  .array(
    fc.tuple(
      fc.bigInt(0n, 2n ** 256n - 1n),
      fc.option(fc.constantFrom('=1', 'a,b', '"', 'plain', '')),
      fc.integer({ min: 1, max: 3 }),
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((parts) => {
    let block = 0
    return parts.map(([amount, note, step], index): Cells => {
      block += step
      return [`${block}`, `${index}`, `${amount}`, note]
    })
  })

const format = fc.constantFrom(...DATA_FORMATS)
const bundle = fc.integer({ min: 1, max: 20 })

function writeRows(name: (typeof DATA_FORMATS)[number], all: readonly Cells[]): void {
  const encoder = createEncoder(name, COLUMNS)
  writeFileSync(file, Buffer.concat([encoder.start(), encoder.add(all), encoder.finish()]))
}

/** Holds what is written against rows that come in bundles of some size. */
function matched(name: (typeof DATA_FORMATS)[number], all: readonly Cells[], size: number): MatchedRows {
  const match = matchRows(file, createEncoder(name, COLUMNS))
  for (let at = 0; at < all.length; at += size) match.add(all.slice(at, at + size))
  return match.finish()
}

test('a file that was made of the same rows is equal, however they come in', () => {
  fc.assert(
    fc.property(format, rows, bundle, (name, all, size) => {
      writeRows(name, all)
      expect(matched(name, all, size)).toMatchObject({ rows: all.length, difference: undefined })
    }),
    { numRuns: 60 },
  )
})

test('a changed cell, a missing row and one too many are found at their row', async () => {
  const change = fc.constantFrom('change', 'remove', 'add')
  const property = fc.asyncProperty(
    format,
    rows,
    bundle,
    change,
    fc.nat(),
    async (name, all, size, how, seed) => {
      const at = seed % all.length
      const [block, log, amount, note] = all[at] as [string, string, string, string | null]
      const forgery = {
        change: all.with(at, [block, log, `${BigInt(amount) + 1n}`, note]),
        remove: all.toSpliced(at, 1),
        add: all.toSpliced(at, 0, [block, '999999', '0', null]),
      }[how]
      writeRows(name, forgery)
      const { difference } = matched(name, all, size)
      if (difference === undefined) throw new TypeError('no difference was found')
      const found = await rowDifference(difference, readCells(file, name, COLUMNS), COLUMNS)
      expect(found).toMatchObject({ row: at + 1, block, column: how === 'change' ? 'amount' : undefined })
      if (how === 'change') {
        expect(found?.says).toBe(`the chain says "${amount}", the file says "${BigInt(amount) + 1n}"`)
      } else expect(found?.says).toContain(`the row of block_number ${block}, log_index ${log}`)
    },
  )
  await fc.assert(property, { numRuns: 100 })
})

test('rows that an encoder holds back are found, too', async () => {
  const all = Array.from({ length: 60_000 }, (_, index): Cells => [`${index}`, '0', `${index * 7}`, null])
  for (const at of [0, 24_999, 25_000, 49_999, 59_999]) {
    writeRows('parquet', all.with(at, [`${at}`, '0', '1', null]))
    const { difference } = matched('parquet', all, 8_000)
    if (difference === undefined) throw new TypeError('no difference was found')
    expect(difference.rows.length).toBeLessThan(42_000)
    const found = await rowDifference(difference, readCells(file, 'parquet', COLUMNS), COLUMNS)
    expect(found).toMatchObject({ row: at + 1, block: `${at}`, column: 'amount' })
  }
})

test('bytes behind all rows are no row', () => {
  writeFileSync(file, 'AB and more')
  const nothing = Buffer.alloc(0)
  const encoder = { start: () => Buffer.from('AB'), add: () => nothing, finish: () => nothing }
  expect(matchRows(file, encoder).finish().difference).toMatchObject({ offset: 2, rows: [], isAtEnd: true })
})

test('what cannot be read is said in words', () => {
  expect(() => matchRows(path.join(directory, 'gone'), createEncoder('csv', COLUMNS))).toThrow(FileUnreadable)
  expect(() => matchRows(directory, createEncoder('csv', COLUMNS))).toThrow('it is not a file')
})
