import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { CONTESTANTS } from './contestants/contestants'
import { BENCH_DIRECTORY } from './contestants/places'
import { type BenchOptions, benchOptions } from './harness/bench-options'
import { type Measurement, measure } from './harness/measure'
import { startPrivatePostgres } from './harness/private-postgres'
import { runToEnd } from './harness/programs'
import { startSimulatorProcess } from './harness/simulator-process'
import { resultTable } from './harness/table'

const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** Measures the contestants side by side and prints one table. @returns whether all runs were verified */
async function bench(options: BenchOptions): Promise<boolean> {
  const results = path.join(BENCH_DIRECTORY, 'results')
  const logDirectory = path.join(results, 'logs')
  rmSync(logDirectory, { recursive: true, force: true })
  mkdirSync(logDirectory, { recursive: true })
  const contestants = options.contestants.map((name) => CONTESTANTS[name])
  for (const contestant of contestants) {
    const log = path.join(logDirectory, `install-${contestant.name}.log`)
    for (const command of contestant.install()) await runToEnd(command, log)
  }
  say(`building the chain: ${options.size}`)
  const simulator = await startSimulatorProcess(options)
  const postgres = await startPrivatePostgres(process.env.TEST_DATABASE_URL)
  const measurements: Measurement[] = []
  try {
    // One after the other, run by run: what changes on the machine meanwhile meets all alike.
    for (let run = 1; run <= options.runs; run += 1) {
      for (const contestant of contestants) {
        const measured = await measure(contestant, simulator, postgres, { ...options, logDirectory })
        measurements.push(measured)
        const { seconds, differences, methods } = measured
        say(`run ${run}, ${contestant.name}: ${seconds.toFixed(2)} s ${JSON.stringify(methods)}`)
        for (const difference of differences) say(`  ${difference}`)
      }
    }
  } finally {
    await postgres.stop()
    simulator.stop()
  }
  const name = `${options.size}-${options.latency}ms${options.logTimestamps ? '-timestamps' : ''}.json`
  writeFileSync(path.join(results, name), JSON.stringify({ options, measurements }, null, 2))
  const { size, runs, latency, noise, logTimestamps } = options
  const times = logTimestamps ? ', times in the logs' : ''
  const machine = `${os.cpus().length} cores, Node ${process.versions.node}`
  console.log(
    `\n${size}, median of ${runs}, ${latency} ms latency, ${noise} foreign logs a block${times} (${machine})\n`,
  )
  console.log(resultTable(measurements))
  return measurements.every(({ differences }) => differences.length === 0)
}

bench(benchOptions(process.argv.slice(2))).then(
  (isVerified) => process.exit(isVerified ? 0 : 1),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exit(2)
  },
)
