import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchemaSync } from 'type-graphql'
import { CoverageResolver } from './coverage-resolver'
import { DictionaryResolver } from './dictionary-resolver'
import { ExcludedWalletResolver } from './excluded-wallet-resolver'
import { FigureResolver } from './figure-resolver'
import { InvariantResolver } from './invariant-resolver'
import { LedgerResolver } from './ledger-resolver'
import { ReconciliationResolver } from './reconciliation-resolver'
import { SnapshotResolver } from './snapshot-resolver'
import { WindowResolver } from './window-resolver'

/** The public GraphQL schema. */
export function createApiSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      FigureResolver,
      WindowResolver,
      InvariantResolver,
      ExcludedWalletResolver,
      SnapshotResolver,
      LedgerResolver,
      ReconciliationResolver,
      CoverageResolver,
      DictionaryResolver,
    ],
    validate: false,
  })
  const query = schema.getQueryType()
  // type-graphql has no place for the description of the root type.
  if (query) {
    query.description =
      'Every question. Each answer is true at one block, named in `asOf`; `reconciliations` and `coverage` name their own, and `figures` holds at any.'
  }
  return schema
}
