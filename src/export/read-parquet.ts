import { type FileHandle, open } from 'node:fs/promises'
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet'
import type { Cells, DatasetColumn } from '../core/datasets/dataset'
import { GROUP_ROWS } from './encoder'
import { parquetCells } from './parquet-cells'
import { type ParquetColumn, parquetColumns } from './parquet-columns'
import { FileDeviates } from './verify/errors'

/**
 * The rows of a Parquet file as this program writes it, row group by row group, read from the file by ranges. A decimal
 * column must say what its string column says.
 * @param name of the file, in messages
 * @throws FileDeviates (E7020) at the first thing that is written otherwise
 */
export async function* readParquet(
  file: string,
  name: string,
  columns: readonly DatasetColumn[],
): AsyncGenerator<readonly Cells[]> {
  const handle = await open(file)
  try {
    const buffer = await rangesOf(handle)
    const stored = parquetColumns(columns)
    const metadata = await orDamaged(() => parquetMetadataAsync(buffer), 0, name)
    checkSchema(metadata, stored, name)
    let rows = 0
    for (const [index, group] of metadata.row_groups.entries()) {
      const count = Number(group.num_rows)
      const isLast = index === metadata.row_groups.length - 1
      if (isLast ? count > GROUP_ROWS : count !== GROUP_ROWS) {
        const problem = `a row group has ${count} rows, and should have ${GROUP_ROWS}`
        throw new FileDeviates(problem, { row: rows + 1 }, name)
      }
      const before = rows
      const values = await orDamaged(() => readRows(buffer, metadata, before, before + count), before, name)
      yield values.map((row, index) => parquetCells(row, stored, columns, before + index + 1, name))
      rows += count
    }
    if (BigInt(rows) !== metadata.num_rows) {
      throw new FileDeviates(`it has ${rows} rows, and its footer says ${metadata.num_rows}`, {}, name)
    }
  } finally {
    await handle.close()
  }
}

async function rangesOf(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat()
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(end - start)
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start)
      if (bytesRead !== bytes.length) throw new Error('the file ends early')
      return bytes.buffer
    },
  }
}

/** @param before rows that could be read */
async function orDamaged<Outcome>(
  read: () => Outcome | Promise<Outcome>,
  before: number,
  name: string,
): Promise<Outcome> {
  try {
    return await read()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const place = before === 0 ? {} : { row: before + 1 }
    throw new FileDeviates(`it is damaged, or not Parquet (${reason})`, place, name)
  }
}

async function readRows(
  file: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<readonly (readonly unknown[])[]> {
  let rows: readonly (readonly unknown[])[] = []
  // Without its meaning a decimal stays the bytes that it is: hyparquet would make a rounded number of it.
  const schema = metadata.schema.map(({ converted_type, logical_type, ...element }) =>
    element.type === 'BYTE_ARRAY' ? { ...element, converted_type: 'UTF8' as const } : element,
  )
  await parquetRead({
    file,
    metadata: { ...metadata, schema },
    rowStart,
    rowEnd,
    onComplete(complete) {
      rows = complete
    },
  })
  if (rows.length !== rowEnd - rowStart)
    throw new Error(`${rows.length} rows instead of ${rowEnd - rowStart}`)
  return rows
}

function checkSchema({ schema }: FileMetaData, stored: readonly ParquetColumn[], name: string): void {
  const [, ...elements] = schema
  for (const [index, { element }] of stored.entries()) {
    const found = elements[index]
    const spelled = typeText(found)
    const expected = typeText(element)
    if (spelled === expected) continue
    const problem = `column ${index + 1} should be ${expected}, and is ${found === undefined ? 'missing' : spelled}`
    throw new FileDeviates(problem, { column: element.name }, name)
  }
  const extra = elements[stored.length]
  if (extra !== undefined) throw new FileDeviates(`there is a column too many, ${extra.name}`, {}, name)
}

function typeText(element: FileMetaData['schema'][number] | undefined): string {
  if (element === undefined) return ''
  const { name, type, repetition_type, type_length, converted_type, precision, scale } = element
  const digits = precision === undefined ? undefined : `${precision},${scale ?? 0}`
  return [name, type, type_length, repetition_type, converted_type, digits]
    .filter((part) => part !== undefined)
    .join(' ')
}
