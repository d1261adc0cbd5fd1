import type { FastifyInstance } from 'fastify'
import { createApi } from '../../src/cli/api'
import type { EconomyFile } from '../../src/config/economy-file'
import { openReads, type ReadStore } from '../../src/read/reads'
import { openPool } from '../../src/read/transaction'
import { ECONOMY, timeOf } from './small-economy'

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
  const app = await createApi(store, economy, timeOf(100), (error) => reported.push(error), 600)
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
