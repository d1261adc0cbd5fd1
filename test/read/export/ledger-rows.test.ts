import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Hash } from '../../../src/core/address'
import type { Cells, LedgerDatasetName } from '../../../src/core/datasets/dataset'
import { columnsOf, LEDGER_DATASETS } from '../../../src/core/datasets/datasets'
import { contractAddresses, ledgerCells } from '../../../src/core/datasets/ledger-cells'
import { statementCells, statementEvents } from '../../../src/core/datasets/statement-cells'
import type { Ledger } from '../../../src/core/ledger'
import { BUYBACK, DEAD, HOLDERS, history, POLICY, TREASURY } from '../../support/history'
import { ECONOMY } from '../../support/small-economy'
import { allRows, createExportedHistory, type ExportedHistory } from './exported-history'

const CONTRACTS = contractAddresses(ECONOMY.contracts)
const NAMES = Object.keys(LEDGER_DATASETS) as LedgerDatasetName[]
const NOTHING = { balance: 0n, staked: 0n, rewardsPaid: 0n }
const ACCOUNTS = [...HOLDERS, TREASURY, BUYBACK, DEAD]

let exported: ExportedHistory
beforeAll(async () => {
  exported = await createExportedHistory()
})
afterAll(() => exported.close())

const hashesOf = ({ snapshots }: Ledger): ReadonlyMap<number, Hash> =>
  new Map(snapshots.map(({ blockNumber, hash }) => [blockNumber, hash]))

interface Blocks {
  readonly fromBlock: number
  readonly toBlock: number
}

/** What the fold says of some blocks. */
function folded(name: LedgerDatasetName, ledger: Ledger, { fromBlock, toBlock }: Blocks): Cells[] {
  const dataset = LEDGER_DATASETS[name]
  const spell = ledgerCells(dataset, CONTRACTS)
  const hashes = hashesOf(ledger)
  return (ledger[dataset.rows] as readonly { readonly blockNumber: number }[])
    .filter(({ blockNumber }) => blockNumber >= fromBlock && blockNumber <= toBlock)
    .map((row) => spell(row, hashes.get(row.blockNumber) as Hash))
}

/** The newest and the oldest block of a history are picked by shares of it, so that a smaller one has them, too. */
const chosen = fc.record({ blocks: history, final: fc.integer({ min: 1, max: 100 }), from: fc.nat(99) })

test('the database and the fold spell every final row alike, whatever the range', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(chosen, async ({ blocks, final: share, from }) => {
      const head = blocks.at(-1)?.block.number ?? 1
      const final = Math.max(1, Math.floor((head * share) / 100))
      const ledger = await exported.hold(blocks, final)
      await exported.export(async (source) => {
        const newest = ledger.snapshots.findLast(({ blockNumber }) => blockNumber <= final)
        const fromBlock = Math.max(1, Math.floor(((newest?.blockNumber ?? 1) * from) / 100))
        const range = await source.range({ fromBlock })
        expect(range).toMatchObject({ fromBlock, toBlock: newest?.blockNumber, toBlockHash: newest?.hash })
        expect(range.digest.after).toBe(newest?.digest)
        for (const name of NAMES) {
          expect(await allRows(source.rows(name, range))).toEqual(folded(name, ledger, range))
        }
        const hashes = hashesOf(ledger)
        for (const account of ACCOUNTS) {
          const cellsOf = statementCells(account, CONTRACTS, NOTHING)
          const whole = statementEvents(ledger, account).map((event) => ({
            block: event.row.blockNumber,
            cells: cellsOf(event, hashes.get(event.row.blockNumber) as Hash),
          }))
          const within = whole.filter(({ block }) => block >= fromBlock && block <= range.toBlock)
          expect(await allRows(source.rows('statement', range, { account }))).toEqual(
            within.map(({ cells }) => cells),
          )
        }
      })
    }),
    { numRuns: 25 },
  )
})

describe('one history', () => {
  const blocks =
    fc.sample(history, { seed: 11, numRuns: 40 }).sort((a, b) => eventsIn(b) - eventsIn(a))[0] ?? []
  beforeAll(async () => {
    await exported.hold(blocks)
  })

  test.each([...NAMES, 'statement'] as const)('%s goes on after any of its rows', async (name) => {
    const options = name === 'statement' ? { account: HOLDERS[0] } : {}
    const columns = columnsOf(name).map((column) => column.name)
    const [block, log] = ['block_number', 'log_index'].map((column) => columns.indexOf(column)) as [
      number,
      number,
    ]
    await exported.export(async (source) => {
      const range = await source.range({})
      const whole = await allRows(source.rows(name, range, options))
      expect(whole.length).toBeGreaterThan(name === 'prices' ? 0 : 1)
      for (const [index, row] of whole.entries()) {
        const after = { blockNumber: Number(row[block]), logIndex: Number(row[log] ?? 0) }
        const rest = await allRows(source.rows(name, range, { ...options, after }))
        expect(rest).toEqual(whole.slice(index + 1))
      }
    })
  })

  test('a row whose block is not known is an error, not a missing row', async () => {
    const ledger = await exported.hold(blocks)
    const block = ledger.transfers[0]?.blockNumber
    // Only the newest snapshot says how far the range goes: the first block’s can be taken away.
    await exported.run('DELETE FROM snapshot WHERE block_number = $1', [block])
    await exported.export(async (source) => {
      const { toBlock, ...range } = await source.range({})
      const asked = { ...range, fromBlock: 1, toBlock }
      await expect(allRows(source.rows('transfers', asked))).rejects.toThrow('no value for column block_hash')
    })
    await exported.hold(blocks)
  })

  test('an account is needed for a statement, and refused elsewhere', async () => {
    await exported.export(async (source) => {
      const range = await source.range({})
      const refused = expect.objectContaining({ code: 'E5105', kind: 'invalid' })
      expect(() => source.rows('statement', range)).toThrow(refused)
      const [account] = HOLDERS
      expect(() => source.rows('transfers', range, { account })).toThrow(refused)
      const zero = `0x${'0'.repeat(40)}` as const
      expect(() => source.rows('statement', range, { account: zero })).toThrow(refused)
      const after = { blockNumber: 1, logIndex: 0 }
      for (const name of ['daily', 'corrections'] as const) {
        expect(() => source.rows(name, range, { after })).toThrow(expect.objectContaining({ code: 'E5106' }))
      }
    })
  })
})

test('where the history is partial, running values begin with it, and the source says of what', async () => {
  const policy = { ...POLICY, partial: { token: true, staking: false, stable: false } }
  const [blocks = []] = fc.sample(history, { seed: 5, numRuns: 1 })
  const [genesis, ...later] = blocks
  if (genesis === undefined) throw new TypeError('no history')
  // Without the mint everybody begins with nothing, and goes below it.
  const ledger = await exported.hold([{ ...genesis, events: [] }, ...later], undefined, policy)
  expect(ledger.transfers.some(({ fromBalance }) => (fromBalance ?? 0n) < 0n)).toBe(true)
  await exported.export(async (source) => {
    expect(source.partial).toEqual(['token'])
    const range = await source.range({})
    for (const name of NAMES) {
      expect(await allRows(source.rows(name, range))).toEqual(folded(name, ledger, range))
    }
  })
})

function eventsIn(blocks: readonly { readonly events: readonly unknown[] }[]): number {
  return blocks.reduce((sum, { events }) => sum + events.length, 0)
}
