import { z } from 'zod'
import type { EconomyFile } from '../config/economy-file'
import { isoOf } from '../core/iso-time'
import { unitOfReconciled } from '../core/reconciliation'
import type { Reads } from '../read/reads'
import {
  MOST_RECONCILIATIONS,
  RECONCILIATIONS_BY_DEFAULT,
  type ReconciliationPage,
  type ReconciliationRow,
} from '../read/reconciliations'
import { type Units, unitsOf } from '../read/units'
import { bothSpellings } from './amounts'
import { validated } from './caching'
import { json, type Reply } from './reply'
import { jsonAnswer, pageRoute } from './route'
import { addressText, baseUnits, blockNumber, count, decimalText, hashText, isoTime } from './wire-schema'

const REPEATED = { error: 'is given more than once' }

const reconciliationQuery = z
  .strictObject({
    first: z
      .string(REPEATED)
      .regex(/^\d{1,9}$/, { error: 'is not a whole number' })
      .transform(Number)
      .optional()
      .describe(
        `How many, 1 to ${MOST_RECONCILIATIONS}; ${RECONCILIATIONS_BY_DEFAULT} where it is left out.`,
      ),
    after: z.string(REPEATED).optional().describe('Id of the one before the page.'),
  })
  .transform(({ first = RECONCILIATIONS_BY_DEFAULT, after }): ReconciliationPage => ({ first, after }))

const getReconciliations =
  (reads: Reads, config: EconomyFile) =>
  async (page: ReconciliationPage): Promise<Reply> => {
    const rows = await reads.reconciliations(page)
    const units = unitsOf(config)
    return json({ reconciliations: rows.map((row) => reconciliationJson(row, units)) })
  }

function reconciliationJson({ checks, standing, ...row }: ReconciliationRow, units: Units): object {
  return {
    ...row,
    timestamp: isoOf(row.timestamp),
    checkedAt: isoOf(row.checkedAt),
    checks: checks.map((check) => comparedJson(check, units)),
    standing: standing.map((difference) => comparedJson(difference, units)),
  }
}

/** What every figure that was compared has, however it came out. */
type Compared = Pick<ReconciliationRow['checks'][number], 'figure' | 'account' | 'derived' | 'onChain'>

function comparedJson({ figure, account, derived, onChain, ...others }: Compared, units: Units): object {
  const unit = unitOfReconciled(figure)
  const amounts = { derived, onChain }
  // A figure that only another release compares is shown in base units alone.
  const spelled =
    unit === undefined
      ? {
          ...bothSpellings({ decimals: 0 }, amounts),
          derivedDecimal: null,
          onChainDecimal: null,
          symbol: null,
        }
      : { ...bothSpellings(units[unit], amounts), symbol: units[unit].symbol }
  return { figure, account, ...spelled, ...others }
}

const compared = {
  figure: z.string().describe('Path of the figure in the dictionary.'),
  account: addressText.nullable().describe('The account, where the figure is an account’s.'),
  derived: baseUnits.describe('What was derived from events, in base units.'),
  derivedDecimal: decimalText
    .nullable()
    .describe('derived, in whole units; null where its unit is not known.'),
  symbol: z.string().nullable().describe('What it is counted in; null where that is not known.'),
}

const checkSchema = z.strictObject({
  ...compared,
  onChain: baseUnits.nullable().describe('What the contract says, in base units; null for a gap.'),
  onChainDecimal: decimalText.nullable().describe('onChain, in whole units.'),
  result: z.enum(['EQUAL', 'DIFFERENT', 'GAP']),
  reason: z.string().nullable().describe('Why there is a gap; null where there is none.'),
})

const standingSchema = z.strictObject({
  ...compared,
  onChain: baseUnits.describe('What the contract said, in base units.'),
  onChainDecimal: decimalText.nullable().describe('onChain, in whole units.'),
  block: blockNumber.describe('The block at which it was last found.'),
  hash: hashText,
})

const reconciliationSchema = z.strictObject({
  id: z.string(),
  block: blockNumber,
  hash: hashText,
  timestamp: isoTime.describe('Time of the block.'),
  checkedAt: isoTime.describe('Time of the comparison.'),
  trigger: z.enum(['INTERVAL', 'ON_DEMAND']),
  equal: count.describe('How many figures were equal.'),
  different: count.describe('How many were not.'),
  gaps: count.describe('How many the node could not answer.'),
  checks: z.array(checkSchema),
  standing: z
    .array(standingSchema)
    .describe('Differences that were found, by it or before, and not found equal since.'),
})

/** Comparisons of derived figures with the contracts’ own views, newest first. */
export const RECONCILIATIONS_ROUTE = pageRoute({
  path: '/api/reconciliation',
  operation: 'getReconciliations',
  tag: 'figures',
  summary: 'Reconciliations with the chain',
  description:
    'Comparisons of derived figures with the contracts’ own views at the same block hash, newest first.',
  refusals: [400, 429, 503],
  isConditional: true,
  query: reconciliationQuery,
  page: ({ store, economy }, page, { ifNoneMatch }) =>
    store.snapshot(async (reads) =>
      validated(await getReconciliations(reads, economy)(page), 2, ifNoneMatch),
    ),
  answers: [
    jsonAnswer(
      z.strictObject({ reconciliations: z.array(reconciliationSchema) }),
      'One page of reconciliations.',
    ),
  ],
})
