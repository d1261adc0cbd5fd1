import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchemaSync } from 'type-graphql'
import { CoverageResolver } from './coverage-resolver'
import { DictionaryResolver } from './dictionary-resolver'
import { withEntities } from './entity-schema'
import { ExcludedWalletResolver } from './excluded-wallet-resolver'
import { FigureResolver } from './figure-resolver'
import { InvariantResolver } from './invariant-resolver'
import { withSubscriptions } from './subscription-type'
import { WindowResolver } from './window-resolver'

/** The public GraphQL schema. */
export function createApiSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      FigureResolver,
      WindowResolver,
      InvariantResolver,
      ExcludedWalletResolver,
      CoverageResolver,
      DictionaryResolver,
    ],
    validate: false,
  })
  const query = schema.getQueryType()
  // type-graphql has no place for the description of the root type.
  if (query) {
    query.description =
      'Every question. Each answer is true at one block, named in `asOf`; `figures` holds at any, and what tells of the work of the indexer itself is as of the newest block, whatever its age.'
  }
  return withSubscriptions(withEntities(schema))
}
