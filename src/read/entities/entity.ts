/**
 * What a column holds. `amount` is a whole number of any size; `decimal` one in units of 10⁻¹⁸; `time` is unix seconds
 * inside the program; `list` holds words; `objects` are JSON.
 */
export type ColumnKind =
  | 'text'
  | 'address'
  | 'hash'
  | 'enum'
  | 'integer'
  | 'amount'
  | 'decimal'
  | 'time'
  | 'flag'
  | 'list'
  | 'objects'

/** One column of an entity. */
export interface Column {
  /** Its name in the API and in the model. */
  readonly field: string
  /** Its name in the database. */
  readonly name: string
  readonly kind: ColumnKind
  /** The type that schema.graphql gives it; of a list, that of its elements. */
  readonly type: string
  readonly isNullable: boolean
  /** Undefined where schema.graphql says nothing: then the data dictionary does. */
  readonly description: string | undefined
}

/** Rows of another entity that a row names by one of its columns. */
export interface Relation {
  readonly field: string
  /** Name of the other entity. */
  readonly target: string
  /** The column that names it. */
  readonly own: Column
  /** Field of the column of the other entity that is named; unique there. */
  readonly targetField: string
  readonly description: string
}

/**
 * What rows are: `history` is what happened up to a block; `state` is how things stand at the newest block; `evidence`
 * tells of the indexer's own work, and is told whatever the age of the newest block.
 */
export type Nature = 'history' | 'state' | 'evidence'

/** An entity of schema.graphql. */
export interface Entity {
  readonly name: string
  /** Its table in the database. */
  readonly table: string
  readonly description: string
  readonly nature: Nature
  /** Id of its only row, where it has just one. */
  readonly onlyRow: string | undefined
  readonly columns: ReadonlyMap<string, Column>
  /**
   * What has at most one row, where rows stand in the chain: an event, or a block. Their ids are written so that text order
   * is chain order.
   */
  readonly grain: 'event' | 'block' | undefined
  /** What rows are ordered by where nobody says: unique, and an index walk. */
  readonly order: readonly Column[]
  /** Fields of columns that lead an index that goes on with block number and log index. */
  readonly walked: ReadonlySet<string>
  /** Columns that name an account that an event concerns. */
  readonly parties: readonly Column[]
  readonly relations: readonly Relation[]
}

/** An object that a column of kind `objects` holds several of. */
export interface NestedType {
  readonly name: string
  readonly description: string
  readonly columns: readonly Column[]
}

/** An enum of schema.graphql. */
export interface EnumType {
  readonly name: string
  readonly description: string
  readonly values: readonly { readonly name: string; readonly description: string | undefined }[]
}

/** A row by the names of its fields: amounts as bigint, times in unix seconds; only the columns that were asked for. */
export type EntityRow = Readonly<Record<string, unknown>>

/** The column of a field. @throws RangeError if there is none: a mistake in the program, not in a question. */
export function columnOf(entity: Entity, field: string): Column {
  const column = entity.columns.get(field)
  if (column === undefined) throw new RangeError(`${entity.name} has no column ${field}`)
  return column
}
