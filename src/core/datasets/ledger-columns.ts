import { sqlColumn } from '../figures'
import type { CellKind, LedgerColumn, Origin } from './dataset'

/** A column that is a field of the row, by the field's name. */
export function rowColumn(
  field: string,
  kind: CellKind,
  description: string,
  { name = sqlColumn(field), isNullable = false }: { name?: string; isNullable?: boolean } = {},
): LedgerColumn {
  return { name, kind, isNullable, description, origin: { of: 'row', field } }
}

/** The address of the contract that an amount is counted in, or that spoke. */
export function contractColumn(
  contract: Extract<Origin, { of: 'contract' }>['contract'],
  name: string,
  description: string,
): LedgerColumn {
  return { name, kind: 'address', isNullable: false, description, origin: { of: 'contract', contract } }
}

const BLOCK_NUMBER = rowColumn('blockNumber', 'integer', 'Number of the block.')
const BLOCK_HASH: LedgerColumn = {
  name: 'block_hash',
  kind: 'hash',
  isNullable: false,
  description: 'Hash of the block.',
  origin: { of: 'blockHash' },
}
const BLOCK_TIMESTAMP = rowColumn('timestamp', 'time', 'Time of the block, UTC.', { name: 'block_timestamp' })

/** Which block a row is of. */
export const BLOCK_COLUMNS = [BLOCK_NUMBER, BLOCK_HASH, BLOCK_TIMESTAMP] as const

/** Where an event is: ethereum-etl's columns, in its order. */
export const EVENT_COLUMNS = [
  rowColumn('transactionHash', 'hash', 'Hash of the transaction of the event.'),
  rowColumn('logIndex', 'integer', 'Index of the log of the event within its block.'),
  ...BLOCK_COLUMNS,
] as const
