import { treeUse } from '../../ingest/harness/process-tree'
import type { ContestantName } from '../contestants/contestant'
import { type LoadResult, load } from './load'
import type { Question } from './question'
import type { Server } from './servers'

/** One question, asked of one contestant on one database. */
export interface Measurement extends LoadResult {
  readonly question: string
  readonly contestant: ContestantName
  /** Token transfers of the database. */
  readonly transfers: number
  /** From 0: contestants that are measured one after the other. */
  readonly round: number
  /** Shares of one core; NaN for a PostgreSQL that somebody else runs. */
  readonly cpu: { readonly server: number; readonly database: number }
}

export interface MeasureOptions {
  readonly transfers: number
  readonly round: number
  readonly connections: number
  readonly seconds: number
  /** PostgreSQL's first process; undefined where somebody else runs it. */
  readonly databasePid: number | undefined
}

/** Seconds of load before those that count: code is compiled, pages are read, pools are filled. */
const WARM_UP = 3
/** Of the parameters, the share that the warm-up asks with: answers that are kept do not help what comes after. */
const WARM_UP_SHARE = 0.1

/** @throws Error where the contestant is not asked this */
export async function measure(
  question: Question,
  parameters: readonly unknown[],
  server: Server,
  options: MeasureOptions,
): Promise<Measurement> {
  const wire = question.wires[server.name]
  if (wire === undefined) throw new TypeError(`${server.name} is not asked for ${question.name}`)
  const { origin, pid } = server
  const { connections, seconds, transfers, round, databasePid } = options
  const asks = parameters.map((sample) => wire.ask(sample))
  const first = asks.length === 1 ? 0 : Math.ceil(asks.length * WARM_UP_SHARE)
  await load(asks.slice(0, Math.max(first, 1)), { origin, connections, seconds: WARM_UP })
  const before = cpuSecondsOf(pid, databasePid)
  const result = await load(asks.slice(first), { origin, connections, seconds })
  const after = cpuSecondsOf(pid, databasePid)
  return {
    question: question.name,
    contestant: server.name,
    transfers,
    round,
    ...result,
    cpu: {
      server: (after.server - before.server) / result.seconds,
      database: (after.database - before.database) / result.seconds,
    },
  }
}

/** Processor seconds so far. */
function cpuSecondsOf(server: number, database: number | undefined): { server: number; database: number } {
  return {
    server: treeUse(server).cpuSeconds,
    database: database === undefined ? Number.NaN : treeUse(database).cpuSeconds,
  }
}
