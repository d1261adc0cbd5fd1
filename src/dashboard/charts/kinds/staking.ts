import type { Chart } from '../model'
import { each } from './values'

const NOTHING_CIRCULATES = () => 'Nothing circulated then, or the history before is not known.'

export const STAKING_CHART: Chart = {
  name: 'staking-ratio',
  title: [{ figure: 'staking.stakingRatio', text: 'Staking ratio' }],
  note: 'Staked tokens as a part of the circulating supply. The scale does not begin at zero.',
  fields: `closing { staking { staked { decimal } stakingRatio } supply { circulatingSupply { decimal } } }`,
  isClosing: true,
  fromZero: false,
  lines: (span) => [
    {
      key: 'staking.stakingRatio',
      label: 'Staking ratio',
      figure: 'staking.stakingRatio',
      unit: 'ratio',
      values: each(span, ({ closing }) => closing.staking.stakingRatio),
      why: NOTHING_CIRCULATES,
      look: { kind: 'line', colour: '--stake' },
    },
    {
      key: 'staking.staked',
      label: 'Staked',
      figure: 'staking.staked',
      unit: 'token',
      values: each(span, ({ closing }) => closing.staking.staked),
    },
    {
      key: 'supply.circulatingSupply',
      label: 'Circulating supply',
      figure: 'supply.circulatingSupply',
      unit: 'token',
      values: each(span, ({ closing }) => closing.supply.circulatingSupply),
    },
  ],
}
