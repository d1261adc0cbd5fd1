/** A ledger row's id: block number and log index, padded so that text order is chain order. */
export function rowId(row: { readonly blockNumber: number; readonly logIndex: number }): string {
  return `${snapshotId(row)}-${String(row.logIndex).padStart(6, '0')}`
}

/** A snapshot's id: its block number, padded so that text order is chain order. */
export function snapshotId(row: { readonly blockNumber: number }): string {
  return String(row.blockNumber).padStart(10, '0')
}

/** A bucket's id: its interval, and its start in unix seconds, padded so that text order is order in time. */
export function bucketId(interval: string, start: number): string {
  return `${interval}-${String(start).padStart(10, '0')}`
}
