import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import type { Coding } from './content-coding'
import { createZstdFrames } from './zstd-frames'

/** From Node 22.15 on; in a thread of its own, and one frame. */
const { createZstdCompress } = zlib as { readonly createZstdCompress?: () => Transform }

/**
 * Codings that files are compressed with, the better one first. Without Node's own zstd, its frames are made in the thread
 * that answers everybody, and there are clients that stop after the first frame: then gzip comes first, for who takes both.
 */
export const CODINGS: readonly Coding[] =
  createZstdCompress === undefined ? ['gzip', 'zstd'] : ['zstd', 'gzip']

/** Compresses what is piped through; nothing for identity. */
export function createCompressor(coding: Coding): readonly Transform[] {
  if (coding === 'identity') return []
  if (coding === 'gzip') return [zlib.createGzip()]
  return [createZstdCompress?.() ?? createZstdFrames()]
}
