import type { Address } from '../core/address'
import type { AsOf } from './as-of'
import { CursorInvalid, PageSizeInvalid } from './errors'
import type { Entry, Ledger } from './ledgers'
import type { RunQuery } from './row'

/** Most rows in one page. */
export const MOST_ROWS = 1000

/** Which rows of a ledger are asked for. */
export interface PageRequest {
  /** How many rows, 1 to 1000. */
  readonly first: number
  /** Id of the row before the page; undefined for the first page. */
  readonly after: string | undefined
  /** In chain order (`asc`) or newest first (`desc`). */
  readonly direction: 'asc' | 'desc'
  /** Only rows that name this account. */
  readonly account: Address | undefined
}

/**
 * One page of a ledger up to the block of `asOf`. The cursor is a position in the chain, so that rows that come
 * in between two pages neither repeat nor hide any.
 * @throws PageSizeInvalid (E5021), CursorInvalid (E5020)
 */
export async function ledgerPage<T extends Entry>(
  query: RunQuery,
  ledger: Ledger<T>,
  asOf: AsOf,
  page: PageRequest,
): Promise<readonly T[]> {
  const { first, direction, account } = page
  if (!Number.isInteger(first) || first < 1 || first > MOST_ROWS) {
    throw new PageSizeInvalid({ first, least: 1, most: MOST_ROWS })
  }
  const values: unknown[] = [first, asOf.block]
  const comparison = direction === 'asc' ? '>' : '<'
  if (page.after !== undefined) values.push(...positionOf(page.after))
  const order = `order by block_number ${direction}, log_index ${direction} limit $1`
  if (account === undefined || ledger.parties.length === 0) {
    const after =
      page.after === undefined ? '' : `and (block_number, log_index) ${comparison} ($3::bigint, $4::bigint)`
    const sql = `select * from ${ledger.table} where block_number <= $2 ${after} ${order}`
    return (await query(sql, values)).map(ledger.entry)
  }
  values.push(account)
  const named = `$${values.length}`
  // One index walk for each side that can name the account; `union` drops what an account sends to itself. The account
  // is part of the order and of every bound, never equal to a constant: PostgreSQL would then walk the whole ledger
  // back from the block to find an account that used to be in it often and no longer is (src/read/account-at.ts).
  const sides = ledger.parties.map((party) => {
    const position = `${party}, block_number, log_index`
    const after =
      page.after === undefined ? '' : `and (${position}) ${comparison} (${named}, $3::bigint, $4::bigint)`
    return `(select * from ${ledger.table}
      where ${party} >= ${named} and (${party}, block_number) <= (${named}, $2) ${after}
      order by ${party} ${direction}, block_number ${direction}, log_index ${direction} limit $1)`
  })
  const sql = `select * from (${sides.join(' union ')}) as rows ${order}`
  return (await query(sql, values)).map(ledger.entry)
}

function positionOf(after: string): [block: string, logIndex: string] {
  const [, block, logIndex] = /^(\d{10})-(\d{6})$/.exec(after) ?? []
  if (block === undefined || logIndex === undefined) throw new CursorInvalid({ after })
  return [block, logIndex]
}
