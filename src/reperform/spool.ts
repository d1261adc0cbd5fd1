import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cells, DatasetName } from '../core/datasets/dataset'
import { columnsOf } from '../core/datasets/datasets'
import { createEncoder } from '../export/encoders'
import { readCells } from '../export/read-file'

/** Rows of datasets that are put aside while history goes by, and read when it is over: on disk, since they may be many. */
export interface Spool {
  add(dataset: DatasetName, rows: readonly Cells[]): void
  /** Those that were put aside, in their order. */
  rows(dataset: DatasetName): AsyncIterable<readonly Cells[]>
  remove(): void
}

interface Heap {
  readonly path: string
  readonly file: number
  readonly encoder: ReturnType<typeof createEncoder>
}

/** A spool in a directory of its own among the system's temporary ones. */
export function openSpool(): Spool {
  let directory: string | undefined
  const heaps = new Map<DatasetName, Heap>()
  const heapOf = (dataset: DatasetName): Heap => {
    const known = heaps.get(dataset)
    if (known !== undefined) return known
    directory ??= mkdtempSync(join(tmpdir(), 'ashao-reperform-'))
    const path = join(directory, `${dataset}.ndjson`)
    const heap = { path, file: openSync(path, 'wx'), encoder: createEncoder('ndjson', columnsOf(dataset)) }
    writeSync(heap.file, heap.encoder.start())
    heaps.set(dataset, heap)
    return heap
  }
  return {
    add(dataset, rows) {
      const { file, encoder } = heapOf(dataset)
      writeAll(file, encoder.add(rows))
    },
    async *rows(dataset) {
      const heap = heaps.get(dataset)
      if (heap !== undefined) yield* readCells(heap.path, 'ndjson', columnsOf(dataset))
    },
    remove() {
      for (const { file } of heaps.values()) closeSync(file)
      heaps.clear()
      if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
      directory = undefined
    },
  }
}

/** A write may take less than it was given. */
function writeAll(file: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(file, bytes, written)
}
