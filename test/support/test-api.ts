import type { FastifyInstance } from 'fastify'
import { createApi } from '../../src/cli/api'
import type { EconomyFile } from '../../src/config/economy-file'
import { createApiSchema } from '../../src/graphql/api-schema'
import { createAnswerCache } from '../../src/read/answer-cache'
import type { Commits } from '../../src/read/commits'
import { openReads, type ReadStore } from '../../src/read/reads'
import { openPool } from '../../src/read/transaction'
import { ECONOMY, timeOf } from './small-economy'

/** Nobody tells of commits. */
const SILENT: Commits = {
  version: () => undefined,
  watch: () => () => undefined,
  close: async () => undefined,
}

/** The whole HTTP surface over a database, asked without a socket. */
export interface TestApi {
  readonly app: FastifyInstance
  /** What the API sees as now, in unix seconds; three seconds after block 112 to begin with. */
  now: number
  /** Failures that were masked. */
  readonly reported: unknown[]
  /** How many states of the database have been opened for answers. */
  snapshots: number
  close(): Promise<void>
}

export async function createTestApi(url: string, economy: EconomyFile = ECONOMY): Promise<TestApi> {
  const pool = openPool(url, () => undefined)
  const reported: unknown[] = []
  const reads = openReads(pool, economy, { maxLagSeconds: 60, now: () => api.now })
  const store: ReadStore = {
    snapshot: (use) => {
      api.snapshots += 1
      return reads.snapshot(use)
    },
  }
  const app = await createApi({
    schema: createApiSchema(),
    pool,
    store,
    commits: SILENT,
    economy,
    // Tests write tables behind the API's back, of which nobody tells it.
    answers: createAnswerCache({ version: SILENT.version, now: () => api.now, mostCharacters: 0 }),
    startedAt: timeOf(100),
    report: (error) => reported.push(error),
    reconcileSeconds: 600,
    embed: { publicUrl: undefined, framedBy: '*' },
    rateLimit: { perMinute: 0, sparesLoopback: true },
    trustProxy: false,
  })
  const api: TestApi = {
    app,
    now: timeOf(112) + 3,
    reported,
    snapshots: 0,
    close: async () => {
      await app.close()
      await pool.end()
    },
  }
  return api
}
