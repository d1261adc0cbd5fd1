import { type FileHandle, mkdir, open, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { WriteRefused } from './errors'

/** What the system says where it has no room, or does not let us. */
const REFUSALS = new Set([
  ...['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'],
  ...['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENAMETOOLONG'],
])

/**
 * Runs what writes, and says in a sentence what the system refuses.
 * @throws WriteRefused (E7005)
 */
export async function writing<Outcome>(file: string, write: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await write()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined || !REFUSALS.has(code)) throw error
    throw new WriteRefused({ file, reason: message })
  }
}

/** Where a file is while it is not complete: hidden, and in the same folder, so that it can be renamed. */
export function hiddenBeside(path: string, suffix: string): string {
  return join(dirname(path), `.${basename(path)}${suffix}`)
}

/**
 * Writes a small file so that after a kill or a power failure there is nothing or all of it.
 * @throws WriteRefused (E7005)
 */
export async function writeDurably(path: string, content: string): Promise<void> {
  await writing(path, async () => {
    await mkdir(dirname(path), { recursive: true })
    const part = hiddenBeside(path, '.part')
    const handle = await open(part, 'w')
    try {
      await writeAll(handle, Buffer.from(content))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await publishPart(part, path)
  })
}

/** Writes all: the system may take less than it is given, such as the last bytes that there is room for. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await handle.write(bytes, written)).bytesWritten
  }
}

/** Gives a complete, synced file its name, and makes the name last: it is durable only once its folder is. */
export async function publishPart(part: string, path: string): Promise<void> {
  await rename(part, path)
  if (process.platform === 'win32') return
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
