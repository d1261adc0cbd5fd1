import { z } from 'zod'
import type { EconomyFile } from '../config/economy-file'
import { RECONCILED, type ReconciledFigure } from '../core/reconciliation'
import { isoOf } from '../read/instant'
import type { Reads } from '../read/reads'
import type { ReconciliationCheckRow, ReconciliationPage, ReconciliationRow } from '../read/reconciliations'
import { type Units, unitsOf } from '../read/units'
import { bothSpellings } from './amounts'
import { json, type Reply } from './reply'

const ROWS_BY_DEFAULT = 100
const REPEATED = { error: 'is given more than once' }

/** Query parameters of a page of reconciliations. */
export const reconciliationQuery: z.ZodType<ReconciliationPage> = z
  .strictObject({
    first: z
      .string(REPEATED)
      .regex(/^\d{1,9}$/, { error: 'is not a whole number' })
      .transform(Number)
      .optional()
      .describe('How many, 1 to 1000; 100 where it is left out.'),
    after: z.string(REPEATED).optional().describe('Id of the one before the page.'),
  })
  .transform(({ first = ROWS_BY_DEFAULT, after }) => ({ first, after }))

/** `GET /api/reconciliation`: comparisons of derived figures with the contracts’ own views, newest first. */
export const getReconciliations =
  (reads: Reads, config: EconomyFile) =>
  async (page: ReconciliationPage): Promise<Reply> => {
    const rows = await reads.reconciliations(page)
    const units = unitsOf(config)
    return json({ reconciliations: rows.map((row) => reconciliationJson(row, units)) })
  }

function reconciliationJson({ checks, ...row }: ReconciliationRow, units: Units): object {
  return {
    ...row,
    timestamp: isoOf(row.timestamp),
    checkedAt: isoOf(row.checkedAt),
    checks: checks.map((check) => checkJson(check, units)),
  }
}

function checkJson({ figure, account, derived, onChain, ...outcome }: ReconciliationCheckRow, units: Units) {
  // A figure that only another release compares is shown in base units alone.
  const contract = Object.hasOwn(RECONCILED, figure) ? RECONCILED[figure as ReconciledFigure] : undefined
  const unit = contract === 'stable' ? units.stable : units.token
  const amounts = bothSpellings(unit, { derived, onChain })
  const unheard = { derivedDecimal: null, onChainDecimal: null }
  return { figure, account, ...amounts, ...(contract === undefined ? unheard : {}), ...outcome }
}
