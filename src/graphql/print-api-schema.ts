import { lexicographicSortSchema, printSchema } from 'graphql'
import { createApiSchema } from './api-schema'

/** The public schema as text, in one order: what schema.api.graphql holds. */
export function printApiSchema(): string {
  const note =
    '# Generated from src/graphql by `npm run generate`; a change here is a change of the public API.\n\n'
  return `${note}${printSchema(lexicographicSortSchema(createApiSchema()))}\n`
}
