import { GraphQLNonNull, type GraphQLNullableType, GraphQLObjectType, type GraphQLOutputType } from 'graphql'
import { unitOfReconciled } from '../core/reconciliation'
import { ENTITIES } from '../read/entities/entities'
import type { Column } from '../read/entities/entity'
import { checkOf, differenceOf, type ReconciliationCheckRow } from '../read/reconciliations'
import type { Units } from '../read/units'
import { type Amount, amountOf } from './basic-types'

/** How an object in a JSON column is spelled, by the name of its type. */
const SPELLINGS: Readonly<Record<string, (element: object, units: Units) => object>> = {
  ReconciliationCheck: (element, units) => {
    const check = checkOf(element)
    return { ...check, ...comparedAmounts(check, units) }
  },
  StandingDifference: (element, units) => {
    const { block, hash, ...difference } = differenceOf(element)
    return {
      ...difference,
      ...comparedAmounts(difference, units),
      blockNumber: block,
      blockHash: hash,
    }
  },
}

/** The objects of a column, each with its amounts in both spellings. */
export function spellNested({ type }: Column, elements: unknown, units: Units): readonly object[] {
  const spell = SPELLINGS[type]
  if (spell === undefined || !Array.isArray(elements)) throw new TypeError(`a column holds no ${type}`)
  return elements.map((element: unknown) => {
    if (typeof element !== 'object' || element === null) throw new TypeError(`a ${type} is no object`)
    return spell(element, units)
  })
}

/**
 * The types of such objects. Their amounts are of the asset that their figure is counted in, so that each shows it.
 * @param typeOfValue the type of any other column
 */
export function nestedTypes(
  amount: GraphQLObjectType,
  typeOfValue: (column: Column) => GraphQLNullableType & GraphQLOutputType,
): ReadonlyMap<string, GraphQLObjectType> {
  const types = [...ENTITIES.nestedTypes.values()].filter(({ name }) => Object.hasOwn(SPELLINGS, name))
  return new Map(
    types.map(({ name, description, columns }) => {
      const fields = columns.map((column) => {
        // A figure that only another release compares is of no known asset.
        const isAmount = column.kind === 'amount'
        const value = isAmount ? amount : typeOfValue(column)
        const type = isAmount || column.isNullable ? value : new GraphQLNonNull(value)
        const field: { type: GraphQLOutputType; description: string | undefined } = {
          type,
          description: column.description,
        }
        return [column.field, field] as const
      })
      return [name, new GraphQLObjectType({ name, description, fields: Object.fromEntries(fields) })]
    }),
  )
}

type Compared = Pick<ReconciliationCheckRow, 'figure' | 'derived' | 'onChain'>

function comparedAmounts(
  { figure, derived, onChain }: Compared,
  units: Units,
): { readonly derived: Amount | null; readonly onChain: Amount | null } {
  const unit = unitOfReconciled(figure)
  if (unit === undefined) return { derived: null, onChain: null }
  return {
    derived: amountOf(derived, units[unit]),
    onChain: onChain === null ? null : amountOf(onChain, units[unit]),
  }
}
