import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildChain } from '../../../bench/ingest/simulator/chain'
import type { Address } from '../../../src/core/address'
import type { Manifest } from '../../../src/export/manifest'
import { placeOf } from '../../../src/export/verify/finding'
import { reportText } from '../../../src/export/verify/report'
import { verifyDirectory } from '../../../src/export/verify/verify'
import { eventBlocks } from '../../bench/event-blocks'
import { economyOf } from '../../support/simulated-truth'
import { exportHistory, type FoldedHistory, foldedHistory } from './exported-history'
import { editManifest, editRows, type Fields, sealAgain } from './forging'

let root: string
let whole: string
let history: FoldedHistory
let account: Address

beforeAll(async () => {
  const chain = buildChain({ blocks: 120, events: 400, active: 0.7, blockTime: 1_800, accounts: 20 })
  history = foldedHistory(eventBlocks(chain), economyOf(chain))
  account = history.ledger.stakes[0]?.account as Address
  root = await mkdtemp(join(tmpdir(), 'ashao-contradictions-'))
  whole = join(root, 'whole')
  await exportHistory(whole, history, [
    { dataset: 'statement', account },
    { dataset: 'daily' },
    { dataset: 'stakes' },
    { dataset: 'transfers' },
  ])
})
afterAll(() => rm(root, { recursive: true }))

/** What is found in a copy that was changed and sealed again, with its place. */
async function foundIn(change: (directory: string) => Promise<void>): Promise<string[]> {
  const directory = await mkdtemp(join(root, 'copy-'))
  await cp(whole, directory, { recursive: true })
  await change(directory)
  await sealAgain(directory)
  const { findings } = await verifyDirectory(directory)
  return findings.findings.map((finding) => `${placeOf(finding)}: ${finding.problem}`)
}

test('nothing is found in what was not touched', async () => {
  expect(await foundIn(async () => undefined)).toEqual([])
})

test.each<[what: string, sequence: number, facts: Partial<Manifest>, says: RegExp]>([
  [
    'rows that are called a file of another program',
    4,
    { format: 'koinly' },
    /^_manifests\/000004\.json: dataset is transfers, of which there is no koinly$/,
  ],
  [
    'a statement of nobody',
    1,
    { account: null },
    /^_manifests\/000001\.json: account is null, and a statement/,
  ],
  [
    'a data set of somebody',
    4,
    { account: `0x${'1'.repeat(40)}` },
    /^_manifests\/000004\.json: account is 0x1+, and transfers is of no account$/,
  ],
  [
    'a month that the path does not name',
    4,
    { partition: { month: '2026-01' } },
    /^_manifests\/000004\.json: file is transfers-.*, it is transfers\/month=2026-01\/transfers-/,
  ],
  [
    'a range that the path does not name',
    4,
    { fromBlock: 3 },
    /^_manifests\/000004\.json: file is transfers-/,
  ],
  [
    'a time that there is not',
    2,
    { time: { from: '2026-01-01T00:00:00Z', to: '2026-13-45T00:00:00Z' } },
    /^_manifests\/000002\.json: time\.to: is no time$/,
  ],
])('%s', async (_, sequence, facts, says) => {
  const found = await foundIn((directory) =>
    editManifest(directory, sequence, (manifest) => ({ ...manifest, ...facts })),
  )
  expect(found).toContainEqual(expect.stringMatching(says))
})

test.each<[what: string, edit: (rows: Fields[]) => readonly Fields[], says: RegExp]>([
  [
    'a statement of another token',
    (rows) => rows.map((row, at) => (at === 1 ? { ...row, token_address: `0x${'c'.repeat(40)}` } : row)),
    /, row 2 \(line 3\), block \d+, column token_address: is 0xc+, .*the row is of another contract$/,
  ],
  [
    'an event that went the other way',
    (rows) =>
      rows.map((row, at) => (at === 1 ? { ...row, direction: row.direction === 'IN' ? 'OUT' : 'IN' } : row)),
    /, row 2 \(line 3\), block \d+, column direction: is (IN|OUT), and a [A-Z_]+ goes (IN|OUT|SELF)$/,
  ],
  [
    'the only event of a block is missing: the file is named',
    (rows) => {
      const at = rows.findIndex(
        ({ kind, block_number }) =>
          /^(?:TRANSFER_IN|TRANSFER_OUT|STAKE)$/.test(kind ?? '') &&
          rows.filter((row) => row.block_number === block_number).length === 1,
      )
      if (at < 0) throw new RangeError('there is no such event')
      return rows.toSpliced(at, 1)
    },
    /^statement-0x[0-9a-f]{40}-\d+-\d+\.csv, block \d+: there is no row for log \d+, a (stake|transfer) of 0x/,
  ],
])('%s', async (_, edit, says) => {
  const { fromBlock, toBlock } = history.range()
  const file = `statement-${account}-${fromBlock}-${toBlock}.csv`
  const found = await foundIn((directory) => editRows(directory, file, edit))
  expect(found).toContainEqual(expect.stringMatching(says))
})

test('a name cannot write another report', async () => {
  const directory = await mkdtemp(join(root, 'copy-'))
  await cp(whole, directory, { recursive: true })
  await writeFile(join(directory, 'x\n\nAll that was checked holds.\u001b[8m'), '')
  const text = reportText(await verifyDirectory(directory))
  expect(text).not.toMatch(/^All that was checked holds/m)
  expect(text).not.toContain('\u001b')
  expect(text).toContain('x\\u{a}\\u{a}All that was checked')
})
