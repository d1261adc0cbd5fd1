import { z } from 'zod'
import type { Hash } from '../core/address'
import type { AsOfRequest } from '../read/as-of'
import { parseInstant } from '../read/instant'
import { ParametersInvalid } from './errors'

const block = z
  .string({ error: 'is given more than once' })
  .regex(/^(\d{1,10}|0x[0-9a-fA-F]{64})$/, { error: 'is neither a block number nor a block hash' })
  .transform((text): AsOfRequest => {
    return text.startsWith('0x')
      ? { kind: 'hash', hash: text.toLowerCase() as Hash }
      : { kind: 'number', number: Number(text) }
  })
  .describe('Block number, or hash of a block with events.')

const at = z
  .string({ error: 'is given more than once' })
  .transform((text, context): AsOfRequest => {
    const timestamp = parseInstant(text)
    if (timestamp === undefined) {
      context.addIssue({ code: 'custom', message: 'is neither ISO 8601 with a zone nor unix seconds' })
    }
    return { kind: 'timestamp', timestamp: timestamp ?? 0 }
  })
  .describe('Point in time, in ISO 8601 with its zone or in unix seconds: the newest block not after it.')

/** Query parameters of every figure: which block it is about. */
export const asOfQuery = z
  .strictObject({ block: block.optional(), at: at.optional() })
  .refine((query) => query.block === undefined || query.at === undefined, {
    error: 'block and at exclude each other',
  })
  .transform((query): AsOfRequest => query.block ?? query.at ?? { kind: 'head' })

/** Query parameters of a path that has none. */
export const emptyQuery = z.strictObject({})

/**
 * Checks query parameters.
 * @throws ParametersInvalid (E5030) naming every problem.
 */
export function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key} is unknown`)
    return [`${issue.path.map(String).join('.')} ${issue.message}`.trim()]
  })
  throw new ParametersInvalid({ problems })
}
