import { loadEnvironment } from '../config'
import type { Environment } from '../config/environment'
import { redactor, redactUrl } from '../config/redact'
import { superviseChild } from './child'
import { lockDataDir } from './data-dir-lock'
import { DatabaseEnded } from './errors'
import type { ChildMessage } from './messages'
import { requireFreePort } from './port'
import { openProgress } from './progress'
import { untilReady } from './ready'
import { spellCount, spellDuration, spellRate } from './spell-number'

type Variables = Readonly<Record<string, string | undefined>>

export interface Supervisor {
  /** Rejects with the first thing that starting again cannot mend; never resolves. */
  readonly failed: Promise<never>
  /** Ends everything that was started, the last first; resolves when nothing runs any more. */
  stop(): Promise<void>
}

/** What the parts of a start share: how to speak, how to fail, and what has to be ended. */
interface Context {
  readonly environment: Environment
  readonly variables: Variables
  readonly stops: (() => Promise<void>)[]
  readonly aborted: AbortController
  readonly say: (text: string) => void
  readonly redact: (text: string) => string
  readonly fail: (error: unknown) => void
}

/**
 * Supervises indexer and API on one machine. What the environment does not name is started here too: PostgreSQL
 * without DATABASE_URL, the local chain without RPC_URL. Prints what it started, progress, and then the URLs.
 */
export function start(variables: Variables): Supervisor {
  const environment = loadEnvironment(variables)
  const redact = redactor(environment.secrets)
  const aborted = new AbortController()
  let fail: (error: unknown) => void = () => undefined
  const failed = new Promise<never>((_, reject) => {
    // What falls over while everything is being stopped is no failure.
    fail = (error) => {
      if (!aborted.signal.aborted) reject(error)
    }
  })
  const context: Context = {
    environment,
    variables,
    stops: [],
    aborted,
    say: (text) => void process.stdout.write(`${redact(text)}\n`),
    redact,
    fail,
  }
  startAll(context).catch(fail)
  return {
    failed,
    async stop() {
      context.aborted.abort()
      if (context.stops.length === 0) return
      context.say('\nStopping…')
      for (const stop of context.stops.splice(0).reverse()) await stop()
      context.say('Stopped; nothing is running any more.')
    },
  }
}

async function startAll(context: Context): Promise<void> {
  const { environment, say } = context
  const startedAt = Date.now()
  lockDataDir(environment.dataDir)
  await requireFreePort(environment.host, environment.port)
  const [database, chain] = await Promise.all([provideDatabase(context), provideChain(context)])
  say(`database  ${database.shown}`)
  say(`chain     ${chain.shown}`)
  const places = { ...database.variables, ...chain.variables }

  const progress = openProgress('indexing ', 'blocks', 'noted')
  let blocksBehind = Number.POSITIVE_INFINITY
  let isCaughtUp = false
  runChild(context, 'indexer', places, (message) => {
    if (message.type !== 'indexing' || isCaughtUp) return
    blocksBehind = message.chainHead - message.block
    const { startBlock, block, chainHead } = message
    const total = Math.max(chainHead - startBlock + 1, 1)
    progress.update(Math.min(Math.max(block - startBlock + 1, 0), total), total, indexingNote(message))
  })
  let url = `http://${environment.host}:${environment.port}`
  runChild(context, 'api', places, (message) => {
    if (message.type === 'serving') url = message.url
  })
  const warnings = await untilReady(
    () => url,
    () => blocksBehind === 0,
    context.aborted.signal,
  )
  isCaughtUp = true
  progress.finish()
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1)
  say(
    [
      '',
      `Ready after ${seconds} s.`,
      ...warnings,
      `  dashboard  ${url}/`,
      `  treasury   ${url}/api/treasury`,
      `  supply     ${url}/api/supply`,
      `  GraphQL    ${url}/graphql`,
      `  status     ${url}/status`,
      `Logs are in ${environment.dataDir}/logs. Ctrl-C stops everything; the next start resumes.`,
    ].join('\n'),
  )
}

/** What matters most comes first: a narrow terminal cuts the line off. */
function indexingNote(message: Extract<ChildMessage, { type: 'indexing' }>): string {
  const { events, eventsPerSecond, blocksPerSecond, etaSeconds } = message
  return [
    '',
    `ETA ${etaSeconds === null ? 'unknown' : spellDuration(etaSeconds)}`,
    `${spellCount(events)} events`,
    `${spellRate(eventsPerSecond)} events/s`,
    `${spellRate(blocksPerSecond)} blocks/s`,
  ].join(' · ')
}

/** A place that the children need, as variables, and as it may be shown. */
interface Provided {
  readonly variables: Variables
  readonly shown: string
}

async function provideDatabase({ environment, stops, fail, say }: Context): Promise<Provided> {
  const { databaseUrl, databaseReadUrl, dataDir, embeddedPgPort } = environment
  if (databaseUrl !== undefined) {
    const variables = { DATABASE_URL: databaseUrl, DATABASE_READ_URL: databaseReadUrl }
    return { variables, shown: redactUrl(databaseUrl) }
  }
  // Loaded only here: its packages are optional and absent from a production image.
  const { startEmbeddedPostgres } = await import('../devnet/postgres.js')
  const port = embeddedPgPort === undefined ? {} : { port: embeddedPgPort }
  let isStopping = false
  const starting = startEmbeddedPostgres({ dataDir, ...port, log: say })
  // Known to be stopped from the first moment on: a Ctrl-C may come while the cluster is being made.
  stops.push(async () => {
    isStopping = true
    await starting.then((started) => started.stop()).catch(() => undefined)
  })
  const postgres = await starting
  postgres.onExit((code, signal) => {
    if (!isStopping) fail(new DatabaseEnded({ how: signal ?? `exit code ${code}` }))
  })
  const age = postgres.resumed ? 'resumed' : 'new'
  const shown = `PostgreSQL, embedded, port ${postgres.port} (${age})`
  return { variables: { DATABASE_URL: postgres.url }, shown }
}

async function provideChain(context: Context): Promise<Provided> {
  const { rpcUrls } = context.environment
  if (rpcUrls.length > 0) return { variables: {}, shown: rpcUrls.map(redactUrl).join(', ') }
  const progress = openProgress('seeding  ', 'transactions')
  return new Promise((resolve) => {
    runChild(context, 'devnet', {}, (message) => {
      if (message.type === 'seeding') progress.update(message.done, message.total)
      if (message.type !== 'chainReady') return
      progress.finish()
      const { rpcUrl, economyFile, resumed } = message
      const shown = `local chain at ${rpcUrl} (${resumed ? 'resumed' : 'new'}), a block every 2 s`
      resolve({ variables: { RPC_URL: rpcUrl, ECONOMY_FILE: economyFile }, shown })
    })
  })
}

function runChild(
  { environment, variables, stops, say, redact, fail }: Context,
  name: string,
  places: Variables,
  onMessage: (message: ChildMessage) => void,
): void {
  const child = superviseChild({
    name,
    dataDir: environment.dataDir,
    variables: { ...variables, ...places },
    onMessage,
    say,
    redact,
    onGiveUp: fail,
  })
  stops.push(() => child.stop())
}
