import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'
import { isoOf } from '../core/iso-time'

/** A column of a table, and the property of a row that goes into it. */
export interface Column {
  readonly name: string
  readonly property: string
  /** PostgreSQL's name of its type. */
  readonly type: string
}

/** The columns of an entity's table, from the model. */
export function columnsOf(
  entities: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
): { readonly table: string; readonly columns: readonly Column[] } {
  const { connection } = entities
  const { tableName, columns } = connection.getMetadata(entity)
  return {
    table: tableName,
    columns: columns.map((column) => ({
      name: column.databaseName,
      property: column.propertyName,
      type: connection.driver.normalizeType(column),
    })),
  }
}

/** How text is written where it stands among others, and what stands for a missing value. */
export interface TextFormat {
  readonly escape: (text: string) => string
  readonly nothing: string
}

/**
 * A value as PostgreSQL reads it.
 * @param value of a row's property; a time in unix seconds
 * @throws TypeError if it is undefined: a column that was forgotten must not become an empty one.
 */
export function textOf(value: unknown, { name, type }: Column, format: TextFormat): string {
  switch (typeof value) {
    case 'string':
      return format.escape(value)
    case 'number':
      return type === 'timestamp with time zone' ? isoOf(value) : `${value}`
    case 'bigint':
    case 'boolean':
      return `${value}`
    default:
      if (value === null) return format.nothing
      throw new TypeError(`a row has no value for column ${name}`)
  }
}
