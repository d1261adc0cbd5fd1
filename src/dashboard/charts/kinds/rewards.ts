import type { Chart } from '../model'
import { each, whyOf } from './values'

export const REWARDS_CHART: Chart = {
  name: 'rewards',
  title: [
    { figure: 'window.rewardsPaid', text: 'Rewards paid' },
    ' per {grain}, and ',
    { figure: 'window.realYield', text: 'real yield' },
  ],
  note: 'Bars: what stakers were paid then. Dots, with the scale at the right: that as a yearly yield on what was staked then; where it is not known there is no dot.',
  fields: `change { rewardsPaid { decimal } realYield unknown { figure explanation } }`,
  isClosing: false,
  fromZero: true,
  lines: (span) => [
    {
      key: 'window.rewardsPaid',
      label: 'Rewards paid',
      figure: 'window.rewardsPaid',
      unit: 'reward',
      values: each(span, ({ change }) => change.rewardsPaid),
      why: whyOf(span, 'rewardsPaid'),
      look: { kind: 'bar', colour: '--stake', pattern: 'solid', stack: 'up' },
    },
    {
      key: 'window.realYield',
      label: 'Real yield, a year',
      figure: 'window.realYield',
      unit: 'ratio',
      values: each(span, ({ change }) => change.realYield),
      why: whyOf(span, 'realYield'),
      look: { kind: 'points', colour: '--ink', isRight: true },
    },
  ],
}
