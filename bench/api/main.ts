import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { PROJECT_DIRECTORY } from '../ingest/contestants/places'
import { runToEnd } from '../ingest/harness/programs'
import type { ContestantName } from './contestants/contestant'
import { CONTESTANTS } from './contestants/contestants'
import { type BenchOptions, benchOptions } from './harness/bench-options'
import { compare } from './harness/compare'
import { type Cores, chooseCores } from './harness/cores'
import { type KeptPostgres, startKeptPostgres } from './harness/kept-postgres'
import { type Measurement, measure } from './harness/measure'
import type { Question } from './harness/question'
import { type Server, startServer } from './harness/servers'
import { resultTables } from './harness/table'
import { verdicts } from './harness/verdicts'
import { type LoadedDatabase, prepareDatabase } from './loader/prepare-database'
import { productParts } from './loader/product'
import { QUESTIONS } from './questions/questions'

const RESULTS = path.join(PROJECT_DIRECTORY, 'bench/api/results')
const LOGS = path.join(RESULTS, 'logs')
/** How much smaller the second database is, which shows what the length of history costs. */
const SMALLER = 100
/** Most different parameters of a question. */
const PARAMETERS = 40_000

const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** Measures the contestants side by side on one database, and this project's API on a smaller one, too. @returns whether all went well */
async function bench(options: BenchOptions): Promise<boolean> {
  rmSync(LOGS, { recursive: true, force: true })
  mkdirSync(LOGS, { recursive: true })
  for (const name of options.contestants) {
    for (const command of CONTESTANTS[name].install())
      await runToEnd(command, path.join(LOGS, `install-${name}.log`))
  }
  const cores = chooseCores()
  const postgres = await startKeptPostgres(options.database, options.data)
  try {
    cores.others(process.pid)
    if (postgres.pid !== undefined) cores.others(postgres.pid)
    const product = productParts(options.build)
    const { transfers } = options
    const small = await prepareDatabase(postgres, Math.ceil(transfers / SMALLER), product, say)
    const large = await prepareDatabase(postgres, transfers, product, say)
    const asked = QUESTIONS.filter(({ name }) => options.questions.includes(name))
    const measurements = await measureAll(large, small, asked, { options, cores, postgres })
    return conclude(measurements, options, cores)
  } finally {
    await postgres.stop()
  }
}

interface Run {
  readonly options: BenchOptions
  readonly cores: Cores
  readonly postgres: KeptPostgres
}

/** A server, the database that it answers from, and what it is asked there. */
interface Asked extends LoadedDatabase {
  readonly server: Server
  readonly parameters: readonly unknown[]
}

/**
 * Question by question and round by round, the contestants take turns, each time another one first: what changes on the machine
 * meanwhile meets all alike.
 */
async function measureAll(
  large: LoadedDatabase,
  small: LoadedDatabase,
  questions: readonly Question[],
  { options, cores, postgres }: Run,
): Promise<Measurement[]> {
  const { connections, seconds, rounds, build, contestants } = options
  const servers: Server[] = []
  const start = async (name: ContestantName, { url: databaseUrl }: LoadedDatabase): Promise<Server> => {
    const server = await startServer(name, { databaseUrl, build, cores, logDirectory: LOGS })
    servers.push(server)
    return server
  }
  const measurements: Measurement[] = []
  try {
    for (const name of contestants) await start(name, large)
    const onLarge = [...servers]
    const onSmall = contestants.includes('ashao') ? await start('ashao', small) : undefined
    for (const question of questions) {
      const those = onLarge.filter(({ name }) => question.wires[name] !== undefined)
      const parameters = await parametersOf(question, large)
      await compare(question, parameters, those)
      const asked: Asked[] = those.map((server) => ({ server, ...large, parameters }))
      if (onSmall !== undefined && question.atBothSizes) {
        asked.push({ server: onSmall, ...small, parameters: await parametersOf(question, small) })
      }
      for (let round = 0; round < rounds; round += 1) {
        // What nobody reads for some minutes may be gone from memory again.
        for (const { url } of [small, large]) await postgres.read(url)
        for (const { server, transfers, parameters } of turned(asked, round)) {
          const measureOptions = { round, transfers, connections, seconds, databasePid: postgres.pid }
          const measured = await measure(question, parameters, server, measureOptions)
          measurements.push(measured)
          say(inOneLine(measured))
        }
      }
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
  return measurements
}

function inOneLine(measured: Measurement): string {
  const { question, contestant, transfers, requestsPerSecond, p50, p99, failures } = measured
  return (
    `${question}, ${contestant}, ${transfers.toLocaleString('en')}: ${requestsPerSecond.toFixed(0)}/s, ` +
    `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${failures} failures`
  )
}

async function parametersOf(question: Question, { url }: LoadedDatabase): Promise<readonly unknown[]> {
  const database = new Client({ connectionString: url })
  await database.connect()
  try {
    return await question.parameters(database, PARAMETERS)
  } finally {
    await database.end()
  }
}

/** The same, beginning with another one. */
function turned<T>(values: readonly T[], by: number): readonly T[] {
  const first = by % values.length
  return [...values.slice(first), ...values.slice(0, first)]
}

function conclude(measurements: readonly Measurement[], options: BenchOptions, cores: Cores): boolean {
  const { transfers, connections, seconds, rounds } = options
  const judged = verdicts(QUESTIONS, measurements, transfers)
  const machine = `${os.cpus().length} cores, Node ${process.versions.node}`
  const head = `${connections} connections, medians of ${rounds} rounds of ${seconds} s, ${cores.describes} (${machine})`
  const legend = QUESTIONS.map(({ name, describes }) => `- **${name}**: ${describes}.`).join('\n')
  const report = `${head}\n\n${resultTables(measurements, judged)}\n\n${legend}\n`
  writeFileSync(path.join(RESULTS, `${transfers}.md`), report)
  const { database: _, ...shown } = options
  writeFileSync(
    path.join(RESULTS, `${transfers}.json`),
    `${JSON.stringify({ options: shown, machine, measurements, verdicts: judged }, null, 2)}\n`,
  )
  console.log(`\n${report}`)
  return measurements.every(({ failures, requests }) => failures === 0 && requests > 0)
}

bench(benchOptions(process.argv.slice(2))).then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exit(2)
  },
)
