import { OrderInvalid } from '../errors'
import type { Sign } from './chain-range'
import { type Column, columnOf, type Entity } from './entity'
import { type Place, ranked, reference } from './render'

export type Direction = 'asc' | 'desc'

/** In which order rows come; no two rows have the same values of all columns. Null is less than any value. */
export interface Order {
  readonly columns: readonly Column[]
  readonly direction: Direction
}

/** Where a row stands in an order: its values of the order's columns; and whether the row itself is meant, too. */
export interface Bound {
  readonly side: 'after' | 'before'
  readonly values: readonly unknown[]
  readonly isInclusive: boolean
}

/** Whether rows can be ordered by a column. */
export function isOrderable({ kind }: Column): boolean {
  return kind !== 'list' && kind !== 'objects'
}

/**
 * The order that is asked for; that of the chain, or of the ids, where none is, and among equals.
 * @throws OrderInvalid (E5041)
 */
export function orderOf(entity: Entity, orderBy: string | undefined, direction: Direction): Order {
  const { name, columns, nature, order } = entity
  if (orderBy === undefined) return { columns: order, direction }
  const column = columns.get(orderBy)
  if (column === undefined || !isOrderable(column)) {
    throw new OrderInvalid({ entity: name, orderBy: orderBy.slice(0, 80) })
  }
  // Along the chain time does not go back, and these ids are written so that they do not either.
  const [first, ...others] = order
  const isChainOrder =
    column === first ||
    (nature === 'history' && (orderBy === 'timestamp' || (orderBy === 'id' && !others.includes(column))))
  if (isChainOrder) return { columns: order, direction }
  return { columns: orderBy === 'id' ? [columnOf(entity, 'id')] : [column, ...order], direction }
}

export function reversed({ columns, direction }: Order): Order {
  return { columns, direction: direction === 'asc' ? 'desc' : 'asc' }
}

/** What rows are put in order by, as SQL. */
export function orderSql({ columns, direction }: Order, place: Place): string {
  const keys = columns.map((column) => {
    const nulls = column.isNullable ? ` nulls ${direction === 'asc' ? 'first' : 'last'}` : ''
    return `${reference(column, place.alias)} ${direction}${nulls}`
  })
  const { walk } = place
  return [
    ...(walk === undefined ? [] : [`${reference(walk.column, place.alias)} ${direction}`]),
    ...keys,
  ].join()
}

/** Which rows lie beyond a bound, as SQL. Only the first column of an order can be null. */
export function boundSql({ columns, direction }: Order, bound: Bound, place: Place): string {
  const sign = signOf(bound, direction)
  const isGreater = sign.startsWith('>')
  const beyondFrom = (skipped: number) =>
    ranked(columns.slice(skipped), sign, bound.values.slice(skipped), place)
  const [first] = columns
  if (first === undefined || !first.isNullable) return beyondFrom(0)
  const own = reference(first, place.alias)
  if (bound.values[0] === null) {
    const among = `(${own} is null and ${beyondFrom(1)})`
    return isGreater ? `(${own} is not null or ${among})` : among
  }
  const beyond = beyondFrom(0)
  return isGreater ? beyond : `(${beyond} or ${own} is null)`
}

/** On which side of a bound the rows lie. */
export function signOf({ side, isInclusive }: Bound, direction: Direction): Sign {
  const isGreater = (side === 'after') === (direction === 'asc')
  return `${isGreater ? '>' : '<'}${isInclusive ? '=' : ''}`
}
