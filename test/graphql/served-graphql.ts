import type { FastifyInstance } from 'fastify'
import type { EconomyFile } from '../../src/config/economy-file'
import { createApiSchema } from '../../src/graphql/api-schema'
import { type GraphqlServices, graphqlRoutes } from '../../src/graphql/routes'
import { createAnswerCache } from '../../src/read/answer-cache'
import { openReads, type ReadStore } from '../../src/read/reads'
import { openPool } from '../../src/read/transaction'
import { createHttpApp } from '../../src/rest/http-app'
import { ECONOMY, fillSmallEconomy, SMALL_HEAD, timeOf } from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'

/** GraphQL on a port of its own. */
export interface ServedGraphql {
  readonly app: FastifyInstance
  readonly tables: TestTables
  /** Where GraphQL is served. */
  readonly url: string
  /** What the API sees as now, in unix seconds; three seconds after the newest block to begin with. */
  now: number
  /** What the indexer's commits are counted by; undefined is as if nobody listened, and to begin with. */
  version: number | undefined
  /** How many states of the database have been opened for answers. */
  snapshots: number
  /** Failures that were masked. */
  readonly reported: unknown[]
  close(): Promise<void>
}

/** What is served. */
interface ServedHistory {
  readonly economy: EconomyFile
  fill(tables: TestTables, economy: EconomyFile): Promise<void>
  /** Number of the newest block. */
  readonly head: number
}

const SMALL: ServedHistory = { economy: ECONOMY, fill: fillSmallEconomy, head: SMALL_HEAD }

/** @param prepare adds to the server before its routes */
export async function serveGraphql(
  prepare: (app: FastifyInstance, services: GraphqlServices) => Promise<void> = async () => undefined,
  { economy, fill, head }: ServedHistory = SMALL,
): Promise<ServedGraphql> {
  const tables = await createTables()
  await fill(tables, economy)
  const pool = openPool(tables.url, () => undefined)
  const state = { now: timeOf(head) + 3, version: undefined as number | undefined, snapshots: 0 }
  const reads = openReads(pool, economy, { maxLagSeconds: 60, now: () => state.now })
  const store: ReadStore = {
    snapshot: (use) => {
      state.snapshots += 1
      return reads.snapshot(use)
    },
  }
  const answers = createAnswerCache({
    version: () => state.version,
    now: () => state.now,
    mostCharacters: 1_000_000,
  })
  const reported: unknown[] = []
  const report = (error: unknown): void => {
    reported.push(error)
  }
  const app = createHttpApp(report)
  const services: GraphqlServices = { schema: createApiSchema(), store, economy, answers, report }
  await prepare(app, services)
  await graphqlRoutes(app, services)
  const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`
  return Object.assign(state, {
    app,
    tables,
    url,
    reported,
    close: async () => {
      await app.close()
      await pool.end()
      await tables.drop()
    },
  })
}
