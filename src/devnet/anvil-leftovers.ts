import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { ChainInUse, PortInUse } from './errors'
import { commandOf, isAlive } from './process-identity'

interface Owners {
  readonly anvilPid: number
  readonly ownerPid: number
}

/**
 * Ends a node that an earlier run left behind when it was killed. Only a process whose command line names
 * this very directory is touched: process ids are reused.
 * @throws ChainInUse if the run that started it is still alive.
 */
export async function endStaleAnvil(directory: string): Promise<void> {
  const file = join(directory, 'anvil.pid')
  const owners = readOwners(file)
  if (!owners) return
  const isOurs = (): boolean => commandOf(owners.anvilPid).includes(join(directory, 'states'))
  if (isOurs()) {
    if (owners.ownerPid !== process.pid && isAlive(owners.ownerPid)) {
      throw new ChainInUse({ directory, ...owners })
    }
    process.kill(owners.anvilPid, 'SIGKILL')
    while (isOurs()) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  rmSync(file, { force: true })
}

/** The port that the chain of this directory is served on, if its node runs. */
export function runningPort(directory: string): number | undefined {
  const owners = readOwners(join(directory, 'anvil.pid'))
  const command = owners ? commandOf(owners.anvilPid) : []
  if (!command.includes(join(directory, 'states'))) return undefined
  const port = Number(command[command.indexOf('--port') + 1])
  return Number.isInteger(port) ? port : undefined
}

/** @throws PortInUse */
export function requireFreePort(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', () => reject(new PortInUse({ port, variable: 'DEVNET_PORT' })))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()))
  })
}

function readOwners(file: string): Owners | undefined {
  try {
    const owners = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owners>
    const { anvilPid, ownerPid } = owners
    return Number.isInteger(anvilPid) && Number.isInteger(ownerPid) ? (owners as Owners) : undefined
  } catch {
    return undefined
  }
}
