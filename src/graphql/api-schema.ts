import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchemaSync } from 'type-graphql'
import { FigureResolver } from './figure-resolver'
import { LedgerResolver } from './ledger-resolver'

/** The public GraphQL schema. */
export function createApiSchema(): GraphQLSchema {
  const schema = buildSchemaSync({ resolvers: [FigureResolver, LedgerResolver], validate: false })
  const query = schema.getQueryType()
  // type-graphql has no place for the description of the root type.
  if (query) query.description = 'Every question; each answer is true at one block, named in `asOf`.'
  return schema
}
