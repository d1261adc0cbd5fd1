import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive, startOf } from '../devnet/process-identity'
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
  writeFileSync(file, `${process.pid} ${startOf(process.pid)}\n`)
  process.once('exit', () => rmSync(file, { force: true }))
}

/** The process that runs on this data directory, if one does. A file left by a killed one does not count. */
export function lockHolder(dataDir: string): number | undefined {
  if (!existsSync(lockFile(dataDir))) return undefined
  const [pid = '', ...start] = readFileSync(lockFile(dataDir), 'utf8').trim().split(' ')
  const holder = Number(pid)
  if (!Number.isInteger(holder) || holder <= 0 || holder === process.pid) return undefined
  return isAlive(holder) && startOf(holder) === start.join(' ') ? holder : undefined
}

function lockFile(dataDir: string): string {
  return path.join(dataDir, 'supervisor.pid')
}
