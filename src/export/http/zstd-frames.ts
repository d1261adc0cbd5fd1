import { Transform } from 'node:stream'
import { setImmediate as otherWork } from 'node:timers/promises'
import { compress, init } from '@bokuweb/zstd-wasm'

/** Bytes that make a frame: some milliseconds of work, within which nothing else is answered. */
const FRAME_BYTES = 256 * 1024

let ready: Promise<void> | undefined

/**
 * Compresses with zstd, in frames of a fixed size: any number of frames are a valid stream (RFC 8878, 3.1). What comes out
 * depends on the bytes alone, not on the pieces that they come in.
 */
export function createZstdFrames(): Transform {
  let waiting: Uint8Array[] = []
  let size = 0
  let frames = 0
  const frame = async (push: (frame: Uint8Array) => void): Promise<void> => {
    // Once in a process: a second time takes the memory away that the first one works in.
    ready ??= init()
    await ready
    push(compress(Buffer.concat(waiting, size)))
    waiting = []
    size = 0
    frames += 1
    await otherWork()
  }
  const add = async (bytes: Uint8Array, push: (frame: Uint8Array) => void): Promise<void> => {
    for (let start = 0; start < bytes.length; ) {
      const part = bytes.subarray(start, start + FRAME_BYTES - size)
      waiting.push(part)
      size += part.length
      start += part.length
      if (size === FRAME_BYTES) await frame(push)
    }
  }
  return new Transform({
    transform(bytes: Uint8Array, _encoding, done) {
      add(bytes, (each) => this.push(each)).then(() => done(), done)
    },
    flush(done) {
      // Nothing at all is a frame as well: an empty stream is none that a client could decode.
      if (size === 0 && frames > 0) done()
      else frame((each) => this.push(each)).then(() => done(), done)
    },
  })
}
