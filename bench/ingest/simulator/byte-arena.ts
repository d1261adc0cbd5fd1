/** Bytes in one buffer. */
const CHUNK = 64 * 2 ** 20

/** Texts of one byte per character, one after the other, in few large buffers: outside of the collector's reach. */
export interface ByteArena {
  /** How many records there are. */
  count(): number
  push(text: string): void
  /** Drops all records from `count` on. */
  truncate(count: number): void
  /** The bytes of the records from `start` up to, not including, `end`. */
  slices(start: number, end: number): Buffer[]
}

/** @throws RangeError for a record that is larger than a chunk */
export function createByteArena(): ByteArena {
  const chunks: Buffer[] = []
  /** Bytes in use of each chunk: a record never lies in two of them. */
  const used: number[] = []
  const offsets: number[] = []
  const lengths: number[] = []
  let position = 0

  return {
    count: () => offsets.length,
    push(text) {
      if (text.length > CHUNK) throw new RangeError(`a record of ${text.length} bytes`)
      let chunk = Math.floor(position / CHUNK)
      if (position - chunk * CHUNK + text.length > CHUNK) {
        chunk += 1
        position = chunk * CHUNK
      }
      const buffer = chunks[chunk] ?? Buffer.allocUnsafeSlow(CHUNK)
      chunks[chunk] = buffer
      buffer.write(text, position - chunk * CHUNK, 'latin1')
      offsets.push(position)
      lengths.push(text.length)
      position += text.length
      used[chunk] = position - chunk * CHUNK
    },
    truncate(count) {
      if (count >= offsets.length) return
      position = offsets[count] ?? 0
      const chunk = Math.floor(position / CHUNK)
      used[chunk] = position - chunk * CHUNK
      offsets.length = count
      lengths.length = count
    },
    slices(start, end) {
      const found: Buffer[] = []
      if (end <= start) return found
      let from = offsets[start] ?? 0
      const last = (offsets[end - 1] ?? 0) + (lengths[end - 1] ?? 0)
      while (from < last) {
        const chunk = Math.floor(from / CHUNK)
        const base = chunk * CHUNK
        const to = Math.min(last - base, used[chunk] ?? 0)
        if (to > from - base) found.push((chunks[chunk] as Buffer).subarray(from - base, to))
        from = base + CHUNK
      }
      return found
    },
  }
}
