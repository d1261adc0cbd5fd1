import fc from 'fast-check'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Address } from '../../src/core/address'
import type { Standing } from '../../src/core/datasets/statement-cells'
import type { AsOf } from '../../src/read/as-of'
import { openReads, type Reads } from '../../src/read/reads'
import type { StatementEntry } from '../../src/read/statement'
import { openPool } from '../../src/read/transaction'
import {
  account,
  ECONOMY,
  entryRow,
  setDeployment,
  setHead,
  snapshotRow,
  timeOf,
} from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'

const HEAD = 139
const ZERO = account('0')
const [ANN, BEN, CAL] = [account('a'), account('b'), account('c')]
const PEOPLE = [ANN, BEN, CAL]
const FIGURES = ['balance', 'staked', 'rewardsPaid'] as const

/** What one event did to one account. */
interface Step {
  readonly block: number
  readonly log: number
  readonly account: Address
  readonly kind: StatementEntry['kind']
  readonly counterparty: Address | null
  readonly change: StatementEntry['change']
}

let tables: TestTables
let pool: Pool
const steps: Step[] = []

/** A hundred and twenty events in forty blocks, every kind again and again; written down as the indexer would. */
beforeAll(async () => {
  tables = await createTables()
  await setDeployment(tables)
  await setHead(tables, HEAD)
  const balances = new Map<Address, bigint>()
  const stakes = new Map<Address, bigint>()
  const rewards = new Map<Address, bigint>()
  const none = { balance: 0n, staked: 0n, rewardsPaid: 0n }
  const add = (figures: Map<Address, bigint>, who: Address, by: bigint): bigint => {
    const sum = (figures.get(who) ?? 0n) + by
    figures.set(who, sum)
    return sum
  }
  const person = (index: number) => PEOPLE[index % PEOPLE.length] ?? ANN
  for (let block = 100; block <= HEAD; block += 1) await tables.insert('snapshot', snapshotRow(block))
  for (let index = 0; index < 120; index += 1) {
    const [block, log] = [100 + Math.floor(index / 3), index]
    const row = entryRow(block, log)
    const amount = BigInt(index + 1)
    const [who, other] = [person(index), person(index * 2 + Math.floor(index / 5))]
    const step = (
      named: Address,
      kind: Step['kind'],
      counterparty: Address | null,
      change: Partial<Step['change']>,
    ) => steps.push({ block, log, account: named, kind, counterparty, change: { ...none, ...change } })
    const transfer = async (from: Address, to: Address, value: bigint) => {
      const sent = from === ZERO ? null : add(balances, from, -value)
      const received = to === ZERO ? null : add(balances, to, value)
      const parties = { from, to, from_balance: from === to ? received : sent, to_balance: received }
      await tables.insert('transfer', { ...row, ...parties, value })
    }
    switch (index % 8) {
      case 0:
        await transfer(ZERO, who, 1000n * amount)
        step(who, 'MINT', null, { balance: 1000n * amount })
        break
      case 1:
      case 2:
        await transfer(who, other, amount)
        if (who === other) step(who, 'TRANSFER_SELF', who, {})
        else {
          step(who, 'TRANSFER_OUT', other, { balance: -amount })
          step(other, 'TRANSFER_IN', who, { balance: amount })
        }
        break
      case 3:
      case 4: {
        // A burn that is a Transfer has a row in both ledgers; one that is none, in one.
        const isTransfer = index % 8 === 3
        if (isTransfer) await transfer(who, ZERO, amount)
        await tables.insert('burn', {
          ...row,
          burner: who,
          value: amount,
          purpose: 'OTHER',
          evidence: isTransfer ? 'TRANSFER' : 'BURN',
          burner_balance: isTransfer ? balances.get(who) : add(balances, who, -amount),
          cumulative_burn: amount,
        })
        step(who, 'BURN', null, { balance: -amount })
        break
      }
      case 5:
      case 6: {
        const isStake = index % 8 === 5
        const by = isStake ? 10n * amount : -amount
        await tables.insert('stake', {
          ...row,
          account: who,
          action: isStake ? 'STAKE' : 'UNSTAKE',
          amount: isStake ? by : -by,
          account_staked: add(stakes, who, by),
          staked: 1n,
        })
        step(who, isStake ? 'STAKE' : 'UNSTAKE', null, { staked: by })
        break
      }
      default:
        await tables.insert('reward', {
          ...row,
          account: who,
          amount,
          account_rewards_paid: add(rewards, who, amount),
          rewards_paid: 1n,
        })
        step(who, 'REWARD', null, { rewardsPaid: amount })
    }
  }
  pool = openPool(tables.url, () => undefined)
})
afterAll(async () => {
  await pool.end()
  await tables.drop()
})

const at = <T>(block: number, use: (reads: Reads, asOf: AsOf) => Promise<T>): Promise<T> =>
  openReads(pool, ECONOMY, { maxLagSeconds: 60, now: () => timeOf(HEAD) }).snapshot(async (reads) =>
    use(reads, await reads.resolve({ kind: 'number', number: block })),
  )

/** What the statement has to say, added up from nothing but the events. */
function expected(named: Address, upTo: number) {
  let after = { balance: 0n, staked: 0n, rewardsPaid: 0n }
  return steps
    .filter((step) => step.account === named && step.block <= upTo)
    .map(({ block, log, kind, counterparty, change }) => {
      after = {
        balance: after.balance + change.balance,
        staked: after.staked + change.staked,
        rewardsPaid: after.rewardsPaid + change.rewardsPaid,
      }
      return { blockNumber: block, logIndex: log, kind, counterparty, change, after }
    })
}

test('every page says what happened and what the account had then, in both directions, as of any block', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PEOPLE),
      fc.constantFrom('asc' as const, 'desc' as const),
      fc.integer({ min: 100, max: HEAD }),
      fc.integer({ min: 1, max: 60 }),
      fc.option(fc.subarray([...FIGURES]), { nil: undefined }),
      async (named, direction, block, first, wanted) => {
        const figures = wanted && new Set(wanted)
        const asked = (standing: Standing) => (wanted ?? FIGURES).map((figure) => standing[figure])
        const told: object[] = []
        await at(block, async (reads, asOf) => {
          let after: string | undefined
          for (;;) {
            const page = await reads.statement(asOf, { account: named, first, after, direction, figures })
            expect(await page.hasPrevious()).toBe(after !== undefined)
            const oldest = direction === 'asc' ? page.rows[0] : page.rows.at(-1)
            if (oldest !== undefined && figures === undefined) {
              const { after: then, change } = oldest
              for (const figure of FIGURES) {
                expect(page.opening[figure]).toBe((then[figure] as bigint) - change[figure])
              }
            }
            for (const { id, timestamp, transactionHash, after: then, ...rest } of page.rows) {
              expect(timestamp).toBe(timeOf(rest.blockNumber))
              expect([id, transactionHash]).toEqual([expect.any(String), expect.stringMatching(/^0x/)])
              told.push({ ...rest, after: asked(then) })
            }
            const last = page.rows.at(-1)
            if (!page.hasNext() || last === undefined) break
            after = page.cursorOf(last)
          }
        })
        const whole = expected(named, block).map(({ after, ...rest }) => ({ ...rest, after: asked(after) }))
        expect(told).toEqual(direction === 'asc' ? whole : whole.reverse())
      },
    ),
    { numRuns: 60 },
  )
})

test('it ends with what the account has', async () => {
  for (const named of PEOPLE) {
    await at(HEAD, async (reads, asOf) => {
      const page = await reads.statement(asOf, {
        account: named,
        first: 1,
        after: undefined,
        direction: 'desc',
        figures: undefined,
      })
      expect(await reads.accountAt(asOf, named)).toEqual({ address: named, ...page.rows[0]?.after })
    })
  }
})

test('of an account that nothing ever named there is nothing', async () => {
  await at(HEAD, async (reads, asOf) => {
    const page = await reads.statement(asOf, {
      account: account('e'),
      first: 10,
      after: undefined,
      direction: 'asc',
      figures: undefined,
    })
    expect(page.rows).toEqual([])
    expect(page.opening).toMatchObject({ balance: 0n, staked: 0n, rewardsPaid: 0n })
    expect([page.hasNext(), await page.hasPrevious()]).toEqual([false, false])
  })
})

test.each([
  [{ first: 0 }, 'E5021'],
  [{ first: 1001 }, 'E5021'],
  [{ after: 'x' }, 'E5020'],
])('%o is refused', async (request, code) => {
  const asked = {
    account: ANN,
    first: 10,
    after: undefined,
    direction: 'asc' as const,
    figures: undefined,
    ...request,
  }
  await at(HEAD, (reads, asOf) =>
    expect(reads.statement(asOf, asked)).rejects.toMatchObject({ code, kind: 'invalid' }),
  )
})
