import type { Address, Hash } from '../core/address'
import { CursorInvalid, PageSizeInvalid } from './errors'
import { MOST_ROWS } from './ledger-page'
import { amount, amountOrNull, hex, oneOf, type Row, type RunQuery, seconds, text, whole } from './row'

const TRIGGERS = ['INTERVAL', 'ON_DEMAND'] as const
const RESULTS = ['EQUAL', 'DIFFERENT', 'GAP'] as const

/** One figure of a reconciliation; amounts in base units. */
export interface ReconciliationCheckRow {
  readonly figure: string
  /** The account, where the figure is an account's. */
  readonly account: Address | null
  readonly derived: bigint
  /** What the contract says; null for a gap. */
  readonly onChain: bigint | null
  readonly result: (typeof RESULTS)[number]
  /** Why there is a gap; null where there is none. */
  readonly reason: string | null
}

/** A comparison of derived figures with the contracts' own views, all at one block hash. */
export interface ReconciliationRow {
  readonly id: string
  readonly block: number
  readonly hash: Hash
  /** Time of the block, unix seconds. */
  readonly timestamp: number
  /** Time of the comparison, unix seconds. */
  readonly checkedAt: number
  readonly trigger: (typeof TRIGGERS)[number]
  readonly equal: number
  readonly different: number
  readonly gaps: number
  readonly checks: readonly ReconciliationCheckRow[]
}

/** Which reconciliations are asked for; the newest come first. */
export interface ReconciliationPage {
  /** How many, 1 to 1000. */
  readonly first: number
  /** Id of the one before the page; undefined for the first page. */
  readonly after: string | undefined
}

/**
 * One page of reconciliations, newest first.
 * @throws PageSizeInvalid (E5021), CursorInvalid (E5020)
 */
export async function reconciliations(
  query: RunQuery,
  { first, after }: ReconciliationPage,
): Promise<readonly ReconciliationRow[]> {
  if (!Number.isInteger(first) || first < 1 || first > MOST_ROWS) {
    throw new PageSizeInvalid({ first, least: 1, most: MOST_ROWS })
  }
  if (after !== undefined && !/^\d{13}$/.test(after)) throw new CursorInvalid({ after })
  const rows = await query(
    'select * from reconciliation where $2::text is null or id < $2 order by id desc limit $1',
    [first, after ?? null],
  )
  return rows.map(reconciliationOf)
}

/** The latest reconciliation, or null if there was none. */
export async function latestReconciliation(query: RunQuery): Promise<ReconciliationRow | null> {
  const [row] = await query('select * from reconciliation order by id desc limit 1')
  return row === undefined ? null : reconciliationOf(row)
}

/** The latest one that compared anything: one that is nothing but gaps says nothing about the figures. */
export async function latestAnswered(query: RunQuery): Promise<ReconciliationRow | null> {
  const [row] = await query(
    'select * from reconciliation where equal + different > 0 order by id desc limit 1',
  )
  return row === undefined ? null : reconciliationOf(row)
}

function reconciliationOf(row: Row): ReconciliationRow {
  const { checks } = row
  if (!Array.isArray(checks)) throw new TypeError('column checks is not an array')
  return {
    id: text(row, 'id'),
    block: whole(row, 'block_number'),
    hash: hex(row, 'block_hash'),
    timestamp: seconds(row, 'timestamp'),
    checkedAt: seconds(row, 'checked_at'),
    trigger: oneOf(row, 'trigger', TRIGGERS),
    equal: whole(row, 'equal'),
    different: whole(row, 'different'),
    gaps: whole(row, 'gaps'),
    checks: checks.map(checkOf),
  }
}

/** Decodes one element of the column; a key that is absent is null, as the column's own type writes it. */
function checkOf(element: unknown): ReconciliationCheckRow {
  if (typeof element !== 'object' || element === null) throw new TypeError('column checks holds no objects')
  const row: Row = { account: null, onChain: null, reason: null, ...element }
  const result = oneOf(row, 'result', RESULTS)
  const onChain = amountOrNull(row, 'onChain')
  const reason = row.reason === null ? null : text(row, 'reason')
  if ((result === 'GAP') !== (onChain === null) || (result === 'GAP') !== (reason !== null)) {
    throw new TypeError('column checks holds a gap with a value, or a result without one')
  }
  return {
    figure: text(row, 'figure'),
    account: row.account === null ? null : hex(row, 'account'),
    derived: amount(row, 'derived'),
    onChain,
    result,
    reason,
  }
}
