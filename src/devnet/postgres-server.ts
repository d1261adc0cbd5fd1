import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { type Account, plainEnvironment } from './postgres-account'
import type { Binaries } from './postgres-binaries'
import { boundLog } from './postgres-log'
import type { Place } from './postgres-place'
import { signal } from './postgres-processes'

/** Modest memory, cheap random reads, no sockets in the file system, one address. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '1GB',
  // No replica hangs on a local cluster: less is written ahead, and COPY into a new table writes nothing ahead.
  wal_level: 'minimal',
  max_wal_senders: '0',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
}

/** For tests only: a power cut may lose the cluster. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** Waits before a stop gets harsher, in milliseconds: fast, then immediate, then none. */
const STOP_STEPS = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 5_000],
] as const

export type Exit = readonly [code: number | null, signal: NodeJS.Signals | null]

export interface Server {
  readonly pid: number
  /** Settled when the server has ended, for whatever reason. */
  readonly ended: Promise<Exit>
  stop(): Promise<void>
}

/**
 * Starts the server in a session of its own: Ctrl-C in a terminal reaches only the supervisor, which then
 * stops the database last. Should this process go away without stopping it, the server shuts down too: on an
 * ordinary exit by our exit hook, on SIGKILL by the guard.
 */
export async function launch(
  place: Place,
  account: Account,
  binaries: Binaries,
  options: { port: number; fast: boolean },
): Promise<Server> {
  const settings = Object.entries({ ...SETTINGS, ...(options.fast ? FAST : {}) })
  const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = await open(place.log, 'a', 0o600)
  const server = spawn(binaries.postgres, ['-D', place.cluster, '-p', String(options.port), ...flags], {
    ...account.ids,
    cwd: '/',
    env: plainEnvironment(),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  await once(server, 'spawn').finally(() => log.close())
  const pid = server.pid
  if (pid === undefined) throw new TypeError('a spawned process has a pid')
  const ended = once(server, 'exit').then(([code, name]): Exit => [code, name])
  const endWatches = [boundLog(place.log), guard(account, pid), hookExit(pid)]
  void ended.then(() => {
    for (const end of endWatches) end()
  })
  return { pid, ended, stop: () => stop(server, pid, ended) }
}

async function stop(server: ChildProcess, pid: number, ended: Promise<Exit>): Promise<void> {
  for (const [name, wait] of STOP_STEPS) {
    if (server.exitCode !== null || server.signalCode !== null) return
    signal(pid, name)
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), wait)
    await Promise.race([ended, once(late.signal, 'abort')])
    clearTimeout(timer)
  }
}

/**
 * A shell that reads from us until we are gone, then tells the server to shut down: the one way to not leave
 * a database behind when this process is killed by a signal that it cannot handle.
 */
function guard(account: Account, pid: number): () => void {
  const shell = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$0"', String(pid)], {
    ...account.ids,
    cwd: '/',
    env: plainEnvironment(),
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  // A pipe of a child process is a socket, but typed as a plain stream.
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref()
  return () => void shell.kill('SIGKILL')
}

function hookExit(pid: number): () => void {
  const shutDown = () => void signal(pid, 'SIGINT')
  process.on('exit', shutDown)
  return () => void process.off('exit', shutDown)
}
