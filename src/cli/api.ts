import { createLogger } from '@subsquid/logger'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config'
import type { EconomyFile } from '../config/economy-file'
import { graphqlRoutes } from '../graphql/routes'
import { openReads, type ReadStore } from '../read/reads'
import { openPool } from '../read/transaction'
import { createHttpApp } from '../rest/http-app'
import { restRoutes } from '../rest/routes'
import { listenError } from './port'

/** A running API. */
export interface RunningApi {
  readonly url: string
  /** Finishes the answers in progress, then closes the port and the database connections. */
  close(): Promise<void>
}

/** The whole HTTP surface over a store, not listening yet. */
export async function createApi(
  store: ReadStore,
  economy: EconomyFile,
  startedAt: number,
  report: (error: unknown) => void,
  reconcileSeconds: number,
): Promise<FastifyInstance> {
  const app = createHttpApp(report)
  restRoutes(app, { store, economy, startedAt, report, reconcileSeconds })
  await graphqlRoutes(app, { store, economy, report })
  return app
}

/**
 * Serves the API until closed. Starts without a reachable or migrated database: figures answer 503 until then.
 * @throws PortTaken (E6201), AddressUnusable (E6206)
 */
export async function runApi({ environment, economy }: Config): Promise<RunningApi> {
  const log = createLogger('ashao:api')
  const { databaseReadUrl, host, port, maxLagSeconds, reconcileSeconds } = environment
  if (databaseReadUrl === undefined) throw new TypeError('the API was started without a database URL')
  const pool = openPool(databaseReadUrl, (error) =>
    log.warn({ reason: error.message }, 'a database connection ended'),
  )
  const now = () => Date.now() / 1000
  const store = openReads(pool, economy, { maxLagSeconds, now })
  const report = (error: unknown): void =>
    error instanceof Error ? log.error(error) : log.error(String(error))
  const app = await createApi(store, economy, Math.floor(now()), report, reconcileSeconds)
  try {
    const url = await app.listen({ host, port })
    log.info(`serving on ${url}`)
    return {
      url,
      async close() {
        await app.close()
        await pool.end()
      },
    }
  } catch (error) {
    await app.close()
    await pool.end()
    throw listenError(error, host, port)
  }
}
