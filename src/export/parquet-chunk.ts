import type { ColumnChunk, DecodedArray, PageHeader } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import { snappyCompress } from 'hyparquet-writer/src/snappy.js'
import type { ParquetColumn } from './parquet-columns'
import type { PlainValues } from './parquet-values'

/** After so many values a dictionary is given up as soon as it holds more than half as many as there were. */
const DICTIONARY_TRIAL = 1_000
/** Compression is given up where it does not save a fourth of so many bytes: hashes, and the digits of most amounts, are noise. */
const COMPRESSION_TRIAL = 16_384

/** Writes the values of one column in one row group: a page of distinct values if they repeat, and one page of data. */
export function writeChunk(
  writer: ByteWriter,
  { element, values }: ParquetColumn,
  cells: readonly (string | null)[],
): ColumnChunk {
  const present = presentIn(cells, values)
  const dictionary = values.hasDictionary ? dictionaryOf(present) : undefined
  const { bytes, bounds } = values.plain(dictionary?.distinct ?? present)
  const codec = isCompressible(bytes) ? 'SNAPPY' : 'UNCOMPRESSED'
  const start = writer.offset
  let uncompressed = 0
  const writePage = (page: Uint8Array, header: Omit<PageHeader, `${string}_size`>): void => {
    const body = codec === 'SNAPPY' ? snappyCompress(page) : page
    const headerStart = writer.offset
    writePageHeader(writer, {
      ...header,
      uncompressed_page_size: page.length,
      compressed_page_size: body.length,
    })
    uncompressed += writer.offset - headerStart + page.length
    writer.appendBytes(body)
  }

  if (dictionary !== undefined) {
    writePage(bytes, {
      type: 'DICTIONARY_PAGE',
      dictionary_page_header: { num_values: dictionary.distinct.length, encoding: 'PLAIN' },
    })
  }
  const dataStart = writer.offset
  const levels = element.repetition_type === 'OPTIONAL' ? levelsOf(cells, present.length, values) : undefined
  const data = dictionary === undefined ? bytes : indexesOf(dictionary)
  writePage(levels === undefined ? data : joined(levels, data), {
    type: 'DATA_PAGE',
    data_page_header: {
      num_values: cells.length,
      encoding: dictionary === undefined ? 'PLAIN' : 'RLE_DICTIONARY',
      definition_level_encoding: 'RLE',
      repetition_level_encoding: 'RLE',
    },
  })
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: element.type,
      encodings: dictionary === undefined ? ['PLAIN', 'RLE'] : ['PLAIN', 'RLE', 'RLE_DICTIONARY'],
      path_in_schema: [element.name],
      codec,
      num_values: BigInt(cells.length),
      total_uncompressed_size: BigInt(uncompressed),
      total_compressed_size: BigInt(writer.offset - start),
      data_page_offset: BigInt(dataStart),
      ...(dictionary === undefined ? {} : { dictionary_page_offset: BigInt(start) }),
      statistics: {
        null_count: BigInt(cells.length - present.length),
        ...(bounds === undefined ? {} : { min_value: bounds.least, max_value: bounds.greatest }),
      },
    },
  }
}

/** The cells that have a value in this column; the very same where all have. */
function presentIn(cells: readonly (string | null)[], { fits }: PlainValues): readonly string[] {
  const isPresent = (cell: string | null): cell is string =>
    cell !== null && (fits === undefined || fits(cell))
  return cells.every(isPresent) ? cells : cells.filter(isPresent)
}

interface Dictionary {
  readonly distinct: readonly string[]
  /** Of each value its place in `distinct`. */
  readonly indexes: DecodedArray
}

function dictionaryOf(cells: readonly string[]): Dictionary | undefined {
  const places = new Map<string, number>()
  const indexes = new Int32Array(cells.length)
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] as string
    let place = places.get(cell)
    if (place === undefined) {
      place = places.size
      places.set(cell, place)
      if (index >= DICTIONARY_TRIAL && places.size * 2 > index) return undefined
    }
    indexes[index] = place
  }
  return places.size * 2 > cells.length ? undefined : { distinct: [...places.keys()], indexes }
}

function isCompressible(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, COMPRESSION_TRIAL)
  return snappyCompress(sample).length <= sample.length * 0.75
}

/** The indexes of a page: their width in bits, then runs and packed bits. */
function indexesOf({ distinct, indexes }: Dictionary): Uint8Array {
  // At least one bit: not every reader takes a width of none.
  const width = Math.max(1, Math.ceil(Math.log2(distinct.length)))
  const writer = new ByteWriter(indexes.length * 2 + 16)
  writer.appendUint8(width)
  writeRleBitPackedHybrid(writer, indexes, width)
  return writer.getBytes()
}

/** For each row whether it has a value, with the length of all that in front. */
function levelsOf(cells: readonly (string | null)[], present: number, { fits }: PlainValues): Uint8Array {
  const levels = new Uint8Array(cells.length).fill(1)
  for (let index = 0; present < cells.length && index < cells.length; index += 1) {
    const cell = cells[index] ?? null
    if (cell === null || fits?.(cell) === false) levels[index] = 0
  }
  const runs = new ByteWriter(cells.length)
  writeRleBitPackedHybrid(runs, levels, 1)
  const writer = new ByteWriter(runs.offset + 4)
  writer.appendUint32(runs.offset)
  writer.appendBytes(runs.getBytes())
  return writer.getBytes()
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  // No Buffer: snappy cuts what it is given into many pieces, which takes much longer with one.
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
