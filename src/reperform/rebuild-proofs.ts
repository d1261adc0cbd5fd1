import type { ExportRange } from '../core/datasets/export-range'
import type { Manifest } from '../export/manifest'
import type { BlockProof } from '../export/proofs/block-proof'
import { createProofsEncoder, proofRows } from '../export/proofs/proofs-encoder'
import { rangeOf } from './range-of'
import { rebuildLines } from './rebuild-lines'
import type { Rebuilding } from './rebuilding'

/** A file of proofs, which are read again when history is known: what they have to add up to is its digest. */
export function rebuildProofs(
  path: string,
  manifest: Manifest,
  prove: (range: ExportRange) => AsyncIterable<BlockProof>,
): Rebuilding {
  return {
    add: () => undefined,
    finish: (marks) => rebuildLines(path, linesOf(prove(rangeOf(manifest, marks)))),
    close: () => undefined,
  }
}

async function* linesOf(proofs: AsyncIterable<BlockProof>): AsyncGenerator<Uint8Array, number> {
  const encoder = createProofsEncoder()
  let count = 0
  yield encoder.start()
  for await (const rows of proofRows(proofs)) {
    count += rows.length
    yield encoder.add(rows)
  }
  yield encoder.finish()
  return count
}
