import { afterAll, beforeAll, expect, test } from 'vitest'
import { CORRECTION_COLUMNS } from '../../../src/core/datasets/datasets'
import { blocksOf, type Draft, HOLDERS, hashOf } from '../../support/history'
import { allRows, createExportedHistory, type ExportedHistory } from './exported-history'

/** What may be in a text that a database keeps: everything that COPY writes otherwise than it is. */
const CONTENT = JSON.stringify({ id: '=1+1', text: 'tab\tline\nback\\slash "quoted" \\N ±∞ 円' })

let exported: ExportedHistory
beforeAll(async () => {
  exported = await createExportedHistory()
  const mint: Draft = {
    kind: 'transfer',
    from: `0x${'0'.repeat(40)}`,
    to: HOLDERS[0] as `0x${string}`,
    value: 9n,
  }
  await exported.hold(blocksOf([[mint], [mint], [mint]]))
  for (const [id, block, hash, replacement] of [
    [1, 3, hashOf('gone', 3), hashOf('block', 3)],
    [2, 2, hashOf('gone', 2), null],
    [10, 2, null, null],
    [11, 4, hashOf('gone', 4), null],
  ] as const) {
    await exported.run(
      `INSERT INTO correction (id, entity, row_id, block_number, block_hash, block_timestamp, replacement_hash,
         replacement_timestamp, base_block, content, taken_back_at)
       VALUES ($1, 'TRANSFER', $2, $3, $4, '2026-01-01T00:00:00Z', $5,
         CASE WHEN $5::text IS NULL THEN NULL ELSE timestamptz '2026-01-01T00:00:01Z' END, $6, $7,
         '2026-01-01T01:00:00.987654+01')`,
      [String(id).padStart(16, '0'), `row-${id}`, block, hash, replacement, block - 1, CONTENT],
    )
  }
})
afterAll(() => exported.close())

test('corrections are told as they were kept, in the order in which rows were taken back', async () => {
  await exported.export(async (source) => {
    const rows = await allRows(source.rows('corrections', await source.range({})))
    const told = rows.map((cells) =>
      Object.fromEntries(CORRECTION_COLUMNS.map(({ name }, index) => [name, cells[index]])),
    )
    expect(told.map(({ id }) => id)).toEqual(['1', '2', '10'])
    expect(told[0]).toEqual({
      id: '1',
      entity: 'TRANSFER',
      row_id: 'row-1',
      block_number: '3',
      block_hash: hashOf('gone', 3),
      block_timestamp: '2026-01-01T00:00:00Z',
      replacement_hash: hashOf('block', 3),
      replacement_timestamp: '2026-01-01T00:00:01Z',
      base_block: '2',
      content: CONTENT,
      taken_back_at: '2026-01-01T00:00:00Z',
    })
    expect(told[2]).toMatchObject({ block_hash: null, replacement_hash: null, replacement_timestamp: null })
  })
})

test('those of blocks outside of the range are left out', async () => {
  await exported.export(async (source) => {
    const rows = await allRows(source.rows('corrections', await source.range({ fromBlock: 2, toBlock: 2 })))
    expect(rows.map(([id]) => id)).toEqual(['2', '10'])
  })
})
