import { open, stat } from 'node:fs/promises'

/** PostgreSQL's own log is cut back to `KEPT` bytes when it has grown past `LARGEST`. */
const LARGEST = 8 * 1024 * 1024
const KEPT = 1024 * 1024
const EVERY_MS = 60_000

/**
 * Keeps the log bounded while the server runs. The server writes in append mode, so the file can be cut back
 * under it; a line written in that moment may be lost, which a local server's log can bear.
 * Returns the function that ends the watch.
 */
export function boundLog(path: string): () => void {
  const check = () => void cutBack(path).catch(() => undefined)
  check()
  const timer = setInterval(check, EVERY_MS).unref()
  return () => clearInterval(timer)
}

async function cutBack(path: string): Promise<void> {
  if ((await stat(path)).size <= LARGEST) return
  const rest = await tail(path, 0, KEPT)
  const file = await open(path, 'r+')
  try {
    await file.truncate(0)
    await file.write(rest)
  } finally {
    await file.close()
  }
}

/** The last bytes of a file, at most `limit`, none from before `from`; empty if there is no file. */
export async function tail(path: string, from: number, limit: number): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) return ''
  try {
    const { size } = await file.stat()
    const start = Math.max(Math.min(from, size), size - limit)
    const { buffer, bytesRead } = await file.read(new Uint8Array(size - start), 0, size - start, start)
    return new TextDecoder().decode(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}
