import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { createApiSchema } from '../../src/graphql/api-schema'
import { printApiSchema } from '../../src/graphql/print-api-schema'

/** Every part of the public schema that has a description, by its name. */
function partsOf(schema: GraphQLSchema): Map<string, string> {
  const parts = new Map<string, string>()
  const note = (name: string, { description }: { description?: string | null | undefined }) => {
    parts.set(name, description ?? '')
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue
    note(type.name, type)
    if (isEnumType(type)) for (const value of type.getValues()) note(`${type.name}.${value.name}`, value)
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      note(`${type.name}.${field.name}`, field)
      if ('args' in field) for (const arg of field.args) note(`${type.name}.${field.name}(${arg.name})`, arg)
    }
  }
  for (const directive of schema.getDirectives()) {
    if (isSpecifiedDirective(directive)) continue
    note(`@${directive.name}`, directive)
    for (const arg of directive.args) note(`@${directive.name}(${arg.name})`, arg)
  }
  return parts
}

/** What a reader of the committed schema would not expect of another one; the worst for clients first. */
function surprises(committed: GraphQLSchema, served: GraphQLSchema): string[] {
  const before = partsOf(committed)
  const after = partsOf(served)
  const told = (kind: string, changes: readonly { readonly description: string }[]) =>
    changes.map(({ description }) => `${kind}: ${description}`)
  const added = [...after.keys()].filter((name) => !before.has(name))
  const reworded = [...after].filter(([name, text]) => before.has(name) && before.get(name) !== text)
  return [
    ...told('breaks clients', findBreakingChanges(committed, served)),
    ...told('may surprise clients', findDangerousChanges(committed, served)),
    ...added.map((name) => `is new: ${name}`),
    ...reworded.map(([name]) => `is described otherwise: ${name}`),
  ]
}

const COMMITTED = readFileSync(join(__dirname, '../../schema.api.graphql'), 'utf8')

test('the committed schema is the one that is served', () => {
  const changes = surprises(buildSchema(COMMITTED), createApiSchema())
  const mend = 'if that is meant, run `npm run generate`, commit it, and say it in CHANGELOG.md'
  expect(changes, `the public schema changed: ${mend}`).toEqual([])
  expect(printApiSchema(), `the public schema is printed otherwise: ${mend}`).toBe(COMMITTED)
})

describe('a change of the schema is told', () => {
  const SCHEMA = `
    """Every question."""
    type Query {
      """Rows."""
      rows("How many." first: Int! = 100): [String!]!
      """How many there are."""
      count: String!
    }
  `

  test.each([
    [
      'breaks clients: Query.count was removed.',
      SCHEMA.replace('count: String!', '').replace('"""How many there are."""', ''),
    ],
    [
      'breaks clients: Query.count changed type from String! to Int.',
      SCHEMA.replace('count: String!', 'count: Int'),
    ],
    ['may surprise clients: Query.rows arg first has changed defaultValue', SCHEMA.replace('= 100', '= 99')],
    ['is new: Query.more', SCHEMA.replace('count: String!', 'count: String!\n more: Int')],
    ['is described otherwise: Query.rows', SCHEMA.replace('"""Rows."""', '')],
  ])('%s', (told, changed) => {
    expect(surprises(buildSchema(SCHEMA), buildSchema(changed))).toEqual([expect.stringContaining(told)])
  })
})

test('everything in it is described, in whole sentences', () => {
  const parts = partsOf(createApiSchema())
  const bare = [...parts].filter(([, description]) => !/[.…]$/.test(description)).map(([name]) => name)
  expect(bare).toEqual([])
  expect(parts.size).toBeGreaterThan(150)
})
