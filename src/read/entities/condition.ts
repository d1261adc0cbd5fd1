import { FilterInvalid } from '../errors'
import { entityNamed } from './entities'
import type { Column, Entity, Relation } from './entity'
import { operand } from './operand'

export const OPERATORS = ['not', 'gt', 'gte', 'lt', 'lte', 'in', 'not_in', 'contains'] as const
export type Operator = 'is' | (typeof OPERATORS)[number]
export type Comparison = Exclude<Operator, 'in' | 'not_in'>

/** What a filter asks of a row. Values are what their columns hold; null stands for a column without a value. */
export type Condition =
  | {
      readonly kind: 'compare'
      readonly column: Column
      readonly operator: Comparison
      readonly value: unknown
    }
  | {
      readonly kind: 'in'
      readonly column: Column
      readonly values: readonly unknown[]
      readonly isNegated: boolean
    }
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'related'; readonly relation: Relation; readonly condition: Condition }

/** A filter as it is asked: `{ value_gte: 5n, from_in: […], OR: […], fromAccount_: {…} }`. */
export type Where = Readonly<Record<string, unknown>>

/** Most comparisons of one filter, and most values of one list. */
const MOST_COMPARISONS = 100
const MOST_VALUES = 1000

/**
 * Reads a filter. All of its fields have to hold; so has each of `AND`, and one of `OR`.
 * @throws FilterInvalid (E5040)
 */
export function conditionOf(entity: Entity, where: Where): Condition {
  let comparisons = 0
  const read = (target: Entity, filter: Where, isRelated: boolean): Condition =>
    all(
      'and',
      Object.entries(filter).map(([key, value]) => {
        comparisons += 1
        if (comparisons > MOST_COMPARISONS) {
          throw new FilterInvalid({ problem: `it has more than ${MOST_COMPARISONS} comparisons` })
        }
        if (key === 'AND' || key === 'OR') {
          const parts = list(key, value).map((part) => read(target, object(key, part), isRelated))
          return all(key === 'AND' ? 'and' : 'or', parts)
        }
        if (key.endsWith('_')) {
          const relation = target.relations.find(({ field }) => `${field}_` === key)
          if (relation === undefined || isRelated) throw unknown(target, key)
          const condition = read(entityNamed(relation.target), object(key, value), true)
          return { kind: 'related', relation, condition }
        }
        return comparisonOf(target, key, value)
      }),
    )
  return read(entity, where, false)
}

/** Joins conditions; flat, so that what has to hold in any case is seen at the top. */
export function all(kind: 'and' | 'or', conditions: readonly Condition[]): Condition {
  const flat = conditions.flatMap((each) => (each.kind === kind ? each.conditions : [each]))
  const [only] = flat
  return flat.length === 1 && only !== undefined ? only : { kind, conditions: flat }
}

function comparisonOf(entity: Entity, key: string, value: unknown): Condition {
  const [, field = '', suffix = ''] = /^([^_]+)(?:_(.+))?$/.exec(key) ?? []
  const operator = suffix === '' ? 'is' : OPERATORS.find((candidate) => candidate === suffix)
  const column = entity.columns.get(field)
  if (column === undefined || operator === undefined || !operatorsOf(column).includes(operator)) {
    throw unknown(entity, key)
  }
  if (operator === 'in' || operator === 'not_in') {
    const values = list(key, value).map((each) => operand(column, key, each, true))
    const [only] = values
    const isNegated = operator === 'not_in'
    return values.length === 1
      ? { kind: 'compare', column, operator: isNegated ? 'not' : 'is', value: only }
      : { kind: 'in', column, values, isNegated }
  }
  if (value === null && (operator === 'is' || operator === 'not')) {
    return { kind: 'compare', column, operator, value }
  }
  const isWhole = operator === 'is' || operator === 'not'
  return { kind: 'compare', column, operator, value: operand(column, key, value, isWhole) }
}

/** What a column can be asked. */
export function operatorsOf({ kind, field }: Column): readonly Operator[] {
  const equal = ['is', 'not', 'in', 'not_in'] as const
  const ordered = [...equal, 'gt', 'gte', 'lt', 'lte'] as const
  // The id is what a client that knows The Graph pages by.
  if (field === 'id') return ordered
  switch (kind) {
    case 'integer':
    case 'amount':
    case 'decimal':
    case 'time':
      return ordered
    case 'text':
      return [...ordered, 'contains']
    case 'address':
    case 'hash':
    case 'enum':
      return equal
    case 'flag':
      return ['is', 'not']
    default:
      return []
  }
}

function list(key: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new FilterInvalid({ problem: `${key} is no list` })
  if (value.length > MOST_VALUES) {
    throw new FilterInvalid({
      problem: `${key} lists ${value.length} values, and ${MOST_VALUES} are the most`,
    })
  }
  return value
}

function object(key: string, value: unknown): Where {
  if (typeof value !== 'object' || value === null) throw new FilterInvalid({ problem: `${key} is no filter` })
  return value as Where
}

function unknown(entity: Entity, key: string): FilterInvalid {
  return new FilterInvalid({ problem: `${entity.name} cannot be asked for ${key.slice(0, 80)}` })
}
