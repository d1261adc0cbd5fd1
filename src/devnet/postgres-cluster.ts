import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Account, plainEnvironment } from './postgres-account'
import type { Binaries } from './postgres-binaries'
import { PostgresClusterUnusable, PostgresInitFailed, PostgresVersionMismatch } from './postgres-errors'
import { giveTo, type Place } from './postgres-place'

/** The superuser of the local cluster; it exists nowhere else. */
export const USER = 'ashao'

/**
 * Makes a cluster: UTF-8, and the built-in C.UTF-8 locale, whose order of text does not change with the
 * operating system's C library (an index built under one order is wrong under another).
 *
 * initdb works on a draft beside the final place, renamed at the end: a cluster that exists is complete.
 */
export async function createCluster(
  place: Place,
  account: Account,
  binaries: Binaries,
  fast: boolean,
): Promise<void> {
  const draft = `${place.cluster}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o700 })
  await giveTo(account, draft)
  await writePassword(place, account)
  const initdb = spawn(
    binaries.initdb,
    [
      ...['-D', draft, '--username', USER, '--pwfile', place.password, '--auth', 'scram-sha-256'],
      ...[
        '--encoding',
        'UTF8',
        '--locale',
        'C',
        '--locale-provider',
        'builtin',
        '--builtin-locale',
        'C.UTF-8',
      ],
      ...['--no-instructions', ...(fast ? ['--no-sync'] : [])],
    ],
    { ...account.ids, cwd: '/', env: plainEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const [output, [code]] = await Promise.all([text(initdb.stderr), once(initdb, 'close')])
  if (code !== 0) {
    await rm(draft, { recursive: true, force: true })
    throw new PostgresInitFailed({
      cluster: place.cluster,
      output: output.trim().split('\n').slice(-8).join('\n'),
    })
  }
  await rename(draft, place.cluster)
}

/** Refuses a cluster of another major version: PostgreSQL would, but in words that name no way out. */
export async function requireVersion(place: Place, binaries: Binaries): Promise<void> {
  const clusterVersion = await readFile(join(place.cluster, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    throw new PostgresClusterUnusable({ cluster: place.cluster, reason: String(error) })
  })
  if (clusterVersion.trim() === binaries.major) return
  throw new PostgresVersionMismatch({
    cluster: place.cluster,
    clusterVersion: clusterVersion.trim(),
    programVersion: binaries.major,
  })
}

export async function readPassword(place: Place): Promise<string> {
  const password = await readFile(place.password, 'utf8').catch((error: unknown) => {
    throw new PostgresClusterUnusable({ cluster: place.cluster, reason: String(error) })
  })
  return password.trim()
}

/** 192 random bits, in a file that only the account (and root) can read. Hexadecimal: no URL escapes. */
async function writePassword(place: Place, account: Account): Promise<void> {
  await rm(place.password, { force: true })
  await writeFile(place.password, `${randomBytes(24).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  await giveTo(account, place.password)
}
