import type { Client } from 'pg'
import type { Address, Hash } from '../core/address'
import type { DerivedState, Verdicts } from '../core/reconciliation'
import { ReconciliationCheck, ReconciliationResult } from '../model'

/** How many of the largest holders are compared, how many others, and how many that differed the last time. */
const PICKED = 10

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
 * block's hash names, so that everybody's turn comes and nobody can choose; and those that differed the last time,
 * so that a difference is not forgotten because the sample moved on.
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
  return {
    blockNumber: row.block_number,
    blockHash: row.hash as Hash,
    timestamp: Math.floor(row.timestamp.getTime() / 1_000),
    totalSupply: BigInt(row.total_supply),
    treasuryBalance: BigInt(row.treasury_balance),
    staked: BigInt(row.staked),
    balanceSum: BigInt(row.balance_sum),
    stakeSum: BigInt(row.stake_sum),
    accounts: await sampledAccounts(client, row.hash.slice(0, 42)),
  }
}

/** @param start the first 20 bytes of the block's hash, where an address would begin */
async function sampledAccounts(client: Client, start: string): Promise<DerivedState['accounts']> {
  const { rows } = await client.query<{ id: Address; balance: string; staked: string }>(
    `WITH largest AS (SELECT id FROM account ORDER BY balance DESC, id LIMIT ${PICKED}),
     picked AS (
       SELECT id FROM (
         (SELECT id, 0 AS round FROM account WHERE id >= $1 ORDER BY id LIMIT ${PICKED})
         UNION ALL
         (SELECT id, 1 AS round FROM account WHERE id < $1 ORDER BY id LIMIT ${PICKED})
       ) circle ORDER BY round, id LIMIT ${PICKED}),
     answered AS (
       SELECT checks FROM reconciliation WHERE equal + different > 0 ORDER BY id DESC LIMIT 1),
     different AS (
       SELECT DISTINCT entry->>'account' AS id FROM answered, jsonb_array_elements(checks) AS entry
       WHERE entry->>'result' = 'DIFFERENT' AND entry->>'account' IS NOT NULL ORDER BY 1 LIMIT ${PICKED}),
     sample AS (TABLE largest UNION TABLE picked UNION TABLE different)
     SELECT sample.id, coalesce(balance, 0) AS balance, coalesce(staked, 0) AS staked
     FROM sample LEFT JOIN account USING (id) ORDER BY account.balance DESC NULLS LAST, id`,
    [start],
  )
  return rows.map(({ id, balance, staked }) => ({
    address: id,
    balance: BigInt(balance),
    staked: BigInt(staked),
  }))
}

/**
 * Keeps what a comparison found. It stands beside the history: neither a reorganisation nor a restart takes it away.
 * @param checkedAt unix milliseconds; one more for each reconciliation of that very millisecond, since it is the id
 */
export async function writeReconciliation(
  client: Client,
  state: DerivedState,
  verdicts: Verdicts,
  trigger: ReconciliationTrigger,
  checkedAt: number,
): Promise<void> {
  const { equal, different, gaps } = verdicts
  const checks = verdicts.checks.map(({ result, ...check }) =>
    new ReconciliationCheck({ ...check, result: ReconciliationResult[result] }).toJSON(),
  )
  for (let instant = checkedAt; ; instant += 1) {
    const { rowCount } = await client.query(
      `INSERT INTO reconciliation
         (id, block_number, block_hash, timestamp, checked_at, trigger, equal, different, gaps, checks)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
      [
        String(instant).padStart(13, '0'),
        state.blockNumber,
        state.blockHash,
        new Date(state.timestamp * 1_000),
        new Date(instant),
        trigger,
        equal,
        different,
        gaps,
        JSON.stringify(checks),
      ],
    )
    if (rowCount === 1) return
  }
}
