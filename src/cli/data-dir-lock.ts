import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AlreadyRunning } from './errors'

/**
 * Makes this process the only supervisor of a data directory, until it ends.
 * @throws AlreadyRunning (E6202) if a living one holds it.
 */
export function lockDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true })
  const holder = lockHolder(dataDir)
  if (holder !== undefined) throw new AlreadyRunning({ dataDir, pid: holder })
  const file = lockFile(dataDir)
  writeFileSync(file, String(process.pid))
  process.once('exit', () => rmSync(file, { force: true }))
}

/** The process that runs on this data directory, if one does. A file left by a killed one does not count. */
export function lockHolder(dataDir: string): number | undefined {
  if (!existsSync(lockFile(dataDir))) return undefined
  const pid = Number(readFileSync(lockFile(dataDir), 'utf8'))
  return Number.isInteger(pid) && pid !== process.pid && isOurs(pid) ? pid : undefined
}

function lockFile(dataDir: string): string {
  return path.join(dataDir, 'supervisor.pid')
}

/** Whether the process lives and is a Node program: ids are used again after a restart of the machine. */
function isOurs(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const commandLine = `/proc/${pid}/cmdline`
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('main.js')
}
