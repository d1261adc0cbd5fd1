import {
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql'
import type { Column, Entity, EnumType, NestedType, Relation } from './entity'
import { kindOf, natureOf, onlyRowOf, PARTIES } from './meanings'

/** Everything that schema.graphql says. */
export interface EntityModel {
  readonly entities: ReadonlyMap<string, Entity>
  readonly nestedTypes: ReadonlyMap<string, NestedType>
  readonly enums: ReadonlyMap<string, EnumType>
}

/** Reads the entities from the text of schema.graphql. */
export function parseEntities(text: string): EntityModel {
  const { definitions } = parse(text)
  const enums = definitions.filter((node) => node.kind === Kind.ENUM_TYPE_DEFINITION).map(enumOf)
  const enumNames = new Set(enums.map(({ name }) => name))
  const objects = definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION)
  const isEntity = (node: ObjectTypeDefinitionNode) => directives(node, 'entity').length > 0
  const entities = objects.filter(isEntity).map((node) => entityOf(node, enumNames))
  const nested = objects.filter((node) => !isEntity(node)).map((node) => nestedOf(node, enumNames))
  return { entities: byName(entities), nestedTypes: byName(nested), enums: byName(enums) }
}

function byName<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((each) => [each.name, each]))
}

function enumOf(node: EnumTypeDefinitionNode): EnumType {
  const values = (node.values ?? []).map((value) => ({
    name: value.name.value,
    description: value.description?.value,
  }))
  return { name: node.name.value, description: node.description?.value ?? '', values }
}

function nestedOf(node: ObjectTypeDefinitionNode, enums: ReadonlySet<string>): NestedType {
  const name = node.name.value
  const columns = (node.fields ?? []).map((field) => columnOf(name, field, enums))
  return { name, description: node.description?.value ?? '', columns }
}

function entityOf(node: ObjectTypeDefinitionNode, enums: ReadonlySet<string>): Entity {
  const name = node.name.value
  const fields = node.fields ?? []
  const columns = new Map(fields.map((field) => [field.name.value, columnOf(name, field, enums)]))
  const nature = natureOf(name, new Set(columns.keys()))
  const isLedger = columns.has('logIndex') && nature === 'history'
  const uniqueBlock = fields.some(
    (field) => field.name.value === 'blockNumber' && directives(field, 'unique').length > 0,
  )
  const order = isLedger
    ? ['blockNumber', 'logIndex']
    : nature !== 'history'
      ? ['id']
      : uniqueBlock
        ? ['blockNumber']
        : ['blockNumber', 'id']
  const indexes = directives(node, 'index').map((directive) => (directive.fields ?? []) as readonly string[])
  const walked = indexes.flatMap(([first, second, third]) =>
    first !== undefined && second === 'blockNumber' && third === 'logIndex' ? [first] : [],
  )
  return {
    name,
    table: snakeCase(name),
    description: node.description?.value ?? '',
    nature,
    onlyRow: onlyRowOf(name),
    columns,
    grain: isLedger ? 'event' : nature === 'history' && uniqueBlock ? 'block' : undefined,
    order: order.map((field) => columns.get(field)).filter((column) => column !== undefined),
    walked: new Set(isLedger ? walked : []),
    parties: isLedger ? [...columns.values()].filter(({ field }) => PARTIES.has(field)) : [],
    relations: relationsOf(name, isLedger, [...columns.values()]),
  }
}

/** What a row names: the accounts that an event concerns, and the figures at the end of its block. */
function relationsOf(entity: string, isLedger: boolean, columns: readonly Column[]): Relation[] {
  return columns.flatMap((own): Relation[] => {
    if (isLedger && PARTIES.has(own.field)) {
      return [
        {
          field: own.field === 'account' ? 'accountRow' : `${own.field}Account`,
          target: 'Account',
          own,
          targetField: 'id',
          description: `The account \`${own.field}\`, as of the newest block; null where it never held, staked or was paid.`,
        },
      ]
    }
    if (entity === 'Snapshot' || !(own.field === 'blockNumber' || own.field === 'closingBlock')) return []
    return [
      {
        field: own.field === 'closingBlock' ? 'closingSnapshot' : 'snapshot',
        target: 'Snapshot',
        own,
        targetField: 'blockNumber',
        description: `Every cumulative figure at the end of block \`${own.field}\`; null where no event is in it.`,
      },
    ]
  })
}

function columnOf(entity: string, node: FieldDefinitionNode, enums: ReadonlySet<string>): Column {
  const field = node.name.value
  const { type, isList, isNullable } = unwrapped(node.type)
  return {
    field,
    name: snakeCase(field),
    kind: kindOf(entity, field, type, isList, enums.has(type)),
    type,
    isNullable,
    description: node.description?.value,
  }
}

function unwrapped(node: TypeNode): { type: string; isList: boolean; isNullable: boolean } {
  const isNullable = node.kind !== Kind.NON_NULL_TYPE
  const inner = node.kind === Kind.NON_NULL_TYPE ? node.type : node
  if (inner.kind === Kind.LIST_TYPE) return { ...unwrapped(inner.type), isList: true, isNullable }
  return { type: inner.name.value, isList: false, isNullable }
}

/** The arguments of each directive of a name. */
function directives(
  node: ObjectTypeDefinitionNode | FieldDefinitionNode,
  name: string,
): Readonly<Record<string, unknown>>[] {
  return (node.directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: given = [] }) =>
      Object.fromEntries(given.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)])),
    )
}

/** How TypeORM's naming strategy spells names in the database. */
function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter, at) => `${at === 0 ? '' : '_'}${letter.toLowerCase()}`)
}
