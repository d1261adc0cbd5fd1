import type { Chart } from '../model'
import { buybackLines } from './buyback-lines'
import { each, whyOf } from './values'

const NO_PRICE = () => 'No price had been seen until then.'

export const PRICE_CHART: Chart = {
  name: 'price',
  title: [
    { figure: 'price.price', text: 'Price' },
    ', and that of ',
    { figure: 'buyback.averagePrice', text: 'buybacks' },
  ],
  note: 'Line: the newest price until then, of the pair or of a buyback. Triangles: each executed buyback. Dots: spent on buybacks ÷ burned by them. The scale does not begin at zero.',
  fields: `closing { price { price source } }
    change { buybackSpent { decimal } buybackBurned { decimal } buybackAveragePrice unknown { figure explanation } }`,
  isClosing: true,
  fromZero: false,
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
      look: { kind: 'points', colour: '--burn' },
    },
    ...buybackLines(span),
  ],
}
