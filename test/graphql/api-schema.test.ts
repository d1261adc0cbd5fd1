import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { expect, test } from 'vitest'
import { createApiSchema } from '../../src/graphql/api-schema'
import { printApiSchema } from '../../src/graphql/print-api-schema'

test('the committed schema is the one that is served', () => {
  const committed = readFileSync(join(__dirname, '../../schema.api.graphql'), 'utf8')
  expect(printApiSchema(), 'the public schema changed: refresh it with `npm run generate`').toBe(committed)
})

test('everything in it is described', () => {
  const bare: string[] = []
  let seen = 0
  const check = (name: string, { description }: { description?: string | null | undefined }) => {
    seen += 1
    if (!description || !/[.…]$/.test(description)) bare.push(name)
  }
  for (const type of Object.values(createApiSchema().getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue
    check(type.name, type)
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value)
    if (!isObjectType(type) && !isInputObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field)
      if ('args' in field) for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg)
    }
  }
  expect(bare).toEqual([])
  expect(seen).toBeGreaterThan(150)
})
