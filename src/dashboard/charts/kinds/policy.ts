import type { Chart, Colour } from '../model'
import { each } from './values'

const legChart = (leg: 'burn' | 'rewards', text: string, colour: Colour): Chart => ({
  name: `policy-${leg}`,
  title: [
    `Policy, ${text}: `,
    { figure: `policy.${leg}.allocated`, text: 'allocated' },
    ', ',
    { figure: `policy.${leg}.executed`, text: 'executed' },
    ', ',
    { figure: `policy.${leg}.backlog`, text: 'backlog' },
  ],
  note: 'Over all time until then: what the rule gives, what was done of it, and, with the scale at the right, what is still to be done.',
  fields: `closing { policy { ${leg} { allocated { decimal } executed { decimal } backlog { decimal } } } }`,
  isClosing: true,
  fromZero: true,
  lines: (span) => [
    {
      key: `policy.${leg}.backlog`,
      label: 'Backlog',
      figure: `policy.${leg}.backlog`,
      unit: 'stable',
      values: each(span, ({ closing }) => closing.policy[leg].backlog),
      look: { kind: 'area', colour, pattern: 'hatch', isRight: true },
    },
    {
      key: `policy.${leg}.allocated`,
      label: 'Allocated',
      figure: `policy.${leg}.allocated`,
      unit: 'stable',
      values: each(span, ({ closing }) => closing.policy[leg].allocated),
      look: { kind: 'line', colour: '--treasury', dash: [6, 4] },
    },
    {
      key: `policy.${leg}.executed`,
      label: 'Executed',
      figure: `policy.${leg}.executed`,
      unit: 'stable',
      values: each(span, ({ closing }) => closing.policy[leg].executed),
      look: { kind: 'line', colour },
    },
  ],
})

export const BURN_LEG_CHART = legChart('burn', 'buy back and burn', '--burn')
export const REWARDS_LEG_CHART = legChart('rewards', 'rewards', '--stake')
