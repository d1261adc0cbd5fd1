import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cells } from '../../src/core/datasets/dataset'
import { columnsOf } from '../../src/core/datasets/datasets'
import { createEncoder } from '../../src/export/encoders'
import type { Manifest } from '../../src/export/manifest'
import { readCells } from '../../src/export/read-file'
import { type ReconciledChain, reconciledChain } from '../support/reconciled-chain'
import {
  type Ended,
  exporting,
  forged,
  manifestOf,
  manifestsOf,
  reperforming,
  temporaryDirectory,
} from './exports'

type Facts = (manifest: Manifest) => Partial<Manifest>

describe('exports that somebody changed who knows how manifests work', () => {
  const exports = temporaryDirectory()
  const proven = temporaryDirectory()
  let chain: ReconciledChain
  let rpc: string

  beforeAll(async () => {
    chain = await reconciledChain(4)
    rpc = chain.variables.RPC_URL ?? ''
    const indexer = chain.run('indexer')
    await chain.reachesHead()
    await indexer.stop()
    const words = 'transfers snapshots daily treasury --format csv,ndjson,parquet,hledger'
    await exporting(chain.variables, exports.path, words)
    await exporting(chain.variables, proven.path, 'burns --format csv --proofs')
  }, 120_000)
  afterAll(async () => {
    await chain.close()
    for (const directory of [exports, proven]) directory.remove()
  })

  const fileOf = (dataset: Manifest['dataset'], format: Manifest['format']): string =>
    manifestOf(exports.path, dataset, format).file

  /** Re-performs a forged copy. */
  async function forging(
    file: string,
    change: (bytes: Buffer) => Uint8Array | string,
    facts?: Facts,
    directory = exports.path,
  ): Promise<Ended> {
    const copy = forged(directory, file, change, facts)
    try {
      return await reperforming(copy.path, rpc, '--verification', 'none')
    } finally {
      copy.remove()
    }
  }

  async function rowsOf(dataset: 'transfers' | 'daily', format: 'csv' | 'parquet'): Promise<Cells[]> {
    const rows: Cells[] = []
    const file = path.join(exports.path, fileOf(dataset, format))
    for await (const bundle of readCells(file, format, columnsOf(dataset))) rows.push(...bundle)
    return rows
  }

  function written(
    dataset: 'transfers' | 'daily',
    format: 'csv' | 'parquet',
    rows: readonly Cells[],
  ): Buffer {
    const encoder = createEncoder(format, columnsOf(dataset))
    return Buffer.concat([encoder.start(), encoder.add(rows), encoder.finish()])
  }

  const column = (dataset: 'transfers' | 'daily', name: string): number =>
    columnsOf(dataset).findIndex((each) => each.name === name)

  const changed = (row: Cells, index: number, cell: string): Cells =>
    row.map((each, at) => (at === index ? cell : each))

  test('are equal as long as nobody does', async () => {
    const { code, output } = await reperforming(exports.path, rpc)
    expect(output).toMatch(/10 of 10 files are, byte for byte, what the chain says\. 3 of 3 figures/)
    expect(code).toBe(0)
  })

  test.each(['csv', 'parquet'] as const)(
    'a changed amount in %s is named by row, block and column',
    async (format) => {
      const rows = await rowsOf('transfers', format)
      const at = Math.floor(rows.length / 2)
      const row = rows[at] ?? []
      const [block, value] = [row[column('transfers', 'block_number')], row[column('transfers', 'value')]]
      const forgery = rows.with(at, changed(row, column('transfers', 'value'), `${value}0`))
      const { code, output } = await forging(fileOf('transfers', format), () =>
        written('transfers', format, forgery),
      )
      expect(output).toContain(`row ${at + 1}, block ${block}, column value, byte `)
      expect(output).toContain(`: the chain says "${value}", the file says "${value}0".`)
      expect(output).toMatch(/1 of 10 files are not what the chain says/)
      expect(code).toBe(65)
    },
  )

  test('a removed row is missed where it was', async () => {
    const rows = await rowsOf('transfers', 'csv')
    const place = (row: Cells | undefined): string =>
      `the row of log_index ${row?.[column('transfers', 'log_index')]}, block_number ${row?.[column('transfers', 'block_number')]}`
    const forgery = rows.toSpliced(7, 1)
    const { code, output } = await forging(
      fileOf('transfers', 'csv'),
      () => written('transfers', 'csv', forgery),
      ({ rows }) => ({ rows: rows - 1 }),
    )
    expect(output).toContain('row 8, block ')
    expect(output).toContain(`the chain has ${place(rows[7])} here, the file has ${place(rows[8])}`)
    expect(output).toContain(`the manifest says rows ${rows.length - 1}, it is ${rows.length}`)
    expect(code).toBe(65)
  })

  test('rows that are cut off at the end, and rows that are added there', async () => {
    const rows = await rowsOf('daily', 'parquet')
    const [last] = rows.slice(-1)
    const file = fileOf('daily', 'parquet')
    const cut = await forging(file, () => written('daily', 'parquet', rows.slice(0, -1)))
    expect(cut.output).toContain(`row ${rows.length}, block `)
    expect(cut.output).toContain(`the chain has the row of date ${last?.[0]}, the file has no more rows`)
    const added = await forging(file, () => written('daily', 'parquet', [...rows, last ?? []]))
    expect(added.output).toContain(`row ${rows.length + 1}, block `)
    expect(added.output).toContain(`the chain has no more rows, the file has the row of date ${last?.[0]}`)
    expect([cut.code, added.code]).toEqual([65, 65])
  })

  test('a file that is none any more', async () => {
    const { code, output } = await forging(fileOf('snapshots', 'parquet'), (bytes) => bytes.subarray(0, -9))
    expect(output).toMatch(/snapshots-\d+-\d+\.parquet: byte \d+: /)
    expect(code).toBe(65)
  })

  test('the same rows in other words', async () => {
    const { code, output } = await forging(fileOf('transfers', 'ndjson'), (bytes) =>
      bytes.toString().replace('{', '{ '),
    )
    expect(output).toMatch(
      /transfers-\d+-\d+\.ndjson: byte 1: row 1, line 1: the object is not written .*[^.]\.$/m,
    )
    expect(code).toBe(65)
  })

  test('a journal is told by its lines', async () => {
    const { code, output } = await forging(fileOf('treasury', 'hledger'), (bytes) => {
      const lines = bytes.toString().split('\n')
      const at = lines.findIndex(
        (line) => line.includes('revenue') && /\d/.test(line) && line.startsWith(' '),
      )
      const other = lines[at]?.replace(/\d/, (digit) => `${(Number(digit) + 1) % 10}`)
      return lines.with(at, other ?? '').join('\n')
    })
    expect(output).toMatch(/line \d+, byte \d+: the chain says " .*revenue/)
    expect(code).toBe(65)
  })

  test('and so are proofs', async () => {
    const { file } = manifestOf(proven.path, 'proofs', 'proofs')
    const withoutOne = (bytes: Buffer): string => bytes.toString().split('\n').toSpliced(3, 1).join('\n')
    const { code, output } = await forging(file, withoutOne, undefined, proven.path)
    expect(output).toMatch(
      /proofs-\d+-\d+\.ndjson: line 4, byte \d+: the chain says ".{100,}", the file says "/,
    )
    expect(output).toMatch(/1 of 2 files are not what the chain says/)
    expect(code).toBe(65)
  })

  const HASH = `0x${'5'.repeat(64)}` as const
  test.each<[string, Facts, RegExp]>([
    [
      'another digest',
      ({ historyDigest }) => ({ historyDigest: { ...historyDigest, after: HASH } }),
      /the manifest says historyDigest.after 0x5555/,
    ],
    [
      'another beginning',
      ({ historyDigest }) => ({ historyDigest: { ...historyDigest, before: HASH } }),
      /the manifest says historyDigest.before 0x5555/,
    ],
    ['another hash of its last block', () => ({ toBlockHash: HASH }), /the manifest says toBlockHash 0x5555/],
    ['another hash of the file', () => ({ sha256: '5'.repeat(64) }), /the manifest says sha256 5555/],
    [
      'other definitions',
      () => ({ methodologyVersion: 7 }),
      /the manifest says methodologyVersion 7, it is 1/,
    ],
    ['another chain', () => ({ chainId: 5 }), /the manifest says chainId 5, it is 31337/],
    [
      'another kind of file',
      () => ({ format: 'koinly' }),
      /in its manifest, dataset is transfers, of which there is no koinly\./,
    ],
    [
      'a time that is not over',
      () => ({ time: { from: '2020-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z' } }),
      /the manifest says time up to 9999-01-01T00:00:00Z, but what is final on the chain ends at /,
    ],
  ])('a manifest that speaks of %s', async (_, facts, says) => {
    const { code, output } = await forging(fileOf('transfers', 'csv'), (bytes) => bytes, facts)
    expect(output).toMatch(says)
    expect(code).toBe(65)
  })

  test('a manifest that ends before what happened in the time it stands for', async () => {
    const { toBlock, toBlockTimestamp } = manifestOf(exports.path, 'transfers', 'csv')
    const early = temporaryDirectory()
    try {
      await exporting(
        chain.variables,
        early.path,
        `transfers --format csv --to-block ${Math.floor(toBlock / 2)}`,
      )
      const [manifest] = manifestsOf(early.path)
      const time = { from: '2020-01-01T00:00:00Z', to: toBlockTimestamp }
      const copy = forged(
        early.path,
        manifest?.file ?? '',
        (bytes) => bytes,
        () => ({ time }),
      )
      const { code, output } = await reperforming(copy.path, rpc, '--verification', 'none')
      copy.remove()
      expect(output).toMatch(/the manifest says time .*, but something happened after block \d+ at /)
      expect(code).toBe(65)
    } finally {
      early.remove()
    }
  })

  test('days that nobody has seen yet', async () => {
    const rows = await rowsOf('daily', 'csv')
    const time = { from: '2020-01-01T00:00:00Z', to: '9999-01-01T00:00:00Z' }
    const { code, output } = await forging(
      fileOf('daily', 'csv'),
      () => written('daily', 'csv', rows),
      () => ({ time }),
    )
    expect(output).toMatch(/daily-\d+-\d+\.csv: the manifest says time up to 9999-01-01T00:00:00Z/)
    expect(code).toBe(65)
  })

  test('a file that is gone, and rules that are others', async () => {
    const copy = forged(exports.path, fileOf('daily', 'csv'), (bytes) => bytes)
    rmSync(path.join(copy.path, fileOf('daily', 'csv')))
    const gone = await reperforming(copy.path, rpc, '--verification', 'none')
    expect(gone.output).toMatch(/daily-\d+-\d+\.csv: the file is not there\./)
    const rules = path.join(copy.path, manifestOf(exports.path, 'daily', 'csv').economy.file)
    writeFileSync(rules, readFileSync(rules, 'utf8').replace('"burnBps": 5000', '"burnBps": 4000'))
    const other = await reperforming(copy.path, rpc)
    copy.remove()
    expect(other.output).toMatch(/E7042: The rules .* has the SHA-256/)
    expect([gone.code, other.code]).toEqual([65, 65])
  })
})
