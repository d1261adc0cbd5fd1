import type { FastifyInstance } from 'fastify'
import type { EconomyFile } from '../../src/config/economy-file'
import type { EmbedSetting } from '../../src/config/embed-setting'
import { createAnswerCache } from '../../src/read/answer-cache'
import { openReads } from '../../src/read/reads'
import { openPool } from '../../src/read/transaction'
import { embedRoutes } from '../../src/rest/embed/embed-routes'
import { createHttpApp } from '../../src/rest/http-app'
import { restRoutes } from '../../src/rest/routes'
import { timeOf } from './small-economy'

/** REST and what is embedded, with the test's own settings of embedding. */
export interface EmbedApp {
  readonly app: FastifyInstance
  /** What the API sees as now, in unix seconds. */
  now: number
  /** Failures that were masked. */
  readonly reported: unknown[]
  close(): Promise<void>
}

/** Serves a database, three seconds after block `head`. */
export function createEmbedApp(
  url: string,
  economy: EconomyFile,
  head: number,
  settings: Partial<EmbedSetting> = {},
): EmbedApp {
  const pool = openPool(url, () => undefined)
  const reported: unknown[] = []
  const now = () => embedApp.now
  const services = {
    store: openReads(pool, economy, { maxLagSeconds: 60, now }),
    economy,
    // As in a running API: an answer that is kept for one host must not reach another.
    answers: createAnswerCache({ version: () => embedApp.now, now, mostCharacters: 1_000_000 }),
    startedAt: timeOf(100),
    report: (error: unknown) => reported.push(error),
    reconcileSeconds: 600,
    embed: { publicUrl: undefined, framedBy: '*', ...settings },
  }
  const app = createHttpApp(services.report)
  embedRoutes(app, services)
  restRoutes(app, services)
  const embedApp: EmbedApp = {
    app,
    now: timeOf(head) + 3,
    reported,
    close: async () => {
      await app.close()
      await pool.end()
    },
  }
  return embedApp
}
