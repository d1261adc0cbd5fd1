import {
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql'
import type { Column, EntityRow, Relation } from '../read/entities/entity'
import { columnDescription } from './column-description'
import type { ApiContext } from './context'
import type { ColumnTypes } from './entity-columns'
import { derivedFields } from './entity-derived'
import { EXPOSURES, type Exposure } from './entity-exposure'
import { spellNested } from './entity-nested'
import { loadRow } from './row-loaders'
import { selectedFields } from './selected-fields'
import type { TypeNamed } from './type-named'

type RowField = GraphQLFieldConfig<EntityRow, ApiContext>

/** The type of an entity, and what has to be read of a row for what is asked of it. */
export interface EntityType {
  readonly exposure: Exposure
  readonly type: GraphQLObjectType<EntityRow, ApiContext>
  /** Fields of the columns that a selection needs. */
  fieldsFor(selected: ReadonlySet<string>): readonly string[]
}

/** The types of all entities, by the names of the entities in schema.graphql. */
export function entityTypes(columns: ColumnTypes, typeNamed: TypeNamed): ReadonlyMap<string, EntityType> {
  const types = new Map<string, EntityType>()
  const targetOf = (name: string): EntityType => {
    const type = types.get(name)
    if (type === undefined) throw new RangeError(`there is no type of ${name}`)
    return type
  }
  for (const exposure of EXPOSURES)
    types.set(exposure.entity.name, entityType(exposure, columns, typeNamed, targetOf))
  return types
}

function entityType(
  exposure: Exposure,
  { outputOf }: ColumnTypes,
  typeNamed: TypeNamed,
  targetOf: (name: string) => EntityType,
): EntityType {
  const { entity } = exposure
  const all = [...entity.columns.values()]
  const derived = derivedFields(entity.name, typeNamed)
  const needs = new Map<string, readonly string[]>([
    ...all.map(({ field }): [string, string[]] => [field, [field]]),
    ...entity.relations.map(({ field, own }): [string, string[]] => [field, [own.field]]),
    ...Object.entries(derived).map(([field, each]): [string, readonly string[]] => [field, each.needs]),
  ])
  const type = new GraphQLObjectType<EntityRow, ApiContext>({
    name: exposure.type,
    description: entity.description,
    fields: (): GraphQLFieldConfigMap<EntityRow, ApiContext> =>
      Object.fromEntries<RowField>([
        ...all.map((column): [string, RowField] => [
          column.field,
          { type: outputOf(column), description: columnDescription(entity, column), ...resolverOf(column) },
        ]),
        ...entity.relations.map((each): [string, RowField] => [
          each.field,
          relationField(each, targetOf(each.target)),
        ]),
        ...Object.entries(derived).map(([field, { config }]): [string, RowField] => [field, config]),
      ]),
  })
  return {
    exposure,
    type,
    fieldsFor: (selected) => [...new Set([...selected].flatMap((field) => needs.get(field) ?? []))].sort(),
  }
}

/** A column is a property of its row; only JSON has to be spelled. */
function resolverOf(column: Column): Pick<RowField, 'resolve'> {
  if (column.kind !== 'objects') return {}
  return { resolve: (row, _arguments, { units }) => spellNested(column, row[column.field], units) }
}

function relationField({ own, targetField, description }: Relation, target: EntityType): RowField {
  const fieldsOf = remembered(target)
  return {
    type: target.type,
    description,
    resolve: (row, _arguments, { reads }, info) => {
      const key = row[own.field]
      if (key === null) return null
      return loadRow(reads, target.exposure.entity, targetField, key, fieldsOf(info))
    },
  }
}

/** The fields of a selection; the rows of a list share theirs, and it is gone through once. */
function remembered({ fieldsFor }: EntityType): (info: GraphQLResolveInfo) => readonly string[] {
  const known = new WeakMap<GraphQLResolveInfo['fieldNodes'], readonly string[]>()
  return (info) => {
    const fields = known.get(info.fieldNodes) ?? fieldsFor(selectedFields(info))
    known.set(info.fieldNodes, fields)
    return fields
  }
}
