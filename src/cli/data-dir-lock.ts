import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { livingHolder, ownMark } from '../devnet/process-identity'
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
  writeFileSync(file, ownMark())
  process.once('exit', () => rmSync(file, { force: true }))
}

/** The process that runs on this data directory, if one does. A file left by a killed one does not count. */
export function lockHolder(dataDir: string): number | undefined {
  if (!existsSync(lockFile(dataDir))) return undefined
  const holder = livingHolder(readFileSync(lockFile(dataDir), 'utf8'))
  return holder === process.pid ? undefined : holder
}

function lockFile(dataDir: string): string {
  return path.join(dataDir, 'supervisor.pid')
}
