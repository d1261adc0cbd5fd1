import type { ClientBase, QueryResult } from 'pg'
import type { Address, Hash } from '../core/address'
import type { CoverageRow } from '../core/coverage'
import { type AccountState, type Economy, GENESIS } from '../core/economy'
import { type State, stateAfter } from '../core/fold'
import type { InvariantName } from '../core/invariants'
import { Snapshot } from '../model'
import { columnsOf } from './row-text'
import type { Batch } from './stored-rows'
import type { Transaction } from './transaction'

/** What is stored, up to the newest block: a fold goes on from it. */
export interface History {
  /** The newest indexed block; undefined before the first. */
  readonly head: { readonly blockNumber: number; readonly hash: Hash } | undefined
  /** The newest run of blocks that were read in one way. */
  readonly coverage: CoverageRow | undefined
  readonly state: Omit<State, 'accounts'>
}

type Values = Readonly<Record<string, unknown>>

// An id's text order is chain order, and primary keys are there while other indexes are still to be built.
const NEWEST = `
  SELECT block_number, hash FROM head;
  SELECT * FROM snapshot ORDER BY id DESC LIMIT 1;
  SELECT id FROM invariant_break;
  SELECT from_block AS "fromBlock", to_block AS "toBlock", to_hash AS "toHash", source, verification,
    blocks_checked AS "blocksChecked" FROM coverage ORDER BY id DESC LIMIT 1`

/**
 * Loads what a batch starts from, all but the accounts: it is asked anew for every batch, since one may be rolled back and run
 * again. The head that it tells is what decides whether accounts that are kept in memory still count.
 */
export async function loadHistory(transaction: Transaction, historySeed: Hash): Promise<History> {
  // Several statements in one question are answered by as many results, which the types do not know.
  const results = (await transaction.client.query(NEWEST)) as unknown as readonly QueryResult<Values>[]
  const [[head], [snapshot], breaks = [], [coverage]] = results.map(({ rows }) => rows) as [
    Values[],
    Values[],
    Values[],
    Values[],
  ]
  const blockNumber = (head?.block_number as number | undefined) ?? -1
  return {
    head: head === undefined ? undefined : { blockNumber, hash: head.hash as Hash },
    coverage: coverage as CoverageRow | undefined,
    state: {
      economy: snapshot === undefined ? GENESIS : economyOf(transaction, snapshot),
      digest: (snapshot?.digest as Hash | undefined) ?? historySeed,
      timestamp: snapshot === undefined ? 0 : (snapshot.timestamp as Date).getTime() / 1_000,
      broken: new Set(breaks.map(({ id }) => id as InvariantName)),
      blockNumber,
    },
  }
}

/** What is stored once a batch is: the same as would be loaded then. */
export function historyAfter({ state, coverage }: History, { ledger, head, coverage: runs }: Batch): History {
  const { number: blockNumber, hash } = head
  return {
    head: { blockNumber, hash },
    coverage: runs.at(-1) ?? coverage,
    state: stateAfter(state, ledger, blockNumber),
  }
}

/** The stored figures of these accounts; those that are not stored have none. */
export async function loadAccounts(
  client: ClientBase,
  addresses: Iterable<Address>,
): Promise<Map<Address, AccountState>> {
  const { rows } = await client.query<[Address, string, string, string, number, number]>({
    text: `SELECT id, balance, staked, rewards_paid, first_block, last_block FROM account WHERE id = ANY($1)`,
    values: [`{${[...addresses].join()}}`],
    rowMode: 'array',
  })
  const accounts = new Map<Address, AccountState>()
  for (const [id, balance, staked, rewardsPaid, firstBlock, lastBlock] of rows) {
    accounts.set(id, {
      balance: BigInt(balance),
      staked: BigInt(staked),
      rewardsPaid: BigInt(rewardsPaid),
      firstBlock,
      lastBlock,
    })
  }
  return accounts
}

/** Every column of a snapshot that is a figure, by the model: none can be left behind. */
function economyOf({ entities }: Transaction, row: Values): Economy {
  const figures = columnsOf(entities, Snapshot).columns.filter(({ property }) => property in GENESIS)
  const values = figures.map(({ name, property, type }) => {
    const value = row[name]
    return [property, type === 'numeric' && value !== null ? BigInt(value as string) : value]
  })
  // Shaped as every other economy is: copies of it are made by the thousand.
  return { ...GENESIS, ...(Object.fromEntries(values) as Economy) }
}
