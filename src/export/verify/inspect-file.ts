import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a file in the directory is like, as far as it can be looked at. */
export type Inspected =
  | { readonly bytes: number; readonly sha256: string }
  /** Why it is none that can be verified. */
  | { readonly problem: string }

/**
 * Measures and hashes a file of the directory.
 * @param path within the directory, with `/`; no part of it may be a symbolic link, which can lead anywhere and tomorrow elsewhere
 */
export async function inspectFile(directory: string, path: string): Promise<Inspected> {
  const parts = path.split('/')
  for (const [index] of parts.entries()) {
    const part = parts.slice(0, index + 1).join('/')
    const isLast = index === parts.length - 1
    try {
      const entry = await lstat(join(directory, part))
      if (entry.isSymbolicLink()) return { problem: `${part} is a symbolic link, and may lead anywhere` }
      if (isLast && !entry.isFile()) return { problem: 'it is not a file' }
    } catch (error) {
      return { problem: reasonOf(error) }
    }
  }
  try {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of createReadStream(join(directory, path), { highWaterMark: 2 ** 20 })) {
      hash.update(chunk)
      bytes += chunk.length
    }
    return { bytes, sha256: hash.digest('hex') }
  } catch (error) {
    return { problem: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return code === 'ENOENT' ? 'it is missing' : `it cannot be read (${code})`
}
