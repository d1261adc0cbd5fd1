import type { Chart } from '../model'
import { buybackLines } from './buyback-lines'
import { each, whyOf } from './values'

const NO_PRICE = () => 'No price had been seen until then.'

export const PRICE_CHART: Chart = {
  name: 'price',
  title: [
    { figure: 'price.price', text: 'Price' },
    ', and that of executed ',
    { figure: 'buyback.bought', text: 'buybacks' },
  ],
  note: 'Line: the newest price until then, of the pair or of a buyback. Triangles: what each executed buyback paid for a token. The scale does not begin at zero.',
  fields: `closing { price { price source } }
    change { buybackSpent { decimal } buybackBurned { decimal } buybackAveragePrice unknown { figure explanation } }`,
  isClosing: true,
  fromZero: false,
  isWide: true,
  buybacks: 'price',
  lines: (span) => [
    {
      key: 'price.price',
      label: 'Newest price',
      figure: 'price.price',
      unit: 'price',
      values: each(span, ({ closing }) => closing.price.price),
      why: NO_PRICE,
      look: { kind: 'step', colour: '--supply' },
    },
    {
      key: 'price.source',
      label: 'Seen in',
      figure: 'price.source',
      unit: 'text',
      values: each(span, ({ closing }) => closing.price.source),
      why: NO_PRICE,
    },
    {
      key: 'window.buybackAveragePrice',
      label: 'Spent ÷ burned by buybacks',
      figure: 'window.buybackAveragePrice',
      unit: 'price',
      values: each(span, ({ change }) => change.buybackAveragePrice),
      why: whyOf(span, 'buybackAveragePrice'),
    },
    ...buybackLines(span),
  ],
}
