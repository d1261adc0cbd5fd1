import { type ChainRange, narrowed } from './chain-range'
import type { Condition } from './condition'
import type { Column, Entity } from './entity'
import { type Bound, boundSql, type Order, orderSql, signOf } from './order'
import { type Bind, type Place, rangeSql, reference, render, type Walk, walkSql } from './render'
import { walksOf } from './walks'

/** Which rows of an entity are asked for. */
export interface Selection {
  readonly entity: Entity
  readonly condition: Condition
  /** The stretch of the chain that they lie in; of an entity whose rows stand in the chain. */
  readonly range: ChainRange | undefined
}

/** Rows of a selection in an order: where they begin and end, and how many. */
export interface Slice extends Selection {
  readonly columns: readonly Column[]
  readonly order: Order
  readonly bounds: readonly Bound[]
  readonly limit: number
  readonly skip: number
}

export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

const ROWS = 'own'

/** Rows in order. Deep in the history as at its end: it is an index that is walked, from the bound on. */
export function sliceStatement(slice: Slice): Statement {
  const { values, bind } = binding()
  const covering = walksOf(slice.entity, slice.condition, slice.order)
  const walks = covering?.walks
  const [only] = walks ?? []
  const asked = covering === undefined ? slice : { ...slice, condition: covering.rest }
  const offset = slice.skip > 0 ? ` offset ${bind(slice.skip)}` : ''
  if (walks === undefined || walks.length === 1) {
    return { text: `${walked(asked, only, bind)} limit ${bind(slice.limit)}${offset}`, values }
  }
  // One index walk for each; `union` drops the rows that several of them pass.
  const enough = bind(slice.limit + slice.skip)
  const parts = walks.map((walk) => `(${walked(asked, walk, bind)} limit ${enough})`)
  const place: Place = { entity: slice.entity, alias: 'merged', bind, walk: undefined }
  const text = `select * from (${parts.join(' union ')}) as merged
    order by ${orderSql(slice.order, place)} limit ${bind(slice.limit)}${offset}`
  return { text, values }
}

/** How many rows there are: all of them are looked at. */
export function countStatement(selection: Selection): Statement {
  const { values, bind } = binding()
  const place: Place = { entity: selection.entity, alias: ROWS, bind, walk: undefined }
  const filter = filterSql(selection, place)
  return {
    text: `select count(*)::int as rows from "${selection.entity.table}" as ${ROWS} where ${filter}`,
    values,
  }
}

/** The rows that have one of these values in a column that is unique. */
export function keyedStatement(
  entity: Entity,
  key: Column,
  keys: readonly unknown[],
  columns: readonly Column[],
): Statement {
  const { values, bind } = binding()
  const place: Place = { entity, alias: ROWS, bind, walk: undefined }
  const wanted = render({ kind: 'in', column: key, values: keys, isNegated: false }, place)
  return { text: `${selected(entity, columns)} where ${wanted}`, values }
}

function walked(slice: Slice, walk: Walk | undefined, bind: Bind): string {
  const { entity, columns, order, bounds } = slice
  const place: Place = { entity, alias: ROWS, bind, walk }
  const isChainOrder = order.columns === entity.order
  // A cursor in chain order is an end of the stretch, too.
  const range = isChainOrder ? rangeWithin(slice) : slice.range
  const isEnd = range !== undefined && isChainOrder
  const filters =
    walk === undefined || range === undefined
      ? [filterSql({ ...slice, range }, place)]
      : [walkSql(range, walk, order.direction, place), render(slice.condition, place)]
  if (!isEnd) for (const bound of bounds) filters.push(boundSql(order, bound, place))
  return `${selected(entity, columns)} where ${filters.join(' and ')} order by ${orderSql(order, place)}`
}

function filterSql({ condition, range }: Selection, place: Place): string {
  const filter = render(condition, place)
  return range === undefined ? filter : `${rangeSql(range, place)} and ${filter}`
}

function rangeWithin({ range, bounds, order }: Slice): ChainRange | undefined {
  if (range === undefined) return undefined
  return bounds.reduce((rest, bound) => {
    const [block, log] = bound.values
    return narrowed(
      rest,
      signOf(bound, order.direction),
      Number(block),
      log === undefined ? undefined : Number(log),
    )
  }, range)
}

function selected(entity: Entity, columns: readonly Column[]): string {
  const names = columns.map((column) => `${reference(column, ROWS)} as "${column.name}"`)
  return `select ${names.join()} from "${entity.table}" as ${ROWS}`
}

function binding(): { readonly values: unknown[]; readonly bind: Bind } {
  const values: unknown[] = []
  return { values, bind: (value) => `$${values.push(value)}` }
}
