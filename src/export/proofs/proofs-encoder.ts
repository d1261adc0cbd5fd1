import type { Cells } from '../../core/datasets/dataset'
import type { Encoder } from '../encoder'
import { type BlockProof, proofLine } from './block-proof'

/**
 * The file of proofs: a row has one cell, which is its line. It is always made from the beginning: whether what a killed
 * export left holds all events shows only where the digest of the range is reached.
 */
export function createProofsEncoder(): Encoder {
  const nothing = new Uint8Array(0)
  return {
    start: () => nothing,
    add: (rows) => Buffer.from(rows.map(([line]) => `${line}\n`).join('')),
    finish: () => nothing,
  }
}

/** Proofs as rows for that encoder. */
export async function* proofRows(proofs: AsyncIterable<BlockProof>): AsyncGenerator<readonly Cells[]> {
  for await (const proof of proofs) yield [[proofLine(proof)]]
}
