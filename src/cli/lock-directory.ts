import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { livingHolder, ownMark } from '../devnet/process-identity'
import { DirectoryBusy } from '../export/errors'
import { MANIFEST_FOLDER } from '../export/manifest'

/**
 * Makes this process the only one that exports into a directory, until it gives that up or ends. A lock that a killed process
 * left does not count, nor does one that a power failure left empty.
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
      if (mark === undefined) continue
      const pid = livingHolder(mark)
      if (pid !== undefined) throw new DirectoryBusy({ directory, pid })
      discard(lock, mark)
    }
  } finally {
    rmSync(own, { force: true })
  }
  const unlock = (): void => {
    process.off('exit', unlock)
    if (markIn(lock) === ownMark()) rmSync(lock, { force: true })
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
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Takes an old lock away. Of two that find the same one, the second may move the one that the first has taken by then. */
function discard(lock: string, mark: string): void {
  const aside = `${lock}.${process.pid}.old`
  try {
    renameSync(lock, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if (markIn(aside) !== mark) isTaken(aside, lock)
  rmSync(aside, { force: true })
}

/** @returns undefined where there is no lock */
function markIn(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
