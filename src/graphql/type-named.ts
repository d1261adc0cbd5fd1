import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isObjectType,
  isOutputType,
} from 'graphql'

/** Finds a type that the schema has already. */
export type TypeNamed = (name: string) => GraphQLNamedType | undefined

/** A type that answers can have. @throws RangeError if the schema has none: a mistake in the program. */
export function outputNamed(typeNamed: TypeNamed, name: string): GraphQLOutputType {
  const type = typeNamed(name)
  if (!isOutputType(type)) throw new RangeError(`the schema has no type ${name}`)
  return type
}

/** A type of objects. @throws RangeError if the schema has none: a mistake in the program. */
export function objectNamed(typeNamed: TypeNamed, name: string): GraphQLObjectType {
  const type = typeNamed(name)
  if (!isObjectType(type)) throw new RangeError(`the schema has no type ${name}`)
  return type
}
