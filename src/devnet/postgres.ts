import { mkdir, readFile, rm, rmdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Account, chooseAccount, ownerOf } from './postgres-account'
import { type Binaries, prepareBinaries } from './postgres-binaries'
import { createCluster, readPassword, requireVersion, USER } from './postgres-cluster'
import { PostgresPlaceUnreachable } from './postgres-errors'
import { choosePlace, findPlace, type Place, recordOf, requireReachable } from './postgres-place'
import { choosePort } from './postgres-port'
import { claim, refuseWhileClaimed, release, runningPort, stopLeftover } from './postgres-processes'
import { ensureDatabase, logSize, untilReady } from './postgres-ready'
import { launch } from './postgres-server'

export interface EmbeddedPostgres {
  /** `postgres://user:password@127.0.0.1:port/database`: holds the password, so never log it. */
  readonly url: string
  readonly port: number
  /** The postmaster's process id. */
  readonly pid: number
  /** Whether a cluster with earlier data was taken up. */
  readonly resumed: boolean
  /** Called once when the server has ended, also after `stop()`; at once if it already has. */
  onExit(callback: (code: number | null, signal: string | null) => void): void
  /** Shuts down within seconds, ending open connections; may be called more than once. */
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  readonly dataDir: string
  /** EMBEDDED_PG_PORT; a free port if unset. */
  readonly port?: number
  readonly log?: (message: string) => void
  /** Name of the database to create and to put in the URL; `ashao` if unset. */
  readonly database?: string
  /** For tests: nothing is synced to disk. */
  readonly fast?: boolean
}

/**
 * Starts a real PostgreSQL on this machine's loopback and waits until it answers, making its cluster on the
 * first start and taking it up later. It runs until `stop()` or until this process ends, however it ends.
 * @throws errors E6101 to E6112
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined)
  const dataDir = resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    throw named(error, dataDir, 'the user that starts this program')
  })
  const found = await findPlace(dataDir)
  const account = found ? await ownerOf(found.cluster) : chooseAccount()
  if (found) requireReachable(account, found.cluster)
  const binaries = await prepareBinaries(account, dataDir)
  const place = found ?? (await choosePlace(dataDir, account))
  try {
    await claim(place)
  } catch (error) {
    throw named(error, dirname(place.cluster), account.name)
  }
  try {
    if (found) {
      await requireVersion(place, binaries)
      if (await stopLeftover(place)) log('Stopped the PostgreSQL that an earlier run had left behind.')
    } else {
      log(`Creating the local database in ${place.cluster}.`)
      await createCluster(place, account, binaries, options.fast ?? false)
    }
    return await serve(place, account, binaries, found !== undefined, options)
  } catch (error) {
    await release(place)
    throw named(error, dirname(place.cluster), account.name)
  }
}

async function serve(
  place: Place,
  account: Account,
  binaries: Binaries,
  resumed: boolean,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { fast = false, database = 'ashao' } = options
  const password = await readPassword(place)
  const port = await choosePort(options.port)
  const base = `postgres://${USER}:${password}@127.0.0.1:${port}`
  const logStart = await logSize(place)
  const server = await launch(place, account, binaries, { port, fast })
  try {
    await untilReady(server, place, `${base}/postgres`, logStart, (seconds) =>
      options.log?.(`PostgreSQL is not ready yet after ${seconds} s; it may be recovering from a crash.`),
    )
    await ensureDatabase(`${base}/postgres`, database)
  } catch (error) {
    await server.stop()
    throw error
  }
  const ended = server.ended.then(async (exit) => {
    await release(place)
    return exit
  })
  return {
    url: `${base}/${encodeURIComponent(database)}`,
    port,
    pid: server.pid,
    resumed,
    onExit: (callback) => void ended.then(([code, name]) => callback(code, name)),
    stop: async () => {
      await server.stop()
      await ended
    },
  }
}

/**
 * The URL of the server that runs on a data directory, with its password; undefined if none does, or if it is another
 * user's.
 */
export async function runningPostgresUrl(dataDir: string, database = 'ashao'): Promise<string | undefined> {
  const place = await findPlace(resolve(dataDir))
  const port = place && (await runningPort(place))
  if (place === undefined || port === undefined) return undefined
  const password = await readFile(place.password, 'utf8').catch(() => undefined)
  if (password === undefined) return undefined
  return `postgres://${USER}:${password.trim()}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}

/**
 * Deletes the cluster of a data directory wherever it was placed, with its password and log.
 * @throws PostgresAlreadyRunning while a process of this program runs it
 */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  const directory = resolve(dataDir)
  const place = await findPlace(directory)
  if (place) {
    await ownerOf(place.cluster)
    await refuseWhileClaimed(place)
    await stopLeftover(place)
    const beside = [`${place.cluster}.new`, place.password, place.log, place.claim]
    for (const path of [place.cluster, ...beside]) await rm(path, { recursive: true, force: true })
    // Elsewhere, the directory was made for this cluster alone.
    if (dirname(place.cluster) !== directory) await rmdir(dirname(place.cluster))
  }
  await rm(recordOf(directory), { force: true })
}

/** Names the directory when the system forbids something: a bare EACCES says nothing about what to do. */
function named(error: unknown, directory: string, account: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].includes(code)) return error
  return new PostgresPlaceUnreachable({ directory, account, reason: String(error) })
}
