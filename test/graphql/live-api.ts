import Fastify, { type FastifyInstance } from 'fastify'
import { Client } from 'pg'
import type { EconomyFile } from '../../src/config/economy-file'
import { fingerprintOf } from '../../src/config/fingerprint'
import { createApiSchema } from '../../src/graphql/api-schema'
import { LIVE_LIMITS, type LiveLimits } from '../../src/graphql/live-limits'
import { liveRoutes } from '../../src/graphql/live-routes'
import { type Commits, listenForCommits } from '../../src/read/commits'
import { openReads, type ReadStore } from '../../src/read/reads'
import { openPool } from '../../src/read/transaction'
import { claimDeployment } from '../../src/store/deployment'
import { BRANCHING_RULES } from '../indexer/follower'
import { hashOf, SEED } from '../support/history'
import { createIndexerDatabase, type IndexerDatabase } from '../support/indexer-database'
import { ECONOMY } from '../support/small-economy'

const economy: EconomyFile = { ...ECONOMY, policy: BRANCHING_RULES.policy }

/** What is live of the API, on a port, over a database that is indexed as it is by the product. */
export interface LiveApi {
  readonly database: IndexerDatabase
  readonly store: ReadStore
  readonly commits: Commits
  readonly app: FastifyInstance
  /** Failures that were masked. */
  readonly reported: unknown[]
  /** How often the database has been looked at. */
  readonly looks: number
  /** Seconds that the newest block may be old. */
  maxLagSeconds: number
  readonly webSocketUrl: string
  readonly streamUrl: string
  /** Resolves when the next commit is heard, or listening begins again. */
  heard(): Promise<void>
  /** Ends connections to the database from outside, by their name. @returns how many there were */
  cutOff(name: string): Promise<number>
  /** How many clients are connected. */
  clients(): Promise<number>
  close(): Promise<void>
}

export async function createLiveApi(limits: Partial<LiveLimits> = {}): Promise<LiveApi> {
  const database = await createIndexerDatabase()
  await claimDeployment(database.client, {
    chainId: economy.chain.id,
    genesisHash: hashOf('genesis'),
    fingerprint: fingerprintOf(economy),
    historySeed: SEED,
    token: economy.contracts.token.address,
    staking: economy.contracts.staking.address,
    stable: economy.contracts.stable.address,
    startBlock: economy.policy.startBlock,
    partial: ['token', 'staking', 'stable'],
  })
  const outside = new Client({ connectionString: database.url })
  await outside.connect()
  const pool = openPool(database.url, () => undefined)
  const reported: unknown[] = []
  const report = (error: unknown) => reported.push(error)
  const commits = listenForCommits(database.url, () => undefined)
  const heard = (): Promise<void> =>
    new Promise((resolve) => {
      const stop = commits.watch(() => {
        stop()
        resolve()
      })
    })
  if (commits.version() === undefined) await heard()
  const lag = { maxLagSeconds: Number.MAX_SAFE_INTEGER, now: () => Date.now() / 1000 }
  const reads = openReads(pool, economy, {
    now: lag.now,
    get maxLagSeconds() {
      return lag.maxLagSeconds
    },
  })
  let looks = 0
  const store: ReadStore = {
    snapshot: (use) => {
      looks += 1
      return reads.snapshot(use)
    },
  }
  const app = Fastify()
  await liveRoutes(
    app,
    { schema: createApiSchema(), store, economy, commits, report },
    { ...LIVE_LIMITS, ...limits },
  )
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    database,
    store,
    commits,
    app,
    reported,
    get looks() {
      return looks
    },
    get maxLagSeconds() {
      return lag.maxLagSeconds
    },
    set maxLagSeconds(seconds) {
      lag.maxLagSeconds = seconds
    },
    webSocketUrl: `${url.replace('http', 'ws')}/graphql`,
    streamUrl: `${url}/graphql/stream`,
    heard,
    async cutOff(name) {
      const { rowCount } = await outside.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = $1 AND datname = current_database()`,
        [name],
      )
      return rowCount ?? 0
    },
    clients: () =>
      new Promise((resolve, reject) => {
        app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
      }),
    async close() {
      const closed = app.close()
      // One that a client opened and never used would be waited for.
      app.server.closeAllConnections()
      await closed
      await commits.close()
      await pool.end()
      await outside.end()
      await database.close()
    },
  }
}
