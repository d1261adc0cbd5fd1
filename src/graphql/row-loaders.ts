import DataLoader from 'dataloader'
import type { Entity, EntityRow } from '../read/entities/entity'
import type { Reads } from '../read/reads'

type Loader = DataLoader<unknown, EntityRow | null>

/** What one operation has looked up: its reads see one state, so that a row is looked up once. */
const LOADERS = new WeakMap<Reads, Map<string, Loader>>()

/**
 * Looks a row up by a unique column, together with all others that the operation asks for at the same time: one
 * statement for each set of columns, however many rows name one.
 * @returns null if there is no such row
 */
export function loadRow(
  reads: Reads,
  entity: Entity,
  keyField: string,
  key: unknown,
  fields: readonly string[],
): Promise<EntityRow | null> {
  const loaders = LOADERS.get(reads) ?? new Map<string, Loader>()
  LOADERS.set(reads, loaders)
  const name = [entity.name, keyField, ...fields].join()
  const loader =
    loaders.get(name) ??
    new DataLoader(async (keys: readonly unknown[]) => {
      const rows = await reads.rowsByKey(entity, keyField, keys, fields)
      return keys.map((each) => rows.get(each) ?? null)
    })
  loaders.set(name, loader)
  return loader.load(key)
}
