import type { Cells, DatasetName } from '../../core/datasets/dataset'
import { columnsOf } from '../../core/datasets/datasets'

type Picked<Name extends string, Optional extends string> = Readonly<
  Record<Name, string> & Record<Optional, string | null>
>

/**
 * Reads some cells of a dataset's rows by the names of their columns.
 * @param optional columns that a row may have no value for
 * @throws TypeError on a column that the dataset does not have, and on a row without a value that it must have
 */
export function pickColumns<const Name extends string, const Optional extends string = never>(
  dataset: DatasetName,
  names: readonly Name[],
  optional: readonly Optional[] = [],
): (cells: Cells) => Picked<Name, Optional> {
  const columns = columnsOf(dataset)
  const placeOf = (name: string): number => {
    const place = columns.findIndex((column) => column.name === name)
    if (place === -1) throw new TypeError(`${dataset} has no column ${name}`)
    return place
  }
  const needed = names.map((name) => [name, placeOf(name)] as const)
  const others = optional.map((name) => [name, placeOf(name)] as const)
  return (cells) => {
    const picked: Record<string, string | null> = {}
    for (const [name, place] of needed) {
      const cell = cells[place]
      if (typeof cell !== 'string') throw new TypeError(`a row of ${dataset} has no value for ${name}`)
      picked[name] = cell
    }
    for (const [name, place] of others) picked[name] = cells[place] ?? null
    return picked as Picked<Name, Optional>
  }
}
