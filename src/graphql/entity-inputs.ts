import {
  GraphQLEnumType,
  type GraphQLInputFieldConfigMap,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
} from 'graphql'
import { type Operator, operatorsOf } from '../read/entities/condition'
import type { Column } from '../read/entities/entity'
import { isOrderable } from '../read/entities/order'
import type { ColumnTypes } from './entity-columns'
import { type Exposure, exposureOf } from './entity-exposure'

/** Builds the input types that each entity is asked with. */
export interface EntityInputs {
  filter(exposure: Exposure): GraphQLInputObjectType
  orderBy(exposure: Exposure): GraphQLEnumType
}

export function entityInputs(columns: ColumnTypes): EntityInputs {
  const filters = new Map<string, GraphQLInputObjectType>()
  const orders = new Map<string, GraphQLEnumType>()
  const filter = (exposure: Exposure): GraphQLInputObjectType => {
    const { type, entity } = exposure
    const built =
      filters.get(type) ??
      new GraphQLInputObjectType({
        name: `${type}Filter`,
        description: `Which rows of ${type} are asked for: those for which all of this holds.`,
        fields: () => ({
          ...comparisons([...entity.columns.values()], columns),
          ...related(exposure),
          ...joined(filter(exposure)),
        }),
      })
    filters.set(type, built)
    return built
  }
  const related = ({ entity }: Exposure): GraphQLInputFieldConfigMap =>
    Object.fromEntries(
      entity.relations.map(({ field, target }) => [
        `${field}_`,
        {
          type: filter(exposureOf(target)),
          description: `There is \`${field}\`, and this holds for it. One level: it has no relations of its own.`,
        },
      ]),
    )
  const orderBy = ({ type, entity }: Exposure): GraphQLEnumType => {
    const built =
      orders.get(type) ??
      new GraphQLEnumType({
        name: `${type}OrderBy`,
        description: `What rows of ${type} can be put in order by. Equals come in the order that they have where nothing is said.`,
        values: Object.fromEntries(
          [...entity.columns.values()]
            .filter(isOrderable)
            .map(({ field }) => [field, { description: `By \`${field}\`.` }]),
        ),
      })
    orders.set(type, built)
    return built
  }
  return { filter, orderBy }
}

const SUFFIXES: Readonly<Record<Operator, (field: string, isNullable: boolean) => string>> = {
  is: (field, isNullable) => `\`${field}\` is this${isNullable ? '; null: it has no value' : ''}.`,
  not: (field, isNullable) => `\`${field}\` is not this${isNullable ? '; null: it has a value' : ''}.`,
  gt: (field) => `\`${field}\` is greater.`,
  gte: (field) => `\`${field}\` is this or greater.`,
  lt: (field) => `\`${field}\` is less.`,
  lte: (field) => `\`${field}\` is this or less.`,
  in: (field) => `\`${field}\` is one of these; of none, if there are none.`,
  not_in: (field) => `\`${field}\` is none of these.`,
  contains: (field) => `\`${field}\` contains this, in the same case.`,
}

function comparisons(all: readonly Column[], { inputOf }: ColumnTypes): GraphQLInputFieldConfigMap {
  return Object.fromEntries(
    all.flatMap((column) =>
      operatorsOf(column).map((operator) => {
        const { field, isNullable } = column
        const one = inputOf(column)
        const isList = operator === 'in' || operator === 'not_in'
        const type: GraphQLInputType = isList ? new GraphQLList(new GraphQLNonNull(one)) : one
        const description = SUFFIXES[operator](field, isNullable)
        return [operator === 'is' ? field : `${field}_${operator}`, { type, description }]
      }),
    ),
  )
}

function joined(type: GraphQLInputObjectType): GraphQLInputFieldConfigMap {
  const list = new GraphQLList(new GraphQLNonNull(type))
  return {
    AND: { type: list, description: 'Each of these holds.' },
    OR: { type: list, description: 'One of these holds; of no row, if there are none.' },
  }
}
