import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { livingHolder, ownMark } from '../devnet/process-identity'
import { DirectoryBusy } from '../export/errors'
import { MANIFEST_FOLDER } from '../export/manifest'

/**
 * Makes this process the only one that exports into a directory, until it gives that up or ends. A lock that a killed process
 * left does not count.
 * @returns how to give it up
 * @throws DirectoryBusy (E7002)
 */
export function lockDirectory(directory: string): () => void {
  const folder = join(directory, MANIFEST_FOLDER)
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, '.lock')
  const own = join(folder, `.lock.${process.pid}`)
  writeFileSync(own, ownMark())
  try {
    while (!isTaken(own, lock)) {
      const mark = markIn(lock)
      const pid = livingHolder(mark)
      if (pid !== undefined) throw new DirectoryBusy({ directory, pid })
      // Two may find the same old lock: the second must not remove the lock that the first has taken by then.
      if (mark !== '' && markIn(lock) === mark) rmSync(lock, { force: true })
    }
  } finally {
    rmSync(own, { force: true })
  }
  const unlock = (): void => {
    process.off('exit', unlock)
    rmSync(lock, { force: true })
  }
  process.once('exit', unlock)
  return unlock
}

/** Takes the lock, with what says who holds it in the same step. */
function isTaken(own: string, lock: string): boolean {
  try {
    linkSync(own, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function markIn(lock: string): string {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return ''
  }
}
