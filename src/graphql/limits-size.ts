import {
  type FieldNode,
  type GraphQLField,
  getArgumentValues,
  isListType,
  isNonNullType,
  Kind,
} from 'graphql'
import { MOST_INTERVALS } from '../read/series-at'

/** Rows of a page for which nothing says how many. */
const PAGE = 100

/** Arguments that say how many rows a page has. */
const PAGE_SIZES: ReadonlySet<string> = new Set(['first', 'last'])

/** Elements of lists that nothing is asked of: a comparison's checks, and what one message of a subscription tells at most. */
const ELEMENTS: Readonly<Record<string, number>> = {
  checks: 50,
  standing: 45,
  newBurns: 1_000,
  corrections: 1_000,
}

/** Seconds of the shortest bucket of an interval. */
const SECONDS: Readonly<Record<string, number>> = {
  HOUR: 3_600,
  DAY: 86_400,
  WEEK: 7 * 86_400,
  MONTH: 28 * 86_400,
}

/** What a variable of type Int can be at most. */
const MOST_INT = 2 ** 31 - 1

/** At least as many rows as a field can have, whatever the variables are. */
export function mostRowsOf(field: FieldNode, definition: GraphQLField<unknown, unknown>): number | undefined {
  if (isBucketed(definition)) return MOST_INTERVALS
  if (!isPaged(definition)) return isList(definition) ? ELEMENTS[definition.name] : undefined
  const asked = (field.arguments ?? []).filter(({ name }) => PAGE_SIZES.has(name.value))
  const defaults = definition.args.filter(({ name }) => PAGE_SIZES.has(name))
  return Math.max(
    PAGE,
    ...defaults.map(({ defaultValue }) => Number(defaultValue ?? 0)),
    ...asked.map(({ value }) => (value.kind === Kind.INT ? Number(value.value) : MOST_INT)),
  )
}

/**
 * How many rows a field can have at most: what its page or its range of time asks for. Undefined where neither is asked
 * for: lists whose length the economy decides are short.
 * @param variables as coerced
 * @param now the clock, in unix seconds: where a series ends that names no end
 */
export function sizeOfField(
  field: FieldNode,
  definition: GraphQLField<unknown, unknown>,
  variables: Readonly<Record<string, unknown>>,
  now: number,
): number | undefined {
  const paged = isPaged(definition)
  if (!paged && !isBucketed(definition)) return isList(definition) ? ELEMENTS[definition.name] : undefined
  const values = valuesOf(field, definition, variables)
  // What cannot be read is refused when the field is answered.
  if (values === undefined) return undefined
  return paged ? pageSize(values) : buckets(values, now)
}

function isPaged({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name }) => name === 'first')
}

function isBucketed(definition: GraphQLField<unknown, unknown>): boolean {
  return definition.args.some(({ name }) => name === 'interval') && isList(definition)
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type)
}

type Values = Readonly<Record<string, unknown>>

function valuesOf(
  field: FieldNode,
  definition: GraphQLField<unknown, unknown>,
  variables: Values,
): Values | undefined {
  try {
    return getArgumentValues(definition, field, variables)
  } catch {
    return undefined
  }
}

function pageSize({ first, last }: Values): number {
  const asked = [first, last].filter((value) => typeof value === 'number')
  return asked.length === 0 ? PAGE : Math.max(0, ...asked)
}

function buckets({ interval, from, to }: Values, now: number): number {
  const seconds = SECONDS[String(interval).toUpperCase()]
  if (typeof from !== 'number' || seconds === undefined) return PAGE
  const end = typeof to === 'number' ? to : now
  const count = Math.ceil((end - from) / seconds) + 1
  return Math.min(Math.max(count, 0), MOST_INTERVALS)
}
