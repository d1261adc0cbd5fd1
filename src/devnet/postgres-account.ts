import { execFileSync, spawnSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { PostgresClusterUnusable, PostgresUserMissing } from './postgres-errors'

/** Who PostgreSQL runs as. `ids` is empty when that is who we are, else what `spawn` must switch to. */
export interface Account {
  readonly name: string
  readonly ids: { readonly uid: number; readonly gid: number } | Record<string, never>
}

/** Whether this process is root, whom PostgreSQL refuses to run as. */
export const isRoot = (): boolean => process.getuid?.() === 0

/**
 * The account to run PostgreSQL as: ourselves, unless we are root; then `postgres`, made when missing,
 * else `nobody`. An arbitrary numeric uid will not do: initdb looks its user up with getpwuid and gives up.
 */
export function chooseAccount(): Account {
  if (!isRoot()) return ourselves()
  const found = lookUp('postgres') ?? created('postgres') ?? lookUp('nobody')
  if (!found) {
    throw new PostgresUserMissing({
      uid: 0,
      reason: 'neither postgres nor nobody exists, and useradd failed',
    })
  }
  return usable(found)
}

/** The account that owns an existing cluster: PostgreSQL accepts only a data directory of its own user. */
export async function ownerOf(cluster: string): Promise<Account> {
  const { uid, gid } = await stat(cluster)
  const foreign = !isRoot() && uid !== process.getuid?.()
  if (foreign || uid === 0) {
    throw new PostgresClusterUnusable({ cluster, reason: `it belongs to uid ${uid}` })
  }
  if (!isRoot()) return ourselves()
  return usable({ name: `uid ${uid}`, ids: { uid, gid } })
}

/** Runs a program as the account, in a directory that every account can be in; never throws. */
export function runAs(account: Account, program: string, args: readonly string[]) {
  return spawnSync(program, args, {
    ...account.ids,
    cwd: '/',
    env: plainEnvironment(),
    encoding: 'utf8',
    timeout: 20_000,
  })
}

/**
 * What PostgreSQL's programs see of our environment: nothing that steers them (PGDATA, PGOPTIONS, locale,
 * time zone) and none of our secrets.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

function ourselves(): Account {
  try {
    return { name: userInfo().username, ids: {} }
  } catch {
    // A container started with a bare uid: the server would run, initdb would not.
    throw new PostgresUserMissing({ uid: process.getuid?.() ?? -1, reason: 'this uid has no passwd entry' })
  }
}

function lookUp(name: string): Account | undefined {
  const read = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
  try {
    return { name, ids: { uid: read('-u'), gid: read('-g') } }
  } catch {
    return undefined
  }
}

function created(name: string): Account | undefined {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]
  const { status } = spawnSync('useradd', options, { stdio: 'ignore' })
  return status === 0 ? lookUp(name) : undefined
}

function usable(account: Account): Account {
  const { error } = runAs(account, '/bin/sh', ['-c', ':'])
  // Root without CAP_SETUID (some containers) cannot become anyone else.
  if (error)
    throw new PostgresUserMissing({ uid: 0, reason: `cannot become ${account.name}: ${error.message}` })
  return account
}
