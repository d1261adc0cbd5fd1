import { readdirSync, realpathSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PostgresAlreadyRunning, PostgresWillNotStop } from './postgres-errors'
import type { Place } from './postgres-place'
import { commandOf, isAlive, isTaken, livingHolder, ownMark } from './process-identity'

/** How long a fast shutdown may take before it is called stuck, in milliseconds. */
const SHUTDOWN_MS = 30_000

/**
 * Marks the cluster as run by this process, so that a second start on the same data directory is refused
 * instead of taking the first one's running server for a leftover. The mark of a dead process is replaced.
 */
export async function claim(place: Place): Promise<void> {
  for (;;) {
    try {
      return await writeFile(place.claim, ownMark(), { flag: 'wx', mode: 0o600 })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    await refuseWhileClaimed(place)
    await rm(place.claim, { force: true })
  }
}

export async function release(place: Place): Promise<void> {
  await rm(place.claim, { force: true })
}

export async function refuseWhileClaimed(place: Place): Promise<void> {
  const pid = livingHolder(await readFile(place.claim, 'utf8').catch(() => ''))
  if (pid !== undefined) throw new PostgresAlreadyRunning({ cluster: place.cluster, pid })
}

/**
 * Stops the server that an earlier run left behind (its supervisor was killed), by fast shutdown. True if
 * there was one. Nothing is signalled unless it is PostgreSQL at work in this very directory; a lock file
 * whose pid now belongs to another program is removed, since PostgreSQL would refuse to start over it.
 */
export async function stopLeftover(place: Place): Promise<boolean> {
  const lock = join(place.cluster, 'postmaster.pid')
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0])
  // No such process: PostgreSQL itself clears the file, and knows more about stray backends than we do.
  if (!(pid > 1) || !isTaken(pid)) return false
  // PostgreSQL would refuse to start over the lock of another program, and over that of one not yet reaped.
  if (!isAlive(pid) || !isPostmasterOf(pid, place.cluster)) {
    // The lock is also what keeps a new server from running beside the last backends of a dead one.
    await untilGone(() => isWorkedIn(place.cluster), pid, place)
    await rm(lock, { force: true })
    return false
  }
  signal(pid, 'SIGINT')
  await untilGone(() => isAlive(pid) && isPostmasterOf(pid, place.cluster), pid, place)
  return true
}

async function untilGone(isThere: () => boolean, pid: number, place: Place): Promise<void> {
  const deadline = Date.now() + SHUTDOWN_MS
  while (isThere()) {
    if (Date.now() > deadline) {
      throw new PostgresWillNotStop({ cluster: place.cluster, pid, seconds: SHUTDOWN_MS / 1000 })
    }
    // Not our child, so there is no event to wait for.
    await delay(50)
  }
}

/** The port that the server of this cluster listens on, if it runs and we may look: the fourth line of its lock. */
export async function runningPort(place: Place): Promise<number | undefined> {
  const lock = await readFile(join(place.cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , port] = lock.split('\n').map(Number)
  if (pid === undefined || !(pid > 1) || !port) return undefined
  return isAlive(pid) && isPostmasterOf(pid, place.cluster) ? port : undefined
}

/** Whether a PostgreSQL process works in this directory: the server itself, or a backend that outlived it. */
function isWorkedIn(cluster: string): boolean {
  if (process.platform !== 'linux') return false
  const directory = realpathSync(cluster)
  return readdirSync('/proc').some(
    (name) => /^\d+$/.test(name) && workingDirectoryOf(Number(name)) === directory,
  )
}

/** Sends a signal; false when the process is gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

/** A postmaster is started with `-D <cluster>` and works in that directory; a checkout may be moved meanwhile. */
function isPostmasterOf(pid: number, cluster: string): boolean {
  const command = commandOf(pid)
  if (basename(command[0] ?? '') !== 'postgres') return false
  const named = command.indexOf('-D')
  return (named > 0 && command[named + 1] === cluster) || workingDirectoryOf(pid) === realpathSync(cluster)
}

function workingDirectoryOf(pid: number): string | undefined {
  try {
    return realpathSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}
