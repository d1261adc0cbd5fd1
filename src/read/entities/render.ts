import { unreachable } from '../../core/errors'
import { isoOf } from '../../core/iso-time'
import { type ChainRange, type Sign, WHOLE_CHAIN } from './chain-range'
import type { Comparison, Condition } from './condition'
import { entityNamed } from './entities'
import { type Column, columnOf, type Entity } from './entity'

/** Binds a value to a parameter, and says how the statement names it. */
export type Bind = (value: unknown) => string

/**
 * A way through one index that begins with a column and goes on in chain order. That column is part of the order and of
 * the bounds, and never equal to a constant: PostgreSQL would take it out of the order, and walk the whole ledger back
 * from the block to find an account that used to be in it often and no longer is (src/read/account-at.ts).
 */
export interface Walk {
  readonly column: Column
  readonly value: unknown
}

/** What a condition is written for: the rows called `alias`, in this walk if they are read by one. */
export interface Place {
  readonly entity: Entity
  readonly alias: string
  readonly bind: Bind
  readonly walk: Walk | undefined
}

const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const satisfies Record<string, Sign>

/** Times of blocks, and what is counted from them: whole seconds. */
const WHOLE_SECONDS = new Set(['timestamp', 'start'])

/** A column as SQL. A time that is finer than the second is compared as the API tells it, to the second. */
export function reference({ name, kind, field }: Column, alias: string): string {
  const plain = `${alias}."${name}"`
  return kind === 'time' && !WHOLE_SECONDS.has(field) ? `date_trunc('second', ${plain})` : plain
}

/** A value of a column as SQL. */
export function literal({ kind }: Column, value: unknown, bind: Bind): string {
  switch (kind) {
    case 'integer':
      // A position may be beyond what the column can hold.
      return `${bind(value)}::bigint`
    case 'amount':
    case 'decimal':
      return `${bind(String(value))}::numeric`
    case 'time':
      return `${bind(isoOf(Number(value)))}::timestamptz`
    case 'flag':
      return `${bind(value)}::boolean`
    default:
      return `${bind(value)}::text`
  }
}

/** Columns compared with values, in order. */
export function ranked(
  columns: readonly Column[],
  sign: Sign,
  values: readonly unknown[],
  { alias, bind }: Place,
): string {
  const own = columns.map((column) => reference(column, alias))
  const bounds = columns.map((column, index) => literal(column, values[index], bind))
  return own.length === 1 ? `${own[0]} ${sign} ${bounds[0]}` : `(${own.join()}) ${sign} (${bounds.join()})`
}

/** A stretch of the chain as SQL. */
export function rangeSql({ from, to }: ChainRange, place: Place): string {
  const { order } = place.entity
  const lower = ranked(order, '>=', [from.block, from.log], place)
  return `${lower} and ${ranked(order, '<=', [to.block, to.log], place)}`
}

/**
 * A walk through a stretch of the chain as SQL. Where it goes on until the rows of its value end, it is told where to begin,
 * and of which value they are. Where it has to stop before, PostgreSQL stops only if the value is one of a list.
 */
export function walkSql(range: ChainRange, walk: Walk, direction: 'asc' | 'desc', place: Place): string {
  const own = reference(walk.column, place.alias)
  const value = () => literal(walk.column, walk.value, place.bind)
  const isOpen = direction === 'asc' ? range.to === WHOLE_CHAIN.to : range.from === WHOLE_CHAIN.from
  if (!isOpen) return `${own} = any(array[${value()}]) and ${rangeSql(range, place)}`
  const columns = [walk.column, ...place.entity.order]
  if (direction === 'asc') {
    const { block, log } = range.from
    return `${ranked(columns, '>=', [walk.value, block, log], place)} and ${own} <= ${value()}`
  }
  const { block, log } = range.to
  return `${ranked(columns, '<=', [walk.value, block, log], place)} and ${own} >= ${value()}`
}

/** A condition as SQL. */
export function render(condition: Condition, place: Place): string {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.conditions.map((each) => render(each, place))
      if (parts.length === 0) return condition.kind === 'and' ? 'true' : 'false'
      return `(${parts.join(` ${condition.kind} `)})`
    }
    case 'in': {
      const { column, values, isNegated } = condition
      const own = concealed(column, place)
      const array = arrayOf(column, values, place.bind)
      if (!isNegated) return `${own} = any(${array})`
      return column.isNullable ? `(${own} is null or ${own} <> all(${array}))` : `${own} <> all(${array})`
    }
    case 'related':
      return related(condition, place)
    case 'compare':
      return compare(condition.column, condition.operator, condition.value, place)
    default:
      return unreachable(condition)
  }
}

function related({ relation, condition }: Condition & { readonly kind: 'related' }, place: Place): string {
  const entity = entityNamed(relation.target)
  const inner: Place = { entity, alias: 'other', bind: place.bind, walk: undefined }
  const key = reference(columnOf(entity, relation.targetField), 'other')
  return `exists (select from "${entity.table}" as other
    where ${key} = ${reference(relation.own, place.alias)} and ${render(condition, inner)})`
}

function compare(column: Column, operator: Comparison, value: unknown, place: Place): string {
  const own = reference(column, place.alias)
  const bound = () => literal(column, value, place.bind)
  switch (operator) {
    case 'is':
      return value === null ? `${own} is null` : `${concealed(column, place)} = ${bound()}`
    case 'not':
      if (value === null) return `${own} is not null`
      return column.isNullable ? `${own} is distinct from ${bound()}` : `${own} <> ${bound()}`
    case 'contains':
      return `strpos(${own}, ${bound()}) > 0`
    default:
      return ranked([column], SIGNS[operator], [value], place)
  }
}

/** In a walk, a column as an expression that no index is looked up by: see Walk. */
function concealed(column: Column, { alias, walk, entity }: Place): string {
  const own = reference(column, alias)
  return walk !== undefined && entity.walked.has(column.field) ? `${own} || ''` : own
}

function arrayOf(column: Column, values: readonly unknown[], bind: Bind): string {
  switch (column.kind) {
    case 'integer':
      return `${bind(values)}::bigint[]`
    case 'amount':
    case 'decimal':
      return `${bind(values.map(String))}::numeric[]`
    case 'time':
      return `${bind(values.map((value) => isoOf(Number(value))))}::timestamptz[]`
    case 'flag':
      return `${bind(values)}::boolean[]`
    default:
      return `${bind(values)}::text[]`
  }
}
