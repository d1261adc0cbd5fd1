import { z } from 'zod'
import type { Hash } from '../core/address'
import type { AsOfRequest } from '../read/as-of'
import { parseInstant } from '../read/instant'
import { NameUnknown, ParametersInvalid } from './errors'

const REPEATED = 'is given more than once'

const block = z
  .string({ error: REPEATED })
  .regex(/^(\d{1,10}|0x[0-9a-fA-F]{64})$/, { error: 'is neither a block number nor a block hash' })
  .transform((text): AsOfRequest => {
    return text.startsWith('0x')
      ? { kind: 'hash', hash: text.toLowerCase() as Hash }
      : { kind: 'number', number: Number(text) }
  })
  .describe('Block number, or hash of a block with events. Left out, and `at` too: the newest block.')

/** A point in time among query parameters, in unix seconds. */
export const instant = (what: string, parse = parseInstant) =>
  z
    .string({ error: REPEATED })
    .transform((text, context): number => {
      const timestamp = parse(text)
      if (timestamp === undefined) {
        context.addIssue({ code: 'custom', message: 'is neither ISO 8601 with a zone nor unix seconds' })
      }
      return timestamp ?? 0
    })
    .describe(`${what}. ISO 8601 with its zone, or unix seconds.`)

const AT = 'Point in time: the newest block with events not after it. Excludes `block`'
const at = instant(AT)
  .transform((timestamp): AsOfRequest => ({ kind: 'timestamp', timestamp }))
  .describe(`${AT}. ISO 8601 with its zone, or unix seconds.`)

/** A day in UTC among query parameters, as the unix seconds of its first instant. */
export const day = (what: string) =>
  z
    .string({ error: REPEATED })
    .regex(/^\d{4}-\d{2}-\d{2}$/, { error: NO_DAY })
    .transform((text, context): number => {
      const start = parseInstant(text)
      if (start === undefined) context.addIssue({ code: 'custom', message: NO_DAY })
      return start ?? 0
    })
    .describe(`${what}. YYYY-MM-DD, in UTC.`)

const NO_DAY = 'is no day, YYYY-MM-DD'

/** One word of a list among query parameters. */
export const choice = <const Names extends readonly [string, ...string[]]>(names: Names, what: string) =>
  z
    .enum(names, {
      error: ({ input }) => {
        if (input === undefined) return 'is missing'
        return Array.isArray(input) ? REPEATED : `is none of ${names.join(', ')}`
      },
    })
    .describe(what)

/** Query parameters of every question about a block: which one. */
export const asOfQuery = z
  .strictObject({ block: block.optional(), at: at.optional() })
  .refine((query) => query.block === undefined || query.at === undefined, {
    error: 'block and at exclude each other',
  })
  .transform((query): AsOfRequest => query.block ?? query.at ?? { kind: 'head' })

/** Parameters of a path that has none, or none besides the block. */
export const emptyQuery = z.strictObject({})

/**
 * Checks what stands in a path.
 * @throws NameUnknown (E5070)
 */
export function parsePath<T>(schema: z.ZodType<T>, params: unknown): T {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  throw new NameUnknown({ problems: problemsOf(parsed.error) })
}

/**
 * Checks query parameters.
 * @throws ParametersInvalid (E5030) naming every problem.
 */
export function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query)
  if (parsed.success) return parsed.data
  throw new ParametersInvalid({ problems: problemsOf(parsed.error) })
}

/**
 * Checks the query parameters of a question about a block.
 * @param own checks those besides `block` and `at`
 * @throws ParametersInvalid (E5030) naming every problem.
 */
export function parseAsOfQuery<T>(
  own: z.ZodType<T>,
  query: unknown,
): { readonly asked: AsOfRequest; readonly parameters: T } {
  const { block, at, ...others } = query as Readonly<Record<string, unknown>>
  const asked = asOfQuery.safeParse({ block, at })
  const parameters = own.safeParse(others)
  if (asked.success && parameters.success) return { asked: asked.data, parameters: parameters.data }
  const errors = [asked.error, parameters.error].filter((error) => error !== undefined)
  throw new ParametersInvalid({ problems: errors.flatMap(problemsOf) })
}

function problemsOf(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key} is unknown`)
    return [`${issue.path.map(String).join('.')} ${issue.message}`.trim()]
  })
}
