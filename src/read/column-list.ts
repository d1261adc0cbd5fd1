import { entityNamed } from './entities/entities'

/**
 * The columns of an entity's table, as a statement names them that connections keep: with `*` it would be another one after
 * every migration.
 */
export function columnList(entity: string): string {
  const { table, columns } = entityNamed(entity)
  return [...columns.values()].map(({ name }) => `${table}."${name}"`).join()
}
