import { mkdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { BENCH_DIRECTORY } from './contestants/places'
import { startPrivatePostgres } from './harness/private-postgres'
import { type HeadOptions, headOptions } from './head/head-options'
import { headTable } from './head/head-table'
import { type HeadMeasurement, measureHead } from './head/measure-head'

const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** Measures how soon a new head is in the API's figures, over both transports. @returns whether all figures are true */
async function benchHead(options: HeadOptions): Promise<boolean> {
  const logDirectory = path.join(BENCH_DIRECTORY, 'results/logs')
  mkdirSync(logDirectory, { recursive: true })
  const postgres = await startPrivatePostgres(process.env.TEST_DATABASE_URL)
  const measurements: HeadMeasurement[] = []
  try {
    for (const transport of ['ws', 'http'] as const) {
      say(`${options.blocks} blocks and ${options.reorgs} reorganisations over ${transport}`)
      const log = path.join(logDirectory, `head-${transport}.log`)
      rmSync(log, { force: true })
      const measured = await measureHead(transport, { ...options, log }, postgres)
      measurements.push(measured)
      for (const difference of measured.differences) say(`  ${difference}`)
    }
  } finally {
    await postgres.stop()
  }
  const machine = `${os.cpus().length} cores, Node ${process.versions.node}`
  console.log(
    `\nhead, polled every ${options.poll} ms over HTTP, ${options.latency} ms latency (${machine})\n`,
  )
  console.log(headTable(measurements, options.poll))
  return measurements.every(({ differences }) => differences.length === 0)
}

benchHead(headOptions(process.argv.slice(2))).then(
  (isVerified) => process.exit(isVerified ? 0 : 1),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exit(2)
  },
)
