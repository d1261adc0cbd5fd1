/**
 * Bytes that are split at once: some hundred rows. Few enough for V8 to count the text among its own: what is a megabyte long
 * lies outside of its heap, where two hundred of them come together before it clears any.
 */
const PIECE = 128 * 1_024
const NEWLINE = 10

/**
 * The lines of COPY's text format, many at a time.
 * @param encoding `latin1` where nothing but ASCII can come, which is several times as fast
 */
export async function* copiedLines(
  chunks: AsyncIterable<Buffer>,
  encoding: 'latin1' | 'utf8',
): AsyncGenerator<readonly string[]> {
  let waiting: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    waiting.push(chunk)
    size += chunk.length
    if (size < PIECE) continue
    const bytes = Buffer.concat(waiting)
    // A character of several bytes has no newline in it, so that none is cut.
    const end = bytes.lastIndexOf(NEWLINE) + 1
    const rest = bytes.subarray(end)
    waiting = [rest]
    size = rest.length
    if (end > 0) yield bytes.toString(encoding, 0, end - 1).split('\n')
  }
  const bytes = Buffer.concat(waiting)
  if (bytes.length === 0) return
  if (bytes.at(-1) !== NEWLINE) throw new TypeError('a COPY ended within a row')
  yield bytes.toString(encoding, 0, bytes.length - 1).split('\n')
}
