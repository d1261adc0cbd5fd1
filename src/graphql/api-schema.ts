import 'reflect-metadata'
import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql'
import { buildSchemaSync } from 'type-graphql'
import { CoverageResolver } from './coverage-resolver'
import { DictionaryResolver } from './dictionary-resolver'
import { EconomyResolver } from './economy-resolver'
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
      EconomyResolver,
    ],
    validate: false,
  })
  readPlainly(schema)
  const query = schema.getQueryType()
  // type-graphql has no place for the description of the root type.
  if (query) {
    query.description =
      'Every question. Each answer is true at one block, named in `asOf`; `figures` holds at any, and what tells of the work of the indexer itself is as of the newest block, whatever its age.'
  }
  return withSubscriptions(withEntities(schema))
}

/** Fields of objects are properties. type-graphql asks for each by a function that awaits, of which a page has thousands. */
function readPlainly(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || roots.includes(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) field.resolve = defaultFieldResolver
  }
}
