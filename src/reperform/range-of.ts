import type { ExportRange } from '../core/datasets/export-range'
import type { Manifest } from '../export/manifest'
import type { Marks } from './marks'

type Places = Pick<Manifest, 'fromBlock' | 'toBlock' | 'time'>

/**
 * The range of a file, as the chain has it.
 * @throws TypeError if nothing happened in its last block
 */
export function rangeOf(places: Places, marks: Marks): ExportRange {
  const { fromBlock, toBlock } = places
  const end = marks.snapshotAt(toBlock)
  if (end === undefined) throw new TypeError(`block ${toBlock} has no snapshot`)
  return {
    fromBlock,
    toBlock,
    toBlockHash: end.hash,
    toTimestamp: end.timestamp,
    digest: { before: marks.before(fromBlock).digest, after: end.digest },
    ...timeOf(places),
  }
}

/** The time that a file stands for, in unix seconds, where it is named. */
export function timeOf({ time }: Pick<Manifest, 'time'>): Pick<ExportRange, 'time'> {
  if (time === null) return {}
  return { time: { from: Date.parse(time.from) / 1_000, to: Date.parse(time.to) / 1_000 } }
}
