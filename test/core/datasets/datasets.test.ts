import { describe, expect, test } from 'vitest'
import { type CellKind, DATASET_NAMES } from '../../../src/core/datasets/dataset'
import { CORRECTION_COLUMNS, columnsOf, LEDGER_DATASETS } from '../../../src/core/datasets/datasets'
import { sqlColumn } from '../../../src/core/figures'
import { entityNamed } from '../../../src/read/entities/entities'
import type { ColumnKind } from '../../../src/read/entities/entity'

/** What a file's cell may hold of a column of the database. */
const KINDS: Readonly<Partial<Record<ColumnKind, CellKind>>> = {
  address: 'address',
  hash: 'hash',
  enum: 'word',
  integer: 'integer',
  amount: 'amount',
  decimal: 'fixed',
  time: 'time',
  text: 'text',
}

/** Fields of an entity that no file holds, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  id: 'is made of block number and log index, which have columns of their own',
  'Snapshot.parentHash': 'depends on how the block was read',
  'Snapshot.hash': 'is block_hash, which every dataset has',
}

describe.each(Object.values(LEDGER_DATASETS))('$name', ({ entity: name, columns }) => {
  const entity = entityNamed(name)
  const fields = columns.flatMap(({ origin }) => (origin.of === 'row' ? [origin.field] : []))

  test('has every field of its entity, but for those that are explained', () => {
    const missing = [...entity.columns.keys()].filter((field) => !fields.includes(field))
    const unexplained = missing.filter((field) => !(field in LEFT_OUT) && !(`${name}.${field}` in LEFT_OUT))
    expect(unexplained).toEqual([])
  })

  test('has no column that its entity has not, nor one that is another there', () => {
    for (const { origin, kind, isNullable } of columns) {
      if (origin.of !== 'row') continue
      const column = entity.columns.get(origin.field)
      expect(column, origin.field).toBeDefined()
      expect({ field: origin.field, isNullable }).toEqual({
        field: origin.field,
        isNullable: column?.isNullable,
      })
      // What is kept as text may be more than that: the name of an event, a digest.
      if (column !== undefined && !(column.kind === 'text' && ['word', 'hash'].includes(kind))) {
        expect({ field: origin.field, kind }).toEqual({ field: origin.field, kind: KINDS[column.kind] })
      }
    }
  })

  test('calls every figure what the database calls it', () => {
    const renamed = ['from', 'to', 'timestamp']
    for (const { origin, name: column } of columns) {
      if (origin.of === 'row' && !renamed.includes(origin.field)) expect(column).toBe(sqlColumn(origin.field))
    }
  })
})

test('corrections have every field of their entity', () => {
  const entity = entityNamed('Correction')
  expect(CORRECTION_COLUMNS.map(({ name }) => name).sort()).toEqual(
    [...entity.columns.values()].map(({ name }) => name).sort(),
  )
  for (const { name, isNullable } of CORRECTION_COLUMNS) {
    const column = [...entity.columns.values()].find((each) => each.name === name)
    expect({ name, isNullable }).toEqual({ name, isNullable: column?.isNullable })
  }
})

test('a transfer begins with ethereum-etl’s columns, in their order', () => {
  const names = columnsOf('transfers').map(({ name }) => name)
  expect(names.slice(0, 9)).toEqual([
    'token_address',
    'from_address',
    'to_address',
    'value',
    'transaction_hash',
    'log_index',
    'block_number',
    'block_hash',
    'block_timestamp',
  ])
})

test.each(DATASET_NAMES)('every column of %s has a name of its own, and says what it means', (name) => {
  const columns = columnsOf(name)
  expect(new Set(columns.map((column) => column.name)).size).toBe(columns.length)
  for (const column of columns) {
    expect(column.name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/)
    expect(column.description).toMatch(/^\S.{8,}[.]$/)
    if (column.kind === 'amount') expect(column.description, column.name).toMatch(/base units|credits/)
  }
})
