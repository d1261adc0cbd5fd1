import type { SchemaElement } from 'hyparquet'
import type { CellKind, DatasetColumn } from '../core/datasets/dataset'
import {
  type PlainValues,
  plainDates,
  plainDecimals,
  plainFlags,
  plainIntegers,
  plainTexts,
  plainTimes,
} from './parquet-values'

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly element: SchemaElement & { readonly type: NonNullable<SchemaElement['type']> }
  /** Which cell of a row it is made of. */
  readonly cell: number
  readonly values: PlainValues
}

const MOST_DIGITS = 38
/** Digits after the point of a `fixed`. */
const FIXED_SCALE = 18

type Physical = Pick<ParquetColumn, 'values'> & {
  readonly element: Omit<ParquetColumn['element'], 'name'>
}

const TEXT: Physical = {
  element: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  values: plainTexts,
}

const KINDS: Readonly<Record<CellKind, Physical>> = {
  integer: { element: { type: 'INT64' }, values: plainIntegers },
  amount: TEXT,
  fixed: TEXT,
  time: {
    element: {
      type: 'INT64',
      converted_type: 'TIMESTAMP_MICROS',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
    },
    values: plainTimes,
  },
  date: {
    element: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
    values: plainDates,
  },
  address: TEXT,
  hash: TEXT,
  flag: { element: { type: 'BOOLEAN' }, values: plainFlags },
  word: TEXT,
  text: TEXT,
}

/**
 * The columns of a dataset as Parquet has them. An amount is there twice: lossless as a string, and as a decimal of 38
 * digits to compute with, which is null where the amount has more.
 */
export function parquetColumns(columns: readonly DatasetColumn[]): readonly ParquetColumn[] {
  return columns.flatMap(({ name, kind, isNullable }, cell) => {
    const { element, values } = KINDS[kind]
    const repetition_type = isNullable ? 'OPTIONAL' : 'REQUIRED'
    const column: ParquetColumn = {
      element: { ...element, name, repetition_type },
      cell,
      values,
    }
    if (kind === 'amount') return [column, decimalColumn(name, cell, 0)]
    return kind === 'fixed' ? [column, decimalColumn(name, cell, FIXED_SCALE)] : [column]
  })
}

function decimalColumn(name: string, cell: number, scale: number): ParquetColumn {
  return {
    element: {
      name: `${name}_decimal`,
      type: 'FIXED_LEN_BYTE_ARRAY',
      type_length: 16,
      repetition_type: 'OPTIONAL',
      converted_type: 'DECIMAL',
      precision: MOST_DIGITS,
      scale,
      logical_type: { type: 'DECIMAL', precision: MOST_DIGITS, scale },
    },
    cell,
    values: plainDecimals(MOST_DIGITS, scale),
  }
}
