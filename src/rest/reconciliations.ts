import { z } from 'zod'
import type { EconomyFile } from '../config/economy-file'
import { unitOfReconciled } from '../core/reconciliation'
import { isoOf } from '../read/instant'
import type { Reads } from '../read/reads'
import {
  MOST_RECONCILIATIONS,
  RECONCILIATIONS_BY_DEFAULT,
  type ReconciliationPage,
  type ReconciliationRow,
} from '../read/reconciliations'
import { type Units, unitsOf } from '../read/units'
import { bothSpellings } from './amounts'
import { json, type Reply } from './reply'

const REPEATED = { error: 'is given more than once' }

/** Query parameters of a page of reconciliations. */
export const reconciliationQuery: z.ZodType<ReconciliationPage> = z
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
  .transform(({ first = RECONCILIATIONS_BY_DEFAULT, after }) => ({ first, after }))

/** `GET /api/reconciliation`: comparisons of derived figures with the contracts’ own views, newest first. */
export const getReconciliations =
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
