/** A ledger row's id: block number and log index, padded so that text order is chain order. */
export function rowId(row: { readonly blockNumber: number; readonly logIndex: number }): string {
  return `${snapshotId(row)}-${padded(row.logIndex, 6)}`
}

/** A snapshot's id: its block number, padded so that text order is chain order. */
export function snapshotId(row: { readonly blockNumber: number }): string {
  return padded(row.blockNumber, 10)
}

/** A bucket's id: its interval, and its start in unix seconds, padded so that text order is order in time. */
export function bucketId(interval: string, start: number): string {
  return `${interval}-${padded(start, 10)}`
}

/** A number with zeros before it. Every row has such an id, and padStart takes several times as long. */
function padded(value: number, width: number): string {
  const limit = 10 ** width
  return value < limit ? String(limit + value).slice(1) : String(value)
}
