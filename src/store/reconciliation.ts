import type { Client } from 'pg'
import type { Address, Hash } from '../core/address'
import {
  checksThatCount,
  type DerivedState,
  type StandingDifference,
  standingAfter,
  type Verdicts,
} from '../core/reconciliation'
import {
  ReconciliationCheck,
  ReconciliationResult,
  StandingDifference as StandingDifferenceJson,
} from '../model'

/** How many of the largest holders are compared, and how many others. */
const PICKED = 10
/** How many accounts are compared at most because a difference of theirs stands. */
const MOST_STANDING = 100

/** Adding up all accounts takes seconds with millions of them; what takes longer than this, in milliseconds, hangs. */
const STATEMENT_TIMEOUT = 300_000

/** Why somebody compared: the interval had passed, or it was asked for. */
export type ReconciliationTrigger = 'INTERVAL' | 'ON_DEMAND'

/** Whether the database has the tables that a reconciliation reads and writes. */
export async function canReconcile(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>(
    `SELECT to_regclass('reconciliation') IS NOT NULL AND to_regclass('deployment') IS NOT NULL
       AND to_regclass('head') IS NOT NULL AS known`,
  )
  return rows[0]?.known === true
}

/**
 * Loads what is compared with the chain, all from one state of the database: the newest block, the figures at it,
 * and some accounts. Those are the largest holders; others by the order of their addresses from one that the
 * block's hash names, so that everybody's turn comes and nobody can choose; and those of which a difference stands,
 * so that it is not forgotten because the sample moved on.
 * @returns undefined before the first figures.
 */
export async function loadDerivedState(client: Client): Promise<DerivedState | undefined> {
  await client.query(
    `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT}`,
  )
  try {
    return await derivedState(client)
  } finally {
    await client.query('ROLLBACK')
  }
}

interface TotalsRow {
  block_number: number
  hash: string
  timestamp: Date
  total_supply: string
  treasury_balance: string
  staked: string
  balance_sum: string
  stake_sum: string
}

async function derivedState(client: Client): Promise<DerivedState | undefined> {
  const { rows } = await client.query<TotalsRow>(
    `SELECT head.block_number, head.hash, head.timestamp, newest.total_supply, newest.treasury_balance, newest.staked,
       sums.balance_sum, sums.stake_sum
     FROM head
     JOIN LATERAL (SELECT * FROM snapshot ORDER BY block_number DESC LIMIT 1) newest ON true
     CROSS JOIN (SELECT coalesce(sum(balance), 0) AS balance_sum, coalesce(sum(staked), 0) AS stake_sum
                 FROM account) sums`,
  )
  const row = rows[0]
  if (row === undefined) return undefined
  const { standing } = await latestOf(client)
  return {
    blockNumber: row.block_number,
    blockHash: row.hash as Hash,
    timestamp: Math.floor(row.timestamp.getTime() / 1_000),
    totalSupply: BigInt(row.total_supply),
    treasuryBalance: BigInt(row.treasury_balance),
    staked: BigInt(row.staked),
    balanceSum: BigInt(row.balance_sum),
    stakeSum: BigInt(row.stake_sum),
    accounts: await sampledAccounts(client, row.hash.slice(0, 42), standing),
    standing,
  }
}

/** The latest row: nothing stands before the first one. */
async function latestOf(
  client: Client,
): Promise<{ readonly id: number; readonly standing: readonly StandingDifference[] }> {
  const { rows } = await client.query<{ id: string; standing: readonly unknown[] }>(
    'SELECT id, standing FROM reconciliation ORDER BY id DESC LIMIT 1',
  )
  const [row] = rows
  if (row === undefined) return { id: -1, standing: [] }
  const standing = row.standing.map((element): StandingDifference => {
    const stored = new StandingDifferenceJson(undefined, element)
    const { figure, derived, onChain, blockNumber } = stored
    const account = (stored.account ?? null) as Address | null
    return { figure, account, derived, onChain, blockNumber, blockHash: stored.blockHash as Hash }
  })
  return { id: Number(row.id), standing }
}

/**
 * Where more differences stand than are compared at once, they take turns, and no others join them: figures that are
 * wrong all over are refused already, and the list would grow without end.
 * @param start the first 20 bytes of the block's hash, where an address would begin
 */
async function sampledAccounts(
  client: Client,
  start: string,
  standing: readonly StandingDifference[],
): Promise<DerivedState['accounts']> {
  const different = [...new Set(standing.flatMap(({ account }) => account ?? []))].sort()
  const circle = [...different.filter((id) => id >= start), ...different.filter((id) => id < start)]
  const { rows } = await client.query<{ id: Address; balance: string; staked: string }>(
    `WITH largest AS (SELECT id FROM account ORDER BY balance DESC, id LIMIT ${PICKED}),
     picked AS (
       SELECT id FROM (
         (SELECT id, 0 AS round FROM account WHERE id >= $1 ORDER BY id LIMIT ${PICKED})
         UNION ALL
         (SELECT id, 1 AS round FROM account WHERE id < $1 ORDER BY id LIMIT ${PICKED})
       ) circle ORDER BY round, id LIMIT $3),
     sample AS (TABLE largest UNION TABLE picked UNION SELECT unnest($2::text[]))
     SELECT sample.id, coalesce(balance, 0) AS balance, coalesce(staked, 0) AS staked
     FROM sample LEFT JOIN account USING (id) ORDER BY account.balance DESC NULLS LAST, id`,
    [start, circle.slice(0, MOST_STANDING), different.length < MOST_STANDING ? PICKED : 0],
  )
  return rows.map(({ id, balance, staked }) => ({
    address: id,
    balance: BigInt(balance),
    staked: BigInt(staked),
  }))
}

/**
 * Keeps what a comparison found, and what stands after it. It stands beside the history: neither a reorganisation nor
 * a restart takes it away. Of several comparisons at once each waits for the one before and goes on from what that
 * left, so that no difference is lost between them.
 * @param checkedAt unix milliseconds; the id is later than that of the row before, even if another machine's clock
 *   is ahead: the latest row holds all that stands
 * @returns the differences that stand now
 */
export async function writeReconciliation(
  client: Client,
  state: DerivedState,
  verdicts: Verdicts,
  trigger: ReconciliationTrigger,
  checkedAt: number,
): Promise<readonly StandingDifference[]> {
  const { equal, different, gaps } = verdicts
  const checks = verdicts.checks.map(({ result, ...check }) =>
    new ReconciliationCheck({ ...check, result: ReconciliationResult[result] }).toJSON(),
  )
  // Each statement sees what was committed before it, so the latest row is read once the lock is held. Readers go on.
  await client.query(
    `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT};
     LOCK TABLE reconciliation IN SHARE ROW EXCLUSIVE MODE`,
  )
  try {
    const latest = await latestOf(client)
    const counting = checksThatCount(verdicts.checks, state.standing, latest.standing)
    const standing = standingAfter(latest.standing, counting, state)
    await client.query(
      `INSERT INTO reconciliation
         (id, block_number, block_hash, timestamp, checked_at, trigger, equal, different, gaps, checks, standing)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        String(Math.max(checkedAt, latest.id + 1)).padStart(13, '0'),
        state.blockNumber,
        state.blockHash,
        new Date(state.timestamp * 1_000),
        new Date(checkedAt),
        trigger,
        equal,
        different,
        gaps,
        JSON.stringify(checks),
        JSON.stringify(standing.map((each) => new StandingDifferenceJson(each).toJSON())),
      ],
    )
    await client.query('COMMIT')
    return standing
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
