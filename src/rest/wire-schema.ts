import { z } from 'zod'
import { CONTRACT_NAMES } from '../core/events'
import { UNKNOWN_REASONS, type UnknownReason } from '../core/known'

/** An amount in base units: an exact whole number, as text of any length. */
export const baseUnits = z.string().regex(/^(0|-?[1-9]\d*)$/)

/** An exact decimal number: no exponent, no thousands separator, no trailing zeros. */
export const decimalText = z.string().regex(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/)

/** A number that counts, and that no amount ever is. */
export const count = z.int().min(0)

export const blockNumber = z.int().min(0).describe('Block number.')

export const addressText = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/)
  .describe('Address, in lower case.')

export const hashText = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/)
  .describe('Block hash.')

/** A point in time in UTC, to the second. */
export const isoTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
  .describe('Time in ISO 8601, UTC.')

/** A day in UTC. */
export const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const reasonNames = Object.keys(UNKNOWN_REASONS) as [UnknownReason, ...UnknownReason[]]

export const unknownReason = z.enum(reasonNames).meta({
  id: 'UnknownReason',
  description: `Why a figure is null.\n\n${reasonNames.map((name) => `- \`${name}\`: ${UNKNOWN_REASONS[name]}`).join('\n')}`,
})

const snapshotSchema = z.strictObject({
  block: blockNumber,
  hash: hashText,
  timestamp: isoTime,
  digest: z.string().describe('History digest up to and including that block.'),
})

/** The block that an answer is true at. */
export const asOfSchema = z
  .strictObject({
    block: blockNumber.describe('Block at which every figure of the answer is true.'),
    hash: hashText
      .nullable()
      .describe('Its hash; null where it is not kept, because the block has no events.'),
    timestamp: isoTime.nullable().describe('Its time; null where the hash is.'),
    finalized: z.boolean().describe('Whether the block can no longer be reorganised away.'),
    lagSeconds: count
      .nullable()
      .describe('Seconds from the newest indexed block to now; null where a block was named.'),
    partial: z
      .array(z.enum(CONTRACT_NAMES))
      .describe('Contracts whose history before their start block was left out.'),
    snapshot: snapshotSchema.describe('The last block with events not after it.'),
  })
  .meta({ id: 'AsOf', description: 'The block that an answer is true at.' })

/** A refusal (RFC 9457). */
export const problemSchema = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string().describe('What the HTTP status means.'),
    status: z.int().describe('HTTP status.'),
    detail: z.string().describe('What is wrong, as one sentence.'),
    code: z
      .string()
      .regex(/^E\d{4}$/)
      .describe('Permanent code; docs/errors.md has a section for each.'),
    mend: z.string().optional().describe('What can be done about it.'),
    facts: z.record(z.string(), z.unknown()).describe('The values that the sentence is about.'),
  })
  .meta({ id: 'Problem', description: 'A refusal, as a problem of RFC 9457.' })
