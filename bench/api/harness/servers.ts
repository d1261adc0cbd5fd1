import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../ingest/harness/free-port'
import { hasEnded, launch, stop } from '../../ingest/harness/programs'
import type { ContestantName } from '../contestants/contestant'
import { CONTESTANTS } from '../contestants/contestants'
import type { Cores } from './cores'

/** A contestant that answers. */
export interface Server {
  readonly name: ContestantName
  readonly pid: number
  /** `http://host:port` */
  readonly origin: string
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly databaseUrl: string
  readonly build: string
  readonly cores: Cores
  readonly logDirectory: string
}

/** Milliseconds until a server that does not answer is given up, and between two looks. */
const PATIENCE = 30_000
const LOOK = 100

/** Starts a contestant, and waits until it accepts connections. */
export async function startServer(name: ContestantName, options: ServerOptions): Promise<Server> {
  const { databaseUrl, build, cores, logDirectory } = options
  const directory = await mkdtemp(path.join(tmpdir(), 'bench-api-'))
  const port = await freePort()
  const command = CONTESTANTS[name].start({ databaseUrl, port, directory, build })
  const log = path.join(logDirectory, `${name}.log`)
  const child = launch(cores.measured(command), log)
  const server: Server = {
    name,
    pid: child.pid ?? 0,
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      await stop(child)
      await rm(directory, { recursive: true, force: true })
    },
  }
  try {
    await untilThere(server.origin, child, log)
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function untilThere(origin: string, child: ChildProcess, log: string): Promise<void> {
  const deadline = performance.now() + PATIENCE
  for (;;) {
    // Whatever it answers: whether that is right is looked at before anything is measured.
    const isThere = await fetch(origin).then(
      () => true,
      () => false,
    )
    if (isThere) return
    if (hasEnded(child) || performance.now() > deadline) throw new Error(`no server at ${origin}, see ${log}`)
    await wait(LOOK)
  }
}
