import { createHash } from 'node:crypto'
import { chown, lstat, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Account, isRoot, runAs } from './postgres-account'
import { PostgresPlaceUnreachable } from './postgres-errors'

/** Where root keeps what another user must reach; the first that can be used safely is taken. */
const SHARED = ['/var/lib/ashao-indexer', '/var/tmp/ashao-indexer']

/** The files of one cluster; all but the cluster itself lie beside it. */
export interface Place {
  readonly cluster: string
  readonly password: string
  readonly log: string
  readonly claim: string
}

export function placeAt(cluster: string): Place {
  const beside = (name: string) => join(dirname(cluster), name)
  return {
    cluster,
    password: beside('postgres.password'),
    log: beside('postgres.log'),
    claim: beside('postgres.supervisor'),
  }
}

/** The cluster of a data directory, if one was made: at its recorded place, else in the directory itself. */
export async function findPlace(dataDir: string): Promise<Place | undefined> {
  const recorded = await readFile(recordOf(dataDir), 'utf8').catch(() => undefined)
  for (const cluster of [recorded?.trim(), join(dataDir, 'postgres')]) {
    if (cluster !== join(dataDir, 'postgres') && !isShared(cluster)) continue
    // lstat, not a look inside: a cluster of another user cannot be looked into, but it is there.
    if (cluster && (await lstat(cluster).catch(() => undefined))) return placeAt(cluster)
  }
  return undefined
}

/**
 * Where to put a new cluster: in the data directory where the account can work there, else (root's checkout
 * in a directory closed to others) in a shared directory, under a name derived from the data directory, and
 * recorded in it so that the next start and a reset find it.
 */
export async function choosePlace(dataDir: string, account: Account): Promise<Place> {
  const here = placeAt(join(dataDir, 'postgres'))
  const reason = reachable(account, dataDir)
  if (reason === undefined) return here
  if (isRoot()) {
    const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
    for (const shared of await cacheDirectories(dataDir)) {
      const home = join(shared, name)
      await mkdir(home, { recursive: true, mode: 0o755 })
      if (reachable(account, home) !== undefined) continue
      const place = placeAt(join(home, 'postgres'))
      await writeFile(recordOf(dataDir), `${place.cluster}\n`)
      return place
    }
  }
  throw new PostgresPlaceUnreachable({ directory: dataDir, account: account.name, reason })
}

/** Refuses an existing cluster that its owner can no longer reach (the checkout was closed after it was made). */
export function requireReachable(account: Account, cluster: string): void {
  const reason = reachable(account, cluster)
  if (reason !== undefined)
    throw new PostgresPlaceUnreachable({ directory: cluster, account: account.name, reason })
}

/** A reset deletes what the record names, so only a path that this program could have written there counts. */
const isShared = (cluster: string | undefined): boolean =>
  SHARED.some((shared) => dirname(dirname(cluster ?? '')) === shared) &&
  /\/[0-9a-f]{16}\/postgres$/.test(cluster ?? '')

export const recordOf = (dataDir: string): string => join(dataDir, 'postgres.location')

/**
 * Directories for what is shared between data directories, made when missing. As root, one is used only when
 * it is root's and nobody else can write to it: else another user could plant the programs that we run.
 */
export async function cacheDirectories(dataDir: string): Promise<string[]> {
  if (!isRoot()) return [dataDir]
  const safe: string[] = []
  for (const directory of SHARED) {
    await mkdir(directory, { mode: 0o755 }).catch(() => undefined)
    const found = await lstat(directory).catch(() => undefined)
    if (found?.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) safe.push(directory)
  }
  return safe
}

/** Hands a path to the account; nothing to do when that is who we are. */
export async function giveTo(account: Account, path: string): Promise<void> {
  const { uid, gid } = account.ids
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid)
}

/** Tries, as the account, to get at a directory: permission bits alone say too little. Undefined is yes. */
function reachable(account: Account, directory: string): string | undefined {
  const { status, stderr, error } = runAs(account, '/bin/sh', [
    '-c',
    'cd "$0" && ls -d . >/dev/null',
    directory,
  ])
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}
