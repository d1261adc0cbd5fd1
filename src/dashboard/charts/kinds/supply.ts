import { less } from '../decimals'
import type { Chart } from '../model'
import { each, reckoned } from './values'

const circulatingStake = reckoned(({ closing: { staking } }) =>
  less(staking.staked.decimal, staking.excludedStake?.decimal ?? null),
)

/**
 * Parts that are disjoint: what is excluded and staked is in the excluded part alone. Up to the third they are the total
 * supply, with the fourth all that was minted, without what a bridge took away.
 */
export const SUPPLY_CHART: Chart = {
  name: 'supply',
  title: [
    'Supply: ',
    { figure: 'supply.totalSupply', text: 'total' },
    ', ',
    { figure: 'supply.circulatingSupply', text: 'circulating' },
    ', ',
    { figure: 'staking.staked', text: 'staked' },
    ', ',
    { figure: 'supply.cumulativeBurn', text: 'burned' },
  ],
  note: 'The first two parts are the circulating supply, the first three the total supply; burned tokens are on top of it.',
  fields: `closing {
    supply { totalSupply { decimal } circulatingSupply { decimal } liquidFloat { decimal } excludedBalance { decimal } cumulativeBurn { decimal } }
    staking { staked { decimal } excludedStake { decimal } }
  }`,
  isClosing: true,
  fromZero: true,
  isWide: true,
  lines: (span) => [
    {
      key: 'staking.staked - staking.excludedStake',
      label: 'Staked, circulating',
      unit: 'token',
      values: circulatingStake(span),
      look: { kind: 'area', colour: '--stake', pattern: 'hatch', stack: 'up' },
    },
    {
      key: 'supply.liquidFloat',
      figure: 'supply.liquidFloat',
      label: 'Circulating, not staked',
      unit: 'token',
      values: each(span, ({ closing }) => closing.supply.liquidFloat),
      look: { kind: 'area', colour: '--supply', pattern: 'solid', stack: 'up' },
    },
    {
      key: 'supply.excludedBalance',
      figure: 'supply.excludedBalance',
      label: 'Not circulating',
      unit: 'token',
      values: each(span, ({ closing }) => closing.supply.excludedBalance),
      look: { kind: 'area', colour: '--quiet', pattern: 'dots', stack: 'up' },
    },
    {
      key: 'supply.cumulativeBurn',
      figure: 'supply.cumulativeBurn',
      label: 'Burned',
      unit: 'token',
      values: each(span, ({ closing }) => closing.supply.cumulativeBurn),
      look: { kind: 'area', colour: '--burn', pattern: 'solid', stack: 'up' },
    },
    {
      key: 'supply.circulatingSupply',
      figure: 'supply.circulatingSupply',
      label: 'Circulating supply',
      unit: 'token',
      values: each(span, ({ closing }) => closing.supply.circulatingSupply),
      look: { kind: 'line', colour: '--supply', dash: [6, 4] },
    },
    {
      key: 'supply.totalSupply',
      figure: 'supply.totalSupply',
      label: 'Total supply',
      unit: 'token',
      values: each(span, ({ closing }) => closing.supply.totalSupply),
      look: { kind: 'line', colour: '--ink' },
    },
  ],
}
