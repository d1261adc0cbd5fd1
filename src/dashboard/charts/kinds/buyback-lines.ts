import { boughtBy, paidBy } from '../buybacks-of'
import type { Line, Span } from '../model'

const UNKNOWN = () => 'The executed buybacks of this time are not at hand.'

/** What the executed buybacks of each bucket paid and got; marks where each of them was. */
export function buybackLines({ points, buybacks, stableDecimals, tokenDecimals }: Span): readonly Line[] {
  const none = points.map(() => null)
  return [
    {
      key: 'executed buybacks',
      label: 'Executed buybacks',
      unit: 'count',
      values: buybacks?.map((rows) => String(rows.length)) ?? none,
      why: UNKNOWN,
      look: { kind: 'marks', colour: '--treasury' },
    },
    {
      key: 'paid by executed buybacks',
      label: 'They paid',
      figure: 'buyback.paid',
      unit: 'stable',
      values: buybacks?.map((rows) => paidBy(rows, stableDecimals)) ?? none,
      why: UNKNOWN,
    },
    {
      key: 'bought by executed buybacks',
      label: 'They got',
      figure: 'buyback.bought',
      unit: 'token',
      values: buybacks?.map((rows) => boughtBy(rows, tokenDecimals)) ?? none,
      why: UNKNOWN,
    },
  ]
}
