import { decompress } from '@bokuweb/zstd-wasm'

const BLOCK_HEADER = 3
const RUN = 1

/**
 * Decodes any number of frames, one at a time: the library decodes one. It is initialised by what compressed them; a second
 * time would take its memory away.
 */
export function decodeZstd(bytes: Uint8Array): Buffer {
  const parts: Uint8Array[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = frameEnd(bytes, start)
    parts.push(decompress(bytes.subarray(start, end)))
    start = end
  }
  return Buffer.concat(parts)
}

/** Where the frame ends that begins at `start` (RFC 8878, 3.1.1). */
function frameEnd(bytes: Uint8Array, start: number): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.readUInt32LE(start) !== 0xfd2fb528) throw new RangeError(`no frame begins at ${start}`)
  const descriptor = view.readUInt8(start + 4)
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionarySize = [0, 1, 2, 4][descriptor & 3] ?? 0
  const contentSize = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  let at = start + 5 + (isSingleSegment ? 0 : 1) + dictionarySize + contentSize
  for (let isLast = false; !isLast; ) {
    const header = view.readUIntLE(at, BLOCK_HEADER)
    isLast = (header & 1) === 1
    at += BLOCK_HEADER + (((header >> 1) & 3) === RUN ? 1 : header >> 3)
  }
  return at + ((descriptor & 4) === 0 ? 0 : 4)
}
