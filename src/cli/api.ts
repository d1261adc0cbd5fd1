import { createLogger } from '@subsquid/logger'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config'
import type { RateLimitSetting, TrustProxySetting } from '../config/proxy-and-rate'
import { type ExportServices, exportRoutes } from '../export/http/export-routes'
import { exportPaths } from '../export/http/openapi-paths'
import { createApiSchema } from '../graphql/api-schema'
import { liveRoutes } from '../graphql/live-routes'
import { type GraphqlServices, graphqlRoutes } from '../graphql/routes'
import { createAnswerCache } from '../read/answer-cache'
import { type Commits, listenForCommits } from '../read/commits'
import { openReads } from '../read/reads'
import { openPool, TIME_LIMITS } from '../read/transaction'
import { dashboardFiles } from '../rest/dashboard-files'
import { embedRoutes } from '../rest/embed/embed-routes'
import { createHttpApp } from '../rest/http-app'
import { limitRate } from '../rest/rate-limit'
import { restRoutes } from '../rest/routes'
import type { RestServices } from '../rest/services'
import { beginYoung } from './heap'
import { listenError } from './port'

/** Most characters of answers that are kept for who asks the same within a second. */
const MOST_KEPT = 32 * 1024 * 1024

/** A running API. */
export interface RunningApi {
  readonly url: string
  /** Finishes the answers in progress, then closes the port and the database connections. */
  close(): Promise<void>
}

/** What the HTTP surface needs. */
export interface ApiServices extends RestServices, GraphqlServices, ExportServices {
  readonly commits: Commits
  readonly rateLimit: RateLimitSetting
  readonly trustProxy: TrustProxySetting
}

/** The whole HTTP surface over a store, not listening yet. */
export async function createApi(services: ApiServices): Promise<FastifyInstance> {
  const app = createHttpApp(services.report, services.trustProxy)
  await limitRate(app, services.rateLimit)
  restRoutes(app, { ...services, otherPaths: exportPaths() })
  embedRoutes(app, services)
  await dashboardFiles(app)
  exportRoutes(app, services)
  await graphqlRoutes(app, services)
  await liveRoutes(app, services)
  return app
}

/**
 * Serves the API until closed. Starts without a reachable or migrated database: figures answer 503 until then.
 * @throws PortTaken (E6201), AddressUnusable (E6206)
 */
export async function runApi({ environment, economy }: Config): Promise<RunningApi> {
  const log = createLogger('ashao:api')
  const { databaseUrl, databaseReadUrl, host, port, maxLagSeconds } = environment
  if (databaseUrl === undefined || databaseReadUrl === undefined)
    throw new TypeError('the API was started without a database URL')
  beginYoung()
  const pool = openPool(databaseReadUrl, (error) =>
    log.warn({ reason: error.message }, 'a database connection ended'),
  )
  const now = () => Date.now() / 1000
  const report = (error: unknown): void =>
    error instanceof Error ? log.error(error) : log.error(String(error))
  // A replica announces nothing: what it replays is heard of from the primary.
  const commits = listenForCommits(databaseUrl, (error) =>
    log.warn({ reason: error.message }, 'commits are not heard of'),
  )
  const { version } = commits
  const store = openReads(pool, economy, { maxLagSeconds, now, version })
  const { reconcileSeconds, rateLimit, trustProxy, embed } = environment
  const app = await createApi({
    schema: createApiSchema(),
    pool,
    store,
    economy,
    commits,
    answers: createAnswerCache({ version, now, mostCharacters: MOST_KEPT }),
    startedAt: Math.floor(now()),
    report,
    reconcileSeconds,
    rateLimit,
    trustProxy,
    embed,
  })
  const close = async (): Promise<void> => {
    // A connection that never asked for anything does not count as idle, and may stay for ever.
    const hurry = setTimeout(() => app.server.closeAllConnections(), TIME_LIMITS.answer)
    await app.close().finally(() => clearTimeout(hurry))
    await commits.close()
    await pool.end()
  }
  try {
    const url = await app.listen({ host, port })
    log.info(`serving on ${url}`)
    return {
      url,
      close,
    }
  } catch (error) {
    await close()
    throw listenError(error, host, port)
  }
}
