import type { Address } from '../../core/address'
import { PageInvalid, PageSizeInvalid, SkipInvalid } from '../errors'
import type { RunQuery } from '../row'
import { rangeOf } from './chain-range'
import { all, type Condition, conditionOf, type Where } from './condition'
import { cursorOf, cursorValues } from './cursor'
import { decoderOf } from './decode'
import { type Column, columnOf, type Entity, type EntityRow } from './entity'
import { type Bound, type Direction, type Order, orderOf, reversed } from './order'
import { countStatement, type Selection, sliceStatement } from './statements'

/** How many rows a page has: at most, and where nobody says how many. */
export interface PageLimits {
  readonly most: number
  readonly byDefault: number
}

/** Most rows in one page. */
export const MOST_ROWS = 1000
/** Most rows that are passed over one by one; a cursor goes deeper at once. */
export const MOST_SKIPPED = 5000

/** Which rows are asked for. */
export interface RowsRequest {
  /** Fields of the columns that are wanted; what order and cursors need comes with them. */
  readonly fields: readonly string[]
  readonly where?: Where | undefined
  /** Only events that name this account, on any side. */
  readonly account?: Address | undefined
  readonly orderBy?: string | undefined
  readonly direction: Direction
  /** The last block whose rows are seen; of an entity that is history. */
  readonly upTo?: number | undefined
}

/** Which rows of a list. */
export interface ListRequest extends RowsRequest {
  readonly first?: number | undefined
  readonly skip?: number | undefined
}

/** Which rows of a connection: the first ones forward, or the last ones, between two cursors. */
export interface PageRequest extends RowsRequest {
  readonly first?: number | undefined
  readonly after?: string | undefined
  readonly last?: number | undefined
  readonly before?: string | undefined
}

/** One page of a connection. */
export interface EntityPage {
  readonly rows: readonly EntityRow[]
  cursorOf(row: EntityRow): string
  /** Whether there are rows of the list beyond the page's end. Looked up only where the page does not tell. */
  hasNext(): Promise<boolean>
  hasPrevious(): Promise<boolean>
}

/**
 * Rows in order, by number.
 * @throws FilterInvalid (E5040), OrderInvalid (E5041), PageSizeInvalid (E5021), SkipInvalid (E5042)
 */
export async function entityList(
  query: RunQuery,
  entity: Entity,
  request: ListRequest,
  { most, byDefault }: PageLimits,
): Promise<readonly EntityRow[]> {
  const { first = byDefault, skip = 0, direction } = request
  requireSize(first, most)
  if (!Number.isInteger(skip) || skip < 0 || skip > MOST_SKIPPED) {
    throw new SkipInvalid({ skip, most: MOST_SKIPPED })
  }
  const order = orderOf(entity, request.orderBy, direction)
  const selection = await selectionOf(query, entity, request)
  return slice(query, selection, request.fields, order, [], first, skip)
}

/**
 * Rows in order, by cursor. Rows that come in between two pages neither repeat nor hide any.
 * @throws FilterInvalid (E5040), OrderInvalid (E5041), PageSizeInvalid (E5021), PageInvalid (E5043), CursorInvalid (E5020)
 */
export async function entityPage(
  query: RunQuery,
  entity: Entity,
  request: PageRequest,
  { most, byDefault }: PageLimits,
): Promise<EntityPage> {
  const { first, last, after, before } = request
  if (first !== undefined && last !== undefined) throw new PageInvalid({ first, last })
  const isForward = last === undefined
  const size = first ?? last ?? byDefault
  requireSize(size, most)
  const order = orderOf(entity, request.orderBy, request.direction)
  const start = after === undefined ? undefined : cursorValues(order, after)
  const end = before === undefined ? undefined : cursorValues(order, before)
  const bounds: Bound[] = []
  if (start !== undefined) bounds.push({ side: 'after', values: start, isInclusive: false })
  if (end !== undefined) bounds.push({ side: 'before', values: end, isInclusive: false })
  const selection = await selectionOf(query, entity, request)
  // One row more than asked for tells whether there are others.
  const found = isForward
    ? await slice(query, selection, request.fields, order, bounds, size + 1, 0)
    : await slice(query, selection, request.fields, reversed(order), bounds.map(mirrored), size + 1, 0)
  const rows = isForward ? found.slice(0, size) : found.slice(0, size).reverse()
  const hasMore = found.length > size
  const exists = async (side: Bound['side'], values: readonly unknown[] | undefined): Promise<boolean> => {
    if (values === undefined) return false
    const bound = { side, values, isInclusive: true }
    // The nearest one: from the far end, rows that the filter drops would be walked through for nothing.
    const outward = side === 'after' ? order : reversed(order)
    const [row] = await slice(
      query,
      selection,
      [],
      outward,
      [side === 'after' ? bound : mirrored(bound)],
      1,
      0,
    )
    return row !== undefined
  }
  return {
    rows,
    cursorOf: (row) => cursorOf(order, row),
    hasNext: async () => (isForward && hasMore) || exists('after', end),
    hasPrevious: async () => (!isForward && hasMore) || exists('before', start),
  }
}

/** How many rows there are: every one of them is counted. @throws FilterInvalid (E5040) */
export async function entityCount(query: RunQuery, entity: Entity, request: RowsRequest): Promise<number> {
  const { text, values } = countStatement(await selectionOf(query, entity, request))
  const [row] = await query(text, values)
  return Number(row?.rows)
}

async function slice(
  query: RunQuery,
  selection: Selection,
  fields: readonly string[],
  order: Order,
  bounds: readonly Bound[],
  limit: number,
  skip: number,
): Promise<readonly EntityRow[]> {
  const columns = columnsFor(selection.entity, fields, order)
  const { text, values } = sliceStatement({ ...selection, columns, order, bounds, limit, skip })
  return (await query(text, values)).map(decoderOf(columns))
}

function columnsFor(entity: Entity, fields: readonly string[], order: Order): readonly Column[] {
  return [...new Set([...fields.map((field) => columnOf(entity, field)), ...order.columns])]
}

async function selectionOf(
  query: RunQuery,
  entity: Entity,
  { where = {}, account, upTo }: RowsRequest,
): Promise<Selection> {
  const conditions = [conditionOf(entity, where)]
  if (account !== undefined) {
    const sides = entity.parties.map(
      (column): Condition => ({ kind: 'compare', column, operator: 'is', value: account }),
    )
    conditions.push(all('or', sides))
  }
  if (upTo !== undefined && entity.nature === 'history') {
    const column = columnOf(entity, 'blockNumber')
    conditions.push({ kind: 'compare', column, operator: 'lte', value: upTo })
  }
  const condition = all('and', conditions)
  if (entity.grain === undefined) return { entity, condition, range: undefined }
  const { range, rest } = await rangeOf(query, entity, condition)
  return { entity, condition: rest, range }
}

/** The same rows, from the other end. */
function mirrored(bound: Bound): Bound {
  return { ...bound, side: bound.side === 'after' ? 'before' : 'after' }
}

function requireSize(first: number, most: number): void {
  if (!Number.isInteger(first) || first < 1 || first > most) {
    throw new PageSizeInvalid({ first, least: 1, most })
  }
}
