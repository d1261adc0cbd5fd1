import type { KeyValue, RowGroup } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'
import { type Cells, type DatasetColumn, SCHEMA_VERSION } from '../core/datasets/dataset'
import { GROUP_ROWS, type ResumableEncoder } from './encoder'
import { writeChunk } from './parquet-chunk'
import { parquetColumns } from './parquet-columns'

const MAGIC = Buffer.from('PAR1')
/** Names the writer, and nothing that changes without the bytes changing. */
const CREATED_BY = 'ashao-indexer'

/**
 * Parquet, of what every reader has: pages of version 1, PLAIN and dictionaries, Snappy. A row group is written when it is
 * full, so that one group is all that is held back.
 * @param notes those of an encoder whose work this one goes on with
 */
export function encodeParquet(
  columns: readonly DatasetColumn[],
  notes: readonly string[] = [],
): ResumableEncoder {
  const parquet = parquetColumns(columns)
  const groups = notes.flatMap(groupsIn)
  let noted = groups.length
  let offset = groups.reduce((sum, group) => sum + Number(group.total_compressed_size), MAGIC.length)
  // Column by column: a row that came in is not needed any more.
  let held = emptyColumns(columns.length)
  let heldRows = 0

  const writeGroup = (): Uint8Array => {
    const writer = new ByteWriter(heldRows * 256)
    // Offsets in the file, though the bytes before are out already.
    writer.offset = offset
    const chunks = parquet.map((column) => writeChunk(writer, column, held[column.cell] ?? []))
    groups.push({
      columns: chunks,
      total_byte_size: chunks.reduce(
        (sum, { meta_data }) => sum + (meta_data?.total_uncompressed_size ?? 0n),
        0n,
      ),
      num_rows: BigInt(heldRows),
      file_offset: BigInt(offset),
      total_compressed_size: BigInt(writer.offset - offset),
    })
    offset = writer.offset
    held = emptyColumns(columns.length)
    heldRows = 0
    return writer.getBytes()
  }

  return {
    start: () => MAGIC,
    add(rows) {
      const pieces: Uint8Array[] = []
      for (const row of rows) {
        for (let index = 0; index < held.length; index += 1) (held[index] as Column).push(row[index] ?? null)
        heldRows += 1
        if (heldRows === GROUP_ROWS) pieces.push(writeGroup())
      }
      return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces)
    },
    finish() {
      const last = heldRows === 0 ? [] : [writeGroup()]
      return Buffer.concat([...last, footerOf(parquet, groups)])
    },
    note() {
      if (heldRows > 0) throw new TypeError(`${heldRows} rows are held back`)
      const line = JSON.stringify(groups.slice(noted), (_, value: unknown) =>
        typeof value === 'bigint' ? `${BIGINT}${value}` : value,
      )
      noted = groups.length
      return line
    },
  }
}

/** The cells of one column, row by row. */
type Column = Cells[number][]

function emptyColumns(count: number): readonly Column[] {
  return Array.from({ length: count }, (): Column => [])
}

const METADATA: readonly KeyValue[] = [{ key: 'schemaVersion', value: String(SCHEMA_VERSION) }]

function footerOf(columns: ReturnType<typeof parquetColumns>, groups: RowGroup[]): Uint8Array {
  const writer = new ByteWriter(1_024 + groups.length * columns.length * 256)
  writeMetadata(writer, {
    version: 1,
    created_by: CREATED_BY,
    schema: [{ name: 'schema', num_children: columns.length }, ...columns.map(({ element }) => element)],
    num_rows: groups.reduce((sum, { num_rows }) => sum + num_rows, 0n),
    row_groups: groups,
    key_value_metadata: [...METADATA],
    // A field of what was read, not of what is written.
    metadata_length: 0,
  })
  writer.appendBytes(MAGIC)
  return writer.getBytes()
}

/** Before a bigint in a note; no cell of a kind that has bounds begins so. */
const BIGINT = 'bigint:'

function groupsIn(note: string): RowGroup[] {
  return JSON.parse(note, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(BIGINT) ? BigInt(value.slice(BIGINT.length)) : value,
  ) as RowGroup[]
}
