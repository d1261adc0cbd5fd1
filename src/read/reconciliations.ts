import type { Address, Hash } from '../core/address'
import { CursorInvalid, PageSizeInvalid } from './errors'
import { amount, amountOrNull, hex, oneOf, type Row, type RunQuery, seconds, text, whole } from './row'

/** Most rows in one page: a row holds every figure that was compared, about 16 kB. */
export const MOST_RECONCILIATIONS = 100
/** Rows in a page where nobody says how many. */
export const RECONCILIATIONS_BY_DEFAULT = 20

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

/** A difference that was found and not found equal since; amounts in base units. */
export interface StandingDifferenceRow {
  readonly figure: string
  /** The account, where the figure is an account's. */
  readonly account: Address | null
  readonly derived: bigint
  /** What the contract said. */
  readonly onChain: bigint
  /** The block at which it was last found. */
  readonly block: number
  readonly hash: Hash
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
  /** Differences that stand after it: found by it, or before and not found equal since. */
  readonly standing: readonly StandingDifferenceRow[]
}

/** Which reconciliations are asked for; the newest come first. */
export interface ReconciliationPage {
  /** How many, 1 to 100. */
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
  if (!Number.isInteger(first) || first < 1 || first > MOST_RECONCILIATIONS) {
    throw new PageSizeInvalid({ first, least: 1, most: MOST_RECONCILIATIONS })
  }
  if (after !== undefined && !/^\d{13}$/.test(after)) throw new CursorInvalid({ cursor: after })
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

function reconciliationOf(row: Row): ReconciliationRow {
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
    checks: elements(row, 'checks').map(checkOf),
    standing: elements(row, 'standing').map(differenceOf),
  }
}

/** The elements of a column that holds an array of objects. */
function elements(row: Row, column: string): readonly object[] {
  const value = row[column]
  if (!Array.isArray(value)) throw new TypeError(`column ${column} is not an array`)
  return value.map((element: unknown) => {
    if (typeof element !== 'object' || element === null) {
      throw new TypeError(`column ${column} holds no objects`)
    }
    return element
  })
}

/** Decodes one check; a key that is absent is null, as the column's own type writes it. */
export function checkOf(element: object): ReconciliationCheckRow {
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

/** Decodes one standing difference. */
export function differenceOf(element: object): StandingDifferenceRow {
  const row: Row = { account: null, ...element }
  return {
    figure: text(row, 'figure'),
    account: row.account === null ? null : hex(row, 'account'),
    derived: amount(row, 'derived'),
    onChain: amount(row, 'onChain'),
    block: whole(row, 'blockNumber'),
    hash: hex(row, 'blockHash'),
  }
}
