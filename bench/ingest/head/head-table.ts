import type { HeadMeasurement } from './measure-head'

const COLUMNS = ['from the change to the figure, ms', 'n', 'median', 'p95', 'most', 'demanded', 'verified']
/** What is demanded of the median: of a block over WebSocket, or above the interval over HTTP; of a reorganisation. */
const BLOCK_LIMIT = 100
const REORG_LIMIT = 2_000

/** A Markdown table: a row for what was waited for over each transport. */
export function headTable(measurements: readonly HeadMeasurement[], poll: number): string {
  const rows = measurements.flatMap(({ transport, blocks, reorgs, differences }) => {
    const verified = differences.length === 0 ? 'yes' : '**no**'
    const limit = transport === 'ws' ? BLOCK_LIMIT : poll + BLOCK_LIMIT
    return [
      [`a block, ${transport}`, ...waited(blocks, limit), verified],
      [`64 blocks replaced, ${transport}`, ...waited(reorgs, REORG_LIMIT), verified],
    ]
  })
  return [COLUMNS, COLUMNS.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function waited(taken: readonly number[], limit: number): string[] {
  const median = quantile(taken, 0.5)
  const most = Math.max(...taken)
  const demanded = median < limit ? `under ${limit}` : `**not** under ${limit}`
  return [String(taken.length), inMs(median), inMs(quantile(taken, 0.95)), inMs(most), demanded]
}

/** The smallest of the values that this share of them does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((one, other) => one - other)
  return ascending[Math.max(Math.ceil(share * ascending.length) - 1, 0)] ?? Number.NaN
}

function inMs(milliseconds: number): string {
  return milliseconds.toFixed(0)
}
