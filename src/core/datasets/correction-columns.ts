import type { DatasetColumn } from './dataset'

/**
 * The log of rows that reorganisations took back. What one indexer saw, and when: another one, which was not there at the time,
 * has another log. That is why it is the one data set that cannot be re-performed.
 */
export const CORRECTION_COLUMNS: readonly DatasetColumn[] = [
  {
    name: 'id',
    kind: 'integer',
    isNullable: false,
    description: 'Counts from 1, in the order in which rows were taken back.',
  },
  {
    name: 'entity',
    kind: 'word',
    isNullable: false,
    description:
      'What the row was: TRANSFER, BURN, STAKE, REWARD, TREASURY_FLOW, PRICE, UPGRADE, SNAPSHOT, INVARIANT_BREAK.',
  },
  { name: 'row_id', kind: 'text', isNullable: false, description: 'Id that the row had.' },
  {
    name: 'block_number',
    kind: 'integer',
    isNullable: false,
    description: 'Number of the block that the row belonged to.',
  },
  {
    name: 'block_hash',
    kind: 'hash',
    isNullable: true,
    description: 'Hash of that block; none where nothing says it any more (a row that was deleted by hand).',
  },
  { name: 'block_timestamp', kind: 'time', isNullable: false, description: 'Time of that block, UTC.' },
  {
    name: 'replacement_hash',
    kind: 'hash',
    isNullable: true,
    description:
      'Hash of the block that was indexed next at that height: the block itself, where it came back later. None until then; and for good, where that block has no event and was final already when it was indexed together with later ones.',
  },
  {
    name: 'replacement_timestamp',
    kind: 'time',
    isNullable: true,
    description: 'Time of the block of replacement_hash, UTC; none with it.',
  },
  {
    name: 'base_block',
    kind: 'integer',
    isNullable: false,
    description:
      'Newest block that the chain before and the chain after have in common: rows above it may be others now.',
  },
  {
    name: 'content',
    kind: 'text',
    isNullable: false,
    description: 'The row as a JSON object: its columns in their order, every value as a string or null.',
  },
  {
    name: 'taken_back_at',
    kind: 'time',
    isNullable: false,
    description: 'When the transaction began that took the row back, by the clock of the database, UTC.',
  },
]
