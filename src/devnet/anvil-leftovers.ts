import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { ChainInUse, PortInUse } from './errors'

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
  const isOurs = (): boolean => commandLine(owners.anvilPid).includes(join(directory, 'states'))
  if (isOurs()) {
    if (owners.ownerPid !== process.pid && isAlive(owners.ownerPid)) {
      throw new ChainInUse({ directory, ...owners })
    }
    process.kill(owners.anvilPid, 'SIGKILL')
    while (isOurs()) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  rmSync(file, { force: true })
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The command line of a live process, or nothing. A process that has ended but is not reaped has none. */
function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
