import { z } from 'zod'
import { DATASET_NAMES } from '../../core/datasets/dataset'
import { isoOf } from '../../core/iso-time'
import type { Manifest } from '../manifest'
import { ACCOUNTING_FORMATS, DATA_FORMATS } from '../manifest'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not 64 lower-case hex digits')
const address = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{40}$/)])
const hash = z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{64}$/)])
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  // Date.parse takes 31 February for a day in March.
  .refine((text) => !Number.isNaN(Date.parse(text)) && isoOf(Date.parse(text) / 1_000) === text, 'is no time')
const count = z.number().int().nonnegative()

/**
 * A path that stays within the directory: on another system `\` and `:` would lead out of it, too. What is no character to be
 * seen could make a report look like another one.
 */
const path = z
  .string()
  .refine(
    (text) =>
      /^[^\\:\p{C}]+$/u.test(text) && text.split('/').every((part) => part !== '' && !part.startsWith('.')),
    'does not stay within the directory',
  )

const DATASETS = [...DATASET_NAMES, 'proofs', 'treasury'] as const satisfies readonly Manifest['dataset'][]

/** A manifest, strictly: no member too many, all in the order in which they are written. */
export const manifestSchema: z.ZodType<Manifest> = z.strictObject({
  manifestVersion: z.literal(1),
  sequence: z.number().int().positive(),
  previous: sha256.nullable(),
  file: path,
  sha256,
  bytes: count,
  rows: count,
  dataset: z.enum(DATASETS),
  format: z.enum([...DATA_FORMATS, ...ACCOUNTING_FORMATS, 'proofs']),
  account: address.nullable(),
  partition: z.strictObject({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }).nullable(),
  chainId: z.number().int().positive(),
  contracts: z.strictObject({
    token: address,
    staking: address,
    stable: address,
    pair: address.nullable(),
  }),
  partial: z.array(z.enum(['token', 'staking', 'stable'])),
  fromBlock: count,
  toBlock: count,
  toBlockHash: hash,
  toBlockTimestamp: time,
  time: z.strictObject({ from: time, to: time }).nullable(),
  historyDigest: z.strictObject({ before: hash, after: hash }),
  economy: z.strictObject({ file: path, sha256 }),
  schemaVersion: count,
  methodologyVersion: count,
  generator: z.string().min(1),
})
