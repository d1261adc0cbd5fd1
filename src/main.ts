#!/usr/bin/env node
import 'reflect-metadata'
import { config as readDotEnv } from 'dotenv'
import { RoleUnknown } from './cli/errors'
import { EXIT, fail as failWith } from './cli/exit'
import { tell } from './cli/messages'
import { loadConfig, loadEnvironment, secretsOf } from './config'
import { redactor } from './config/redact'

type Role = (run: Run) => Promise<void>

/** What a role is given: its words, how to fail, and where to leave what a signal has to do before the process ends. */
interface Run {
  readonly fail: (error: unknown) => never
  /** What comes after its name. */
  readonly args: readonly string[]
  stop: () => Promise<void>
}

let redact = redactor([])
const fail = (error: unknown): never => failWith(error, redact)

// Each role loads only what it runs: the API process never pays for the indexer's packages, nor the other way.
const ROLES: Readonly<Record<string, Role>> = {
  async start(run) {
    const { start } = await import('./cli/start.js')
    const supervisor = start(process.env)
    run.stop = () => supervisor.stop()
    supervisor.failed.catch(async (error: unknown) => {
      await supervisor.stop()
      fail(error)
    })
  },

  async indexer(run) {
    const config = loadConfig(process.env, ['RPC_URL', 'DATABASE_URL'])
    const { openLog } = await import('./cli/log.js')
    const { runIndexer } = await import('./cli/indexer.js')
    run.stop = await runIndexer(config, openLog('indexer', config.environment), run.fail)
  },

  async api(run) {
    const config = loadConfig(process.env, ['DATABASE_URL'])
    const { openLog } = await import('./cli/log.js')
    const { runApi } = await import('./cli/api.js')
    openLog('api', config.environment)
    const api = await runApi(config)
    run.stop = () => api.close()
    tell({ type: 'serving', url: api.url })
  },

  async devnet(run) {
    const environment = loadEnvironment(process.env)
    const { openLog } = await import('./cli/log.js')
    const { runDevnet } = await import('./cli/devnet.js')
    run.stop = await runDevnet(environment, openLog('devnet', environment))
  },

  async reset() {
    // Whatever node or economy is configured: only the data directory counts here.
    const environment = loadEnvironment({ ...process.env, RPC_URL: '', ECONOMY_FILE: '' })
    const { reset } = await import('./cli/reset.js')
    const removed = await reset(environment)
    process.stdout.write(`${environment.dataDir}: removed ${removed.join(', ') || 'nothing'}\n`)
  },

  async reconcile(run) {
    // Cut off, it has compared nothing: 0 would say that all is equal.
    run.stop = async () => process.exit(EXIT.unavailable)
    const { localPlaces } = await import('./cli/local-places.js')
    const variables = { ...process.env, ...(await localPlaces(loadEnvironment(process.env))) }
    redact = redactor(secretsOf(variables))
    const config = loadConfig(variables, ['RPC_URL', 'DATABASE_URL'])
    const { runReconcile } = await import('./cli/reconcile-role.js')
    const { table, exitCode } = await runReconcile(config, (text) => void process.stderr.write(redact(text)))
    process.stdout.write(redact(table), () => process.exit(exitCode))
  },

  export: onDemand(async () => (await import('./cli/export-role.js')).runExport),
  verify: onDemand(async () => (await import('./cli/verify-role.js')).runVerify),
  reperform: onDemand(async () => (await import('./cli/reperform-role.js')).runReperform),
}

/** Runs something that comes to an end with an exit code. Cut off it has not: then it ends with another one than 0. */
function onDemand(
  load: () => Promise<(variables: NodeJS.ProcessEnv, args: readonly string[]) => Promise<number>>,
): Role {
  return async (run) => {
    run.stop = async () => process.exit(EXIT.unavailable)
    const work = await load()
    const exitCode = await work(process.env, run.args)
    // What was written into a pipe is still on its way.
    process.stdout.write('', () => process.exit(exitCode))
  }
}

async function main(): Promise<void> {
  readDotEnv({ quiet: true })
  // Libraries check their callers' work wherever this is not said, graphql at every field.
  process.env.NODE_ENV ??= 'production'
  redact = redactor(secretsOf(process.env))
  const name = process.argv[2] ?? 'start'
  const role = ROLES[name]
  if (role === undefined) throw new RoleUnknown({ role: name, roles: Object.keys(ROLES) })
  const run: Run = { fail, args: process.argv.slice(3), stop: async () => undefined }
  let isStopping = false
  const end = (): void => {
    if (isStopping) return
    isStopping = true
    run.stop().then(() => process.exit(0), fail)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  // A supervisor that was killed cannot say goodbye: its channel closes, and nobody needs us any more.
  process.on('disconnect', end)
  await role(run)
}

main().catch(fail)
