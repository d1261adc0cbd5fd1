import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildChain } from '../../../bench/ingest/simulator/chain'
import type { ExportRange } from '../../../src/core/datasets/export-range'
import { placeOf } from '../../../src/export/verify/finding'
import { verifyDirectory } from '../../../src/export/verify/verify'
import { eventBlocks } from '../../bench/event-blocks'
import { economyOf } from '../../support/simulated-truth'
import { exportHistory, type FoldedHistory, foldedHistory } from './exported-history'
import { editRows, type Fields, sealAgain } from './forging'

let history: FoldedHistory
let root: string
/** Calendar months of the history. */
let months: readonly { readonly month: string; readonly range: ExportRange }[]

beforeAll(async () => {
  // A block in eight hours: three months.
  const chain = buildChain({ blocks: 270, events: 700, blockTime: 28_800, accounts: 20 })
  history = foldedHistory(eventBlocks(chain), economyOf(chain))
  root = await mkdtemp(join(tmpdir(), 'ashao-parts-'))
  const monthOf = (timestamp: number): string => new Date(timestamp * 1_000).toISOString().slice(0, 7)
  const { snapshots } = history.ledger
  months = [...new Set(snapshots.map(({ timestamp }) => monthOf(timestamp)))].map((month) => {
    const blocks = snapshots.filter(({ timestamp }) => monthOf(timestamp) === month)
    const [first, last] = [blocks[0]?.blockNumber, blocks.at(-1)?.blockNumber]
    return { month, range: history.range(first, last) }
  })
})
afterAll(() => rm(root, { recursive: true }))

async function exported(parts = months): Promise<string> {
  const directory = await mkdtemp(join(root, 'parts-'))
  const wanted = (['transfers', 'snapshots', 'stakes'] as const).flatMap((dataset) =>
    parts.map(({ month, range }) => ({ dataset, range, month })),
  )
  await exportHistory(directory, history, wanted)
  return directory
}

async function told(directory: string): Promise<string[]> {
  const { findings } = (await verifyDirectory(directory)).findings
  return findings.map((finding) => `${finding.law} ${placeOf(finding)}: ${finding.problem}`)
}

const fileOf = (dataset: string, index: number): string => {
  const part = months[index] as (typeof months)[number]
  return `${dataset}/month=${part.month}/${dataset}-${part.range.fromBlock}-${part.range.toBlock}.csv`
}

test('partitions that follow each other verify as one', async () => {
  expect(months.length).toBeGreaterThanOrEqual(3)
  expect(await told(await exported())).toEqual([])
})

test('a partition that is missing between two others is named', async () => {
  const findings = await told(await exported(months.toSpliced(1, 1)))
  expect(findings).toContainEqual(
    expect.stringMatching(
      /^joins _manifests\/000002\.json: transfers\/month=.* and transfers\/month=.* have a hole between them/,
    ),
  )
})

test('what a part says is held against the part before', async () => {
  const directory = await exported()
  // The first time that somebody shows up in a later part: only the part before knows what was there.
  const seen = new Set<string>()
  await editRows(directory, fileOf('transfers', 0), (rows) => {
    for (const { from_address = '', to_address = '' } of rows) seen.add(from_address).add(to_address)
    return rows
  })
  await editRows(directory, fileOf('transfers', 1), (rows) => {
    const row = rows.find(
      ({ to_address = '', to_balance }) => seen.has(to_address) && to_balance !== '',
    ) as Fields
    row.to_balance = `${BigInt(row.to_balance ?? '') + 5n}`
    return rows
  })
  await sealAgain(directory)
  expect(await told(directory)).toContainEqual(
    expect.stringMatching(
      /^running transfers\/month=.*, row \d+ \(line \d+\), block \d+, column to_balance: is \d+, and \d+ \(row \d+ of transfers\/month=/,
    ),
  )
})

test('rows of another month are out of place', async () => {
  const directory = await exported()
  await copyFile(join(directory, fileOf('stakes', 0)), join(directory, fileOf('stakes', 1)))
  await sealAgain(directory)
  expect(await told(directory)).toContainEqual(
    expect.stringMatching(
      /^order stakes\/month=.*, row 1 \(line 2\), block \d+, column block_number: block \d+ is not within/,
    ),
  )
})

test('where history began before the export, it says what that leaves open', async () => {
  const directory = await mkdtemp(join(root, 'late-'))
  const [, second] = months
  if (second === undefined) throw new RangeError('there is a second month')
  await exportHistory(directory, history, [{ dataset: 'transfers', range: second.range }])
  const { findings } = await verifyDirectory(directory)
  expect(findings.findings).toEqual([])
  expect(findings.gaps.map(({ law }) => law)).toEqual(['running', 'snapshots'])
  const [file = ''] = [`transfers-${second.range.fromBlock}-${second.range.toBlock}.csv`]
  expect(findings.verdict('running', file)).toBe('holds')
  expect(findings.verdict('snapshots', file)).toBe('open')
})
