import { type GraphQLOutputType, isOutputType } from 'graphql'
import type { TypeNamed } from './entity-columns'

/** A type that the schema has besides its subscriptions. @throws RangeError if there is none: a mistake in the program. */
export function outputNamed(typeNamed: TypeNamed, name: string): GraphQLOutputType {
  const type = typeNamed(name)
  if (!isOutputType(type)) throw new RangeError(`the schema has no type ${name}`)
  return type
}
