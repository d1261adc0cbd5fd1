import { z } from 'zod'
import type { Address } from '../../core/address'
import { EconomyError } from '../../core/errors'
import type { ChainPosition } from '../../read/account-at'
import type { AskedRange } from '../../read/export/export-source'
import { parseInstant } from '../../read/instant'
import { parseAddress } from '../../read/parse-address'
import { DownloadParametersInvalid } from './errors'

/** What is asked of a file. */
export interface DownloadQuery {
  readonly range: AskedRange
  /** Whether the end of the range was named, so that the same request gets the same rows for ever. */
  readonly isEndNamed: boolean
  readonly account?: Address
  /** The last row that the client has. */
  readonly after?: ChainPosition
}

const REPEATED = 'is given more than once'

const instant = (what: string) =>
  z
    .string({ error: REPEATED })
    .transform((text, context): number => {
      const timestamp = parseInstant(text)
      if (timestamp === undefined) {
        context.addIssue({ code: 'custom', message: 'is neither ISO 8601 with a zone nor unix seconds' })
      }
      return timestamp ?? 0
    })
    .describe(`${what} ISO 8601 (a date is its midnight, UTC) or unix seconds.`)

const block = (what: string) =>
  z
    .string({ error: REPEATED })
    .regex(/^\d{1,10}$/, { error: 'is no block number' })
    .transform(Number)
    .describe(what)

const account = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : REPEATED) })
  .transform((text, context): Address => {
    try {
      return parseAddress(text)
    } catch (error) {
      if (!(error instanceof EconomyError)) throw error
      context.addIssue({ code: 'custom', message: `is no account: ${String(error.facts.problem)}` })
      return z.NEVER
    }
  })
  .describe('Whose statement: an address, in lower case or with its checksum.')

const after = z
  .string({ error: REPEATED })
  .regex(/^\d{1,10}-\d{1,6}$/, { error: 'is no position, <block>-<logIndex>' })
  .transform((text): ChainPosition => {
    const [blockNumber = 0, logIndex = 0] = text.split('-').map(Number)
    return { blockNumber, logIndex }
  })
  .describe(
    'The last row that the client has, <block_number>-<log_index>, of a dataset without log_index <block_number>-0: ' +
      'the answer is what follows, without a header. Name the same range again, with its end.',
  )

const RANGE = {
  from: instant('Begins at the first block not before it. Excludes `fromBlock`.').optional(),
  to: instant('Ends before the first block not before it. Excludes `toBlock`.').optional(),
  fromBlock: block('First block; the first indexed one where neither it nor `from` is given.').optional(),
  toBlock: block('Last block; the newest final one where neither it nor `to` is given.').optional(),
}

interface Asked {
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly fromBlock?: number | undefined
  readonly toBlock?: number | undefined
  readonly account?: Address
  readonly after?: ChainPosition | undefined
}

/** What is asked of each kind of file, and how it is checked. */
export const QUERIES = {
  whole: checked(z.strictObject(RANGE)),
  resumable: checked(z.strictObject({ ...RANGE, after: after.optional() })),
  statement: checked(z.strictObject({ ...RANGE, account })),
  resumableStatement: checked(z.strictObject({ ...RANGE, account, after: after.optional() })),
} as const

function checked(schema: z.ZodType<Asked>): z.ZodType<DownloadQuery> {
  return schema
    .refine((asked) => asked.from === undefined || asked.fromBlock === undefined, {
      error: 'from and fromBlock exclude each other',
    })
    .refine((asked) => asked.to === undefined || asked.toBlock === undefined, {
      error: 'to and toBlock exclude each other',
    })
    .transform(({ from, to, fromBlock, toBlock, account: whose, after: last }): DownloadQuery => {
      return {
        range: { fromTime: from, toTime: to, fromBlock, toBlock },
        isEndNamed: to !== undefined || toBlock !== undefined,
        ...(whose !== undefined && { account: whose }),
        ...(last !== undefined && { after: last }),
      }
    })
}

/**
 * Checks the parameters of a file.
 * @throws DownloadParametersInvalid (E7061) naming every problem
 */
export function parseDownloadQuery(schema: z.ZodType<DownloadQuery>, query: unknown): DownloadQuery {
  const parsed = schema.safeParse(query)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key} is unknown`)
    return [`${issue.path.map(String).join('.')} ${issue.message}`.trim()]
  })
  throw new DownloadParametersInvalid({ problems })
}
