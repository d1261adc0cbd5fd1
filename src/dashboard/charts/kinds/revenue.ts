import { less } from '../decimals'
import type { Chart } from '../model'
import { each, reckoned, whyOf } from './values'

const whatStays = reckoned(({ change: { revenue, buybackSpent, rewardsFunded } }) =>
  less(less(revenue?.decimal ?? null, buybackSpent?.decimal ?? null), rewardsFunded?.decimal ?? null),
)

export const REVENUE_CHART: Chart = {
  name: 'revenue',
  title: [{ figure: 'window.revenue', text: 'Revenue' }, ' per {grain}, and its split'],
  note: 'Up: what came in. Down: what left for buybacks and for rewards, which can be revenue of earlier days. Line: revenue less both.',
  fields: `change {
    revenue { decimal } buybackSpent { decimal } rewardsFunded { decimal } unknown { figure explanation }
  }`,
  isClosing: false,
  fromZero: true,
  lines: (span) => [
    {
      key: 'window.revenue',
      label: 'Revenue',
      figure: 'window.revenue',
      unit: 'stable',
      values: each(span, ({ change }) => change.revenue),
      why: whyOf(span, 'revenue'),
      look: { kind: 'bar', colour: '--treasury', pattern: 'solid', stack: 'up' },
    },
    {
      key: 'window.buybackSpent',
      label: 'Spent on buybacks',
      figure: 'window.buybackSpent',
      unit: 'stable',
      values: each(span, ({ change }) => change.buybackSpent),
      why: whyOf(span, 'buybackSpent'),
      look: { kind: 'bar', colour: '--burn', pattern: 'hatch', stack: 'down' },
    },
    {
      key: 'window.rewardsFunded',
      label: 'Rewards funded',
      figure: 'window.rewardsFunded',
      unit: 'stable',
      values: each(span, ({ change }) => change.rewardsFunded),
      why: whyOf(span, 'rewardsFunded'),
      look: { kind: 'bar', colour: '--stake', pattern: 'dots', stack: 'down' },
    },
    {
      key: 'window.revenue - window.buybackSpent - window.rewardsFunded',
      label: 'What stays',
      unit: 'stable',
      values: whatStays(span),
      why: whyOf(span, 'revenue'),
      look: { kind: 'line', colour: '--ink' },
    },
  ],
}
