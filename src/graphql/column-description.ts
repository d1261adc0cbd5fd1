import type { Column, Entity } from '../read/entities/entity'
import { storedFigureDescription } from './figure-fields'

/**
 * What a column holds: in the words of schema.graphql, or in those of the data dictionary where it holds a figure.
 * @throws RangeError if neither says it
 */
export function columnDescription(entity: Entity, { field, isNullable, description }: Column): string {
  const figure = entity.name === 'Snapshot' ? storedFigureDescription(field, isNullable) : undefined
  const text = figure ?? description
  if (text === undefined) throw new RangeError(`schema.graphql does not describe ${entity.name}.${field}`)
  return text
}
