import { less } from '../decimals'
import type { Chart } from '../model'
import { each, whyOf } from './values'

export const REVENUE_CHART: Chart = {
  name: 'revenue',
  title: [{ figure: 'window.revenue', text: 'Revenue' }, ' per {grain}, and its split'],
  note: 'Up: what came in. Down: what left for buybacks and for rewards, which can be revenue of earlier days. Line: revenue less both.',
  fields: `change {
    revenue { decimal } buybackSpent { decimal } rewardsFunded { decimal } unknown { figure explanation }
  }`,
  isClosing: false,
  fromZero: true,
  lines: (span) => {
    const revenue = each(span, ({ change }) => change.revenue)
    const spent = each(span, ({ change }) => change.buybackSpent)
    const funded = each(span, ({ change }) => change.rewardsFunded)
    return [
      {
        key: 'window.revenue',
        label: 'Revenue',
        figure: 'window.revenue',
        unit: 'stable',
        values: revenue,
        why: whyOf(span, 'revenue'),
        look: { kind: 'bar', colour: '--treasury', pattern: 'solid', stack: 'up' },
      },
      {
        key: 'window.buybackSpent',
        label: 'Spent on buybacks',
        figure: 'window.buybackSpent',
        unit: 'stable',
        values: spent,
        why: whyOf(span, 'buybackSpent'),
        look: { kind: 'bar', colour: '--burn', pattern: 'hatch', stack: 'down' },
      },
      {
        key: 'window.rewardsFunded',
        label: 'Rewards funded',
        figure: 'window.rewardsFunded',
        unit: 'stable',
        values: funded,
        why: whyOf(span, 'rewardsFunded'),
        look: { kind: 'bar', colour: '--stake', pattern: 'dots', stack: 'down' },
      },
      {
        key: 'window.revenue - window.buybackSpent - window.rewardsFunded',
        label: 'What stays',
        unit: 'stable',
        values: revenue.map((value, index) => less(less(value, spent[index] ?? null), funded[index] ?? null)),
        why: whyOf(span, 'revenue'),
        look: { kind: 'line', colour: '--ink' },
      },
    ]
  },
}
