import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLOutputType,
  GraphQLString,
  isEnumType,
} from 'graphql'
import { ENTITIES } from '../read/entities/entities'
import type { Column, EnumType } from '../read/entities/entity'
import { nestedTypes } from './entity-nested'
import { AddressScalar, BigIntScalar, DateTimeScalar, DecimalScalar, HashScalar } from './scalars'
import { objectNamed, type TypeNamed } from './type-named'

/** What a column is in the API. */
export interface ColumnTypes {
  outputOf(column: Column): GraphQLOutputType
  /** Of one value, as a filter compares it. */
  inputOf(column: Column): GraphQLInputType
}

/** Enums that the API knows under another name. */
const ENUM_NAMES: Readonly<Record<string, string>> = { EconomyContract: 'Contract' }

export function columnTypes(existing: TypeNamed): ColumnTypes {
  const enums = new Map<string, GraphQLEnumType>()
  const enumNamed = (name: string): GraphQLEnumType => {
    const shown = ENUM_NAMES[name] ?? name
    const known = enums.get(shown) ?? existing(shown)
    const type = isEnumType(known) ? known : enumOf(ENTITIES.enums.get(name), shown)
    enums.set(shown, type)
    return type
  }
  const typeOfValue = (column: Column) => {
    switch (column.kind) {
      case 'address':
        return column.field === 'id' ? GraphQLID : AddressScalar
      case 'hash':
        return HashScalar
      case 'enum':
        return enumNamed(column.type)
      case 'integer':
        return GraphQLInt
      case 'amount':
        return BigIntScalar
      case 'decimal':
        return DecimalScalar
      case 'time':
        return DateTimeScalar
      case 'flag':
        return GraphQLBoolean
      default:
        return column.field === 'id' ? GraphQLID : GraphQLString
    }
  }
  const nested = nestedTypes(objectNamed(existing, 'Amount'), typeOfValue)
  const whole = (column: Column): GraphQLOutputType => {
    const { kind, type } = column
    if (kind === 'list') return new GraphQLList(new GraphQLNonNull(typeOfValue(column)))
    if (kind !== 'objects') return typeOfValue(column)
    const object = nested.get(type)
    if (object === undefined) throw new RangeError(`nothing says how ${type} is spelled`)
    return new GraphQLList(new GraphQLNonNull(object))
  }
  return {
    outputOf: (column) => (column.isNullable ? whole(column) : new GraphQLNonNull(whole(column))),
    inputOf: typeOfValue,
  }
}

function enumOf(type: EnumType | undefined, name: string): GraphQLEnumType {
  if (type === undefined) throw new RangeError(`there is no enum ${name}`)
  return new GraphQLEnumType({
    name,
    description: type.description,
    values: Object.fromEntries(type.values.map((value) => [value.name, { description: value.description }])),
  })
}
