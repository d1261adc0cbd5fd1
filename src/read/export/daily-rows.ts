import { type DayClosing, dailyCells, statedDays } from '../../core/datasets/daily-cells'
import type { Cells } from '../../core/datasets/dataset'
import type { ExportRange } from '../../core/datasets/export-range'
import type { Policy } from '../../core/policy'
import { columnList } from '../column-list'
import { economyOf } from '../economy-at'
import { hex, type Row, type RunQuery, seconds, whole } from '../row'
import type { ExportHistory } from './export-history'
import { snapshotMark } from './snapshot-marks'

/** Days that are looked up at once. */
const STRETCH = 366 * 86_400

const SNAPSHOT = `select ${columnList('Snapshot')}`

// The stored bucket names its last snapshot. The limit makes each one a look-up of its own: a plain join may read the whole
// table, as long as that is small.
const CLOSINGS = `
${SNAPSHOT} from (
  select closing_block from bucket
  where "interval" = 'DAY' and start >= to_timestamp($1) and start < to_timestamp($2)
) as closed
cross join lateral (select * from snapshot where block_number = closed.closing_block limit 1) as snapshot
order by snapshot.block_number`

const BEFORE = `
${SNAPSHOT} from snapshot
where timestamp < to_timestamp($1) order by timestamp desc, block_number desc limit 1`

/** A row for each day that a range states, a year at a time, whatever its length. */
export async function* dailyRows(
  query: RunQuery,
  { frame }: ExportHistory,
  range: ExportRange,
  policy: Policy,
): AsyncGenerator<readonly Cells[]> {
  const { firstTimestamp: historyStart } = frame
  const newestBefore = await snapshotMark(query, 'upTo', range.fromBlock - 1)
  const days = statedDays({ range, before: newestBefore?.timestamp, historyStart })
  if (days === undefined) return
  const [row] = await query(BEFORE, [days.first])
  let before = row && closingOf(row)
  for (let first = days.first; first <= days.last; first += STRETCH) {
    const end = Math.min(first + STRETCH, days.last + DAY)
    const closings = (await query(CLOSINGS, [first, end])).map(closingOf)
    yield dailyCells({ first, last: end - DAY }, historyStart, before, closings, policy)
    before = closings.at(-1) ?? before
  }
}

const DAY = 86_400

function closingOf(row: Row): DayClosing {
  return {
    economy: economyOf(row),
    timestamp: seconds(row, 'timestamp'),
    blockNumber: whole(row, 'block_number'),
    hash: hex(row, 'hash'),
  }
}
