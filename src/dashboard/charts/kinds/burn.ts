import { less } from '../decimals'
import type { Chart } from '../model'
import { buybackLines } from './buyback-lines'
import { each, reckoned, whyOf } from './values'

const byOthers = reckoned(({ change: { burned, buybackBurned } }) =>
  less(burned?.decimal ?? null, buybackBurned?.decimal ?? null),
)

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
  lines: (span) => [
    {
      key: 'window.buybackBurned',
      label: 'Burned by buybacks',
      figure: 'window.buybackBurned',
      unit: 'token',
      values: each(span, ({ change }) => change.buybackBurned),
      why: whyOf(span, 'buybackBurned'),
      look: { kind: 'bar', colour: '--burn', pattern: 'solid', stack: 'up' },
    },
    {
      key: 'window.burned - window.buybackBurned',
      label: 'Burned by others',
      unit: 'token',
      values: byOthers(span),
      why: whyOf(span, 'burned'),
      look: { kind: 'bar', colour: '--burn', pattern: 'hatch', stack: 'up' },
    },
    {
      key: 'window.burned',
      label: 'Burned, both',
      figure: 'window.burned',
      unit: 'token',
      values: each(span, ({ change }) => change.burned),
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
  ],
}
