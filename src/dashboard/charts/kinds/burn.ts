import { less } from '../decimals'
import type { Chart } from '../model'
import { buybackLines } from './buyback-lines'
import { each, whyOf } from './values'

export const BURN_CHART: Chart = {
  name: 'burn',
  title: [
    { figure: 'window.burned', text: 'Burned' },
    ' per {grain}, and ',
    { figure: 'supply.cumulativeBurn', text: 'in all' },
  ],
  note: 'Bars: what was burned then, by buybacks and by others. Line, with the scale at the right, which does not begin at zero: everything burned until then. Triangles: executed buybacks, which can burn later than they buy.',
  fields: `closing { supply { cumulativeBurn { decimal } } }
    change { burned { decimal } buybackBurned { decimal } unknown { figure explanation } }`,
  isClosing: false,
  fromZero: true,
  buybacks: 'ground',
  lines: (span) => {
    const burned = each(span, ({ change }) => change.burned)
    const byBuyback = each(span, ({ change }) => change.buybackBurned)
    return [
      {
        key: 'window.buybackBurned',
        label: 'Burned by buybacks',
        figure: 'window.buybackBurned',
        unit: 'token',
        values: byBuyback,
        why: whyOf(span, 'buybackBurned'),
        look: { kind: 'bar', colour: '--burn', pattern: 'solid', stack: 'up' },
      },
      {
        key: 'window.burned - window.buybackBurned',
        label: 'Burned by others',
        unit: 'token',
        values: burned.map((value, index) => less(value, byBuyback[index] ?? null)),
        why: whyOf(span, 'burned'),
        look: { kind: 'bar', colour: '--burn', pattern: 'hatch', stack: 'up' },
      },
      {
        key: 'window.burned',
        label: 'Burned, both',
        figure: 'window.burned',
        unit: 'token',
        values: burned,
        why: whyOf(span, 'burned'),
      },
      {
        key: 'supply.cumulativeBurn',
        label: 'Burned in all',
        figure: 'supply.cumulativeBurn',
        unit: 'token',
        values: each(span, ({ closing }) => closing.supply.cumulativeBurn),
        look: { kind: 'line', colour: '--ink', isRight: true },
      },
      ...buybackLines(span),
    ]
  },
}
