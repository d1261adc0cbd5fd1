import type { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Cells } from '../../core/datasets/dataset'
import type { Encoder } from '../encoder'
import { createCompressor } from './compression'
import type { Coding } from './content-coding'
import { DownloadBroken, DownloadStalled } from './errors'

/** Milliseconds in which a client has to take something of what waits for it. */
export const STALL_LIMIT = 60_000

export interface Sending {
  /** What the file is called in the log. */
  readonly file: string
  readonly rows: AsyncIterable<readonly Cells[]>
  readonly encoder: Encoder
  /** Whether the client has the beginning: then the header is left out. */
  readonly isRest: boolean
  readonly coding: Coding
  /** Aborted when the client goes away. */
  readonly gone: AbortSignal
  readonly stallLimit: number
  readonly report: (error: unknown) => void
}

/**
 * Sends rows as a file, no faster than the client takes them. What fails meanwhile breaks the connection off, so that what
 * the client has does not look whole, and is reported; nothing is thrown.
 */
export async function sendRows(response: ServerResponse, sending: Sending): Promise<void> {
  const { file, coding, gone, stallLimit, report } = sending
  let bytes = 0
  let isBroken = false
  const fail = (error: unknown): void => {
    if (isBroken || gone.aborted) return
    isBroken = true
    report(new DownloadBroken({ file, bytes }, error))
    breakOff(response.req.socket)
  }
  whenStalled(response, stallLimit, () => {
    report(new DownloadStalled({ file, limitMilliseconds: stallLimit }))
    breakOff(response.req.socket)
  })
  const pieces = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const piece of piecesOf(sending)) {
        bytes += piece.length
        yield piece
      }
    } catch (error) {
      // Before the pipeline closes the connection in its own, gentler way.
      fail(error)
      throw error
    }
  }
  const compressors = createCompressor(coding)
  for (const compressor of compressors) compressor.once('error', fail)
  try {
    await pipeline([Readable.from(pieces()), ...compressors, response], { signal: gone })
  } catch {
    // A failure of ours was reported where it happened; that a client goes away is none.
  }
}

async function* piecesOf({ rows, encoder, isRest }: Sending): AsyncGenerator<Uint8Array, void, undefined> {
  const start = encoder.start()
  if (!isRest && start.length > 0) yield start
  for await (const bundle of rows) {
    const piece = encoder.add(bundle)
    if (piece.length > 0) yield piece
  }
  const end = encoder.finish()
  if (end.length > 0) yield end
}

/** Resets a connection: to HTTP/1.0, which some proxies speak, one that is merely closed is the end of a whole file. */
export function breakOff(socket: Socket): void {
  // Whoever asks without a connection has something else in its place.
  if (socket instanceof Socket) socket.resetAndDestroy()
}

/** Node tells of silence on a connection; only where something waits to be taken is it the client's. */
function whenStalled(response: ServerResponse, limit: number, stalled: () => void): void {
  response.setTimeout(limit, () => {
    if (response.writableLength > 0) stalled()
    else response.setTimeout(limit)
  })
}
