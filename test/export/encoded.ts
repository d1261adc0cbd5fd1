import type { Cells, DatasetColumn } from '../../src/core/datasets/dataset'
import { createEncoder } from '../../src/export/encoders'
import type { DataFormat } from '../../src/export/manifest'

/** The whole file that these rows make, bundled in some way. */
export function encoded(
  format: DataFormat,
  columns: readonly DatasetColumn[],
  ...bundles: readonly (readonly Cells[])[]
): Buffer {
  const encoder = createEncoder(format, columns)
  return Buffer.concat([encoder.start(), ...bundles.map((rows) => encoder.add(rows)), encoder.finish()])
}
