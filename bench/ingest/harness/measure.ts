import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import type { Contestant, RunContext } from './contestant'
import { freePort } from './free-port'
import type { PrivatePostgres } from './private-postgres'
import { treeUse } from './process-tree'
import { hasEnded, launch, runToEnd, stop } from './programs'
import type { SimulatorProcess } from './simulator-process'
import { differences } from './verify'

/** What one run took. */
export interface Measurement {
  readonly contestant: string
  /** From the start of the program until everything is stored. */
  readonly seconds: number
  readonly events: number
  /** Peak of what all its processes had resident, in bytes. */
  readonly memory: number
  /** Processor seconds, of the contestant, the database and the node. */
  readonly cpu: { readonly own: number; readonly database: number; readonly node: number }
  readonly bytesDown: number
  readonly requests: number
  readonly methods: Readonly<Record<string, number>>
  readonly commits: number
  readonly walBytes: number
  /** What differs from the truth; a run with differences does not count. */
  readonly differences: readonly string[]
}

/** Milliseconds between two looks at the progress and at the process tree. */
const LOOK = 50

/** Runs a contestant once on an empty database, and compares what it stored with what is true. */
export async function measure(
  contestant: Contestant,
  simulator: SimulatorProcess,
  postgres: PrivatePostgres,
  options: { readonly timeout: number; readonly logDirectory: string; readonly build: string },
): Promise<Measurement> {
  const databaseName = `bench_${contestant.name}`
  const databaseUrl = await postgres.createDatabase(databaseName)
  const directory = await mkdtemp(path.join(tmpdir(), 'bench-ingest-run-'))
  const { url: rpcUrl, expected } = simulator
  const { build } = options
  const context: RunContext = { rpcUrl, databaseUrl, expected, directory, build, port: await freePort() }
  mkdirSync(options.logDirectory, { recursive: true })
  const log = path.join(options.logDirectory, `${contestant.name}.log`)
  const database = new Client({ connectionString: databaseUrl })
  await database.connect()
  let child: ChildProcess | undefined
  try {
    for (const command of await contestant.prepare(context)) await runToEnd(command, log)
    const commitsBefore = await commitsOf(database)
    const before = await databaseUse(postgres)
    const { cpuSeconds: nodeBefore } = await simulator.reset()
    const started = performance.now()
    child = launch(contestant.start(context), log)
    const end = await watch(child, contestant, context, database, options.timeout)
    const seconds = (end.at - started) / 1_000
    const stats = await simulator.stats()
    const after = await databaseUse(postgres)
    await stop(child)
    const commits = (await commitsOf(database)) - commitsBefore
    const wrong =
      end.problem === undefined ? await differences(database, contestant.queries, expected) : [end.problem]
    return {
      contestant: contestant.name,
      seconds,
      events: expected.events,
      memory: end.memory,
      cpu: {
        own: end.cpuSeconds,
        database: after.cpuSeconds - before.cpuSeconds,
        node: stats.cpuSeconds - nodeBefore,
      },
      bytesDown: stats.bytesOut,
      requests: stats.requests,
      methods: stats.methods,
      commits: commits - end.looks,
      walBytes: after.wal - before.wal,
      differences: wrong,
    }
  } finally {
    if (child) await stop(child)
    await database.end()
    await rm(directory, { recursive: true, force: true })
  }
}

interface End {
  readonly at: number
  readonly memory: number
  readonly cpuSeconds: number
  readonly looks: number
  /** Why it is over without a result. */
  readonly problem?: string
}

async function watch(
  child: ChildProcess,
  contestant: Contestant,
  context: RunContext,
  database: Client,
  timeout: number,
): Promise<End> {
  const deadline = performance.now() + timeout * 1_000
  const pid = child.pid ?? 0
  const ended = once(child, 'exit')
  let [memory, cpuSeconds, looks] = [0, 0, 0]
  for (;;) {
    const use = treeUse(pid)
    memory = Math.max(memory, use.memory)
    cpuSeconds = Math.max(cpuSeconds, use.cpuSeconds)
    const at = performance.now()
    const isOver = hasEnded(child)
    if (contestant.ends && isOver && child.exitCode === 0) return { at, memory, cpuSeconds, looks }
    if (isOver) {
      const problem = `it ended with ${child.exitCode ?? child.signalCode}`
      return { at, memory, cpuSeconds, looks, problem }
    }
    if (at > deadline) return { at, memory, cpuSeconds, looks, problem: `not done after ${timeout} s` }
    if (!contestant.ends) {
      const events = await contestant.progress(database)
      // A question about a table that is not there is no commit.
      if (!Number.isNaN(events)) looks += 1
      if (events >= context.expected.events && (await contestant.isReady(context, database))) {
        return { at: performance.now(), memory, cpuSeconds: treeUse(pid).cpuSeconds, looks }
      }
    }
    await Promise.race([wait(LOOK), ended])
  }
}

async function databaseUse({ administrator, pid }: PrivatePostgres) {
  const { rows } = await administrator.query<{ wal: string }>(
    "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') wal",
  )
  return {
    wal: Number(rows[0]?.wal ?? 0),
    cpuSeconds: pid === undefined ? Number.NaN : treeUse(pid).cpuSeconds,
  }
}

/** Connections tell their commits now and then, and when they end: this one at once. */
async function commitsOf(database: Client): Promise<number> {
  await database.query('select pg_stat_force_next_flush()')
  const { rows } = await database.query<{ commits: string }>(
    'select xact_commit commits from pg_stat_database where datname = current_database()',
  )
  return Number(rows[0]?.commits ?? 0)
}
