import type { EconomyFile } from '../../config/economy-file'
import type { Hash } from '../../core/address'
import { type Frame, loadFrame } from '../frame'
import { hex, type RunQuery } from '../row'
import { NothingFinal } from './errors'
import { type SnapshotMark, snapshotMark } from './snapshot-marks'

/** The history that can no longer change, as far as it is indexed. */
export interface ExportHistory {
  readonly frame: Frame
  /** What the history digest starts from. */
  readonly seed: Hash
  /** Newest block that is known to be final. */
  readonly finalBlock: number
  /** Newest time before which nothing can happen any more, in unix seconds. */
  readonly finalTime: number
  /** The newest final snapshot. */
  readonly newest: SnapshotMark
}

/**
 * Finds out how far the history is final.
 * @throws NothingIndexed (E5002), OtherEconomy (E5004), NothingFinal (E5100)
 */
export async function exportHistory(query: RunQuery, economy: EconomyFile): Promise<ExportHistory> {
  const frame = await loadFrame(query, economy)
  const { head, firstBlock } = frame
  const finalBlock = Math.min(frame.finalizedBlock, head.block)
  const newest = await snapshotMark(query, 'upTo', finalBlock)
  if (newest === undefined) throw new NothingFinal({ finalizedBlock: finalBlock, firstBlock })
  const [deployment = {}] = await query('select history_seed from deployment')
  // Of blocks without events only the newest one's time is known.
  const finalTime = head.block === finalBlock ? head.timestamp : newest.timestamp
  return { frame, seed: hex(deployment, 'history_seed'), finalBlock, finalTime, newest }
}
