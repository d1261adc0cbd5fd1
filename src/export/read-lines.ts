import { createReadStream } from 'node:fs'
import { FileDeviates } from './verify/errors'

/** No line that this program writes comes near it; a file without line ends must not fill the memory. */
const LONGEST_LINE = 16 * 2 ** 20
const CHUNK_BYTES = 256 * 2 ** 10

/**
 * The lines of a text file, bundle by bundle, without their ends.
 * @param name of the file, in messages
 * @throws FileDeviates (E7020) where it is not UTF-8, and where the last line has no end
 */
export async function* readLines(file: string, name: string): AsyncGenerator<string[]> {
  // A mark at the beginning is no part of what is written: it stays visible, and is found to be wrong.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let begun = ''
  let line = 1
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      throw new FileDeviates('what follows is not UTF-8', { line }, name)
    }
  }
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    const lines = (begun + decode(chunk)).split('\n')
    begun = lines.pop() ?? ''
    if (begun.length > LONGEST_LINE) throw new FileDeviates('the line does not end', { line }, name)
    line += lines.length
    if (lines.length > 0) yield lines
  }
  if (begun + decode() !== '') {
    throw new FileDeviates('the file ends within this line: it was cut, or added to', { line }, name)
  }
}
