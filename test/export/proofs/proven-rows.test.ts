import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { columnsOf } from '../../../src/core/datasets/datasets'
import type { BlockProof } from '../../../src/export/proofs/block-proof'
import type { RowsToProve } from '../../../src/export/proofs/proven-rows'
import { openSimulator } from '../../bench/open-simulator'
import { closeAll, pool } from '../../chain/rpc/open-pool'
import { type FoldedRows, filesOf, foldedRows } from './folded-rows'
import { proofsOf, verified } from './proving'
import { simulatedHistory } from './simulated-history'

const history = simulatedHistory({ blocks: 40, events: 250 })
const { economy, blocks } = history
const WHOLE = history.range(0, 40)
const rows = foldedRows(economy, blocks)
let proofs: BlockProof[]

beforeAll(async () => {
  proofs = await proofsOf(await pool([await openSimulator({ chain: history.chain })]), economy, WHOLE)
})
afterAll(closeAll)

describe('rows of other files', () => {
  test('are the proven events, one to one', async () => {
    const { counts, said } = await verified(proofs, economy, WHOLE, filesOf(rows, WHOLE))
    expect(said).toEqual([])
    for (const list of Object.values(rows)) expect(list.length).toBeGreaterThan(0)
    const told = Object.values(rows).reduce((count, list) => count + list.length, 0)
    expect(counts.events).toBeGreaterThanOrEqual(told)
  })

  test('of another range are compared where both have blocks', async () => {
    const part = history.range(10, 30)
    const within = (list: FoldedRows['transfers']) =>
      list.filter((cells) => Number(cells[BLOCK]) >= 10 && Number(cells[BLOCK]) <= 30)
    const { said } = await verified(proofs, economy, WHOLE, [
      { ...file(within(rows.transfers)), fromBlock: 10, toBlock: part.toBlock },
    ])
    expect(said).toEqual([])
    const partial = proofs.filter(({ blockNumber }) => blockNumber >= 10 && blockNumber <= 30)
    expect((await verified(partial, economy, part, [file(rows.transfers)])).said).toEqual([])
  })

  const columns = columnsOf('transfers').map(({ name }) => name)
  const BLOCK = columns.indexOf('block_number')
  const file = (list: FoldedRows['transfers']) =>
    filesOf({ ...rows, transfers: list }, WHOLE)[0] as RowsToProve

  test.each([
    ['token_address', economy.contracts.stable.address],
    ['from_address', economy.contracts.stable.address],
    ['to_address', economy.contracts.stable.address],
    ['value', '7'],
    ['transaction_hash', `0x${'ab'.repeat(32)}`],
    ['block_hash', `0x${'ab'.repeat(32)}`],
    ['block_timestamp', '2026-01-01T00:00:00Z'],
  ])('with another %s are named', async (column, cell) => {
    const at = columns.indexOf(column)
    const list = rows.transfers.map((cells, row) => (row === 5 ? cells.with(at, cell) : cells))
    const { findings } = await verified(proofs, economy, WHOLE, [file(list)])
    expect(findings).toEqual([
      {
        law: 'proofs',
        file: 'transfers.csv',
        row: 6,
        block: Number(list[5]?.[BLOCK]),
        column,
        problem: `the proven event has "${rows.transfers[5]?.[at]}", the row "${cell}"`,
      },
    ])
  })

  test('that are left out, or one too many, or of another log are named', async () => {
    const row = rows.transfers[5] ?? []
    const block = Number(row[BLOCK])
    const log = Number(row[columns.indexOf('log_index')])
    const without = await verified(proofs, economy, WHOLE, [file(rows.transfers.toSpliced(5, 1))])
    expect(without.said).toEqual([`-/${block}: there is no row for the proven event at log ${log}`])
    const other = row.with(columns.indexOf('log_index'), '9999')
    const more = await verified(proofs, economy, WHOLE, [file(rows.transfers.toSpliced(6, 0, other))])
    expect(more.said).toEqual([`7/${block}: log "9999" has no proof that is its own`])
    const twice = await verified(proofs, economy, WHOLE, [file(rows.transfers.toSpliced(6, 0, row))])
    expect(twice.said).toEqual([`7/${block}: log "${log}" has no proof that is its own`])
    const swapped = await verified(proofs, economy, WHOLE, [file(rows.transfers.with(5, other))])
    expect(swapped.said).toEqual([
      `-/${block}: there is no row for the proven event at log ${log}`,
      `6/${block}: log "9999" has no proof that is its own`,
    ])
  })

  test('of a block whose proof does not hold are left to the finding that says so', async () => {
    const broken = proofs.map((proof, index) => (index === 4 ? { ...proof, header: '0xc0' } : proof))
    const { said } = await verified(broken, economy, WHOLE, filesOf(rows, WHOLE))
    expect(said).toEqual([
      `5/${proofs[4]?.blockNumber}: the header is no list of fields`,
      expect.stringMatching(/^-\/-: the events that are proven add up to history digest/),
    ])
  })
})
