import { z } from 'zod'
import type { Moment } from '../core/figures/moment'
import { POLICY_BURN, POLICY_REWARDS } from '../core/figures/policy'
import { TREASURY } from '../core/figures/treasury'
import {
  PROJECTION_ASSUMPTION,
  WINDOW,
  WINDOW_POLICY_BURN,
  WINDOW_POLICY_REWARDS,
} from '../core/figures/window'
import { isoOf } from '../core/iso-time'
import { type Span, WINDOW_NAMES } from '../core/window'
import { type Units, unitsOf } from '../read/units'
import type { WindowAt } from '../read/windows-at'
import type { AsOfHandler } from './answer-as-of'
import { emptyQuery } from './as-of-query'
import { type FlatGroups, figureFrame, flatFigures, pick } from './figure-json'
import { figureShape, frameShape } from './figure-schema'
import { json } from './reply'
import { asOfRoute, jsonAnswer } from './route'
import { isoTime } from './wire-schema'

const IN_WINDOW: FlatGroups<Span> = [
  ['', WINDOW],
  ['policyBurn', WINDOW_POLICY_BURN],
  ['policyRewards', WINDOW_POLICY_REWARDS],
]

const getWindows: AsOfHandler = (reads, config) => async (asOf) => {
  const windows = await reads.windowsAt(asOf, WINDOW_NAMES)
  const units = unitsOf(config)
  return json({
    windows: windows.map((window) => ({
      ...windowJson(window, IN_WINDOW, units),
      projectionAssumption: PROJECTION_ASSUMPTION,
    })),
    ...figureFrame(IN_WINDOW, asOf, units),
  })
}

const RULE: FlatGroups<Moment> = [
  ['', pick(TREASURY, 'revenue')],
  ['burn', POLICY_BURN],
  ['rewards', POLICY_REWARDS],
]
const RULE_IN_WINDOW: FlatGroups<Span> = [
  ['', pick(WINDOW, 'revenue')],
  ['burn', WINDOW_POLICY_BURN],
  ['rewards', WINDOW_POLICY_REWARDS],
]

const getPolicy: AsOfHandler = (reads, config) => async (asOf) => {
  const { economy } = await reads.economyAt(asOf)
  const windows = await reads.windowsAt(asOf, WINDOW_NAMES)
  const units = unitsOf(config)
  return json({
    ...flatFigures(RULE, { economy, policy: config.policy }, units),
    windows: windows.map((window) => windowJson(window, RULE_IN_WINDOW, units)),
    ...figureFrame(RULE, asOf, units),
  })
}

function windowJson({ name, from, to, span }: WindowAt, groups: FlatGroups<Span>, units: Units): object {
  return { name, from: isoOf(from), to: isoOf(to), ...flatFigures(groups, span, units) }
}

const windowSchema = (groups: FlatGroups<Span>) =>
  z.strictObject({
    name: z.enum(WINDOW_NAMES).describe('Length of the window; all begins with the history.'),
    from: isoTime.describe('When the window begins.'),
    to: isoTime.describe('When it ends: at the instant of the answer.'),
    ...figureShape(groups),
  })

/** What happened in each window that ends at the answer's instant, and at what rate. */
export const WINDOWS_ROUTE = asOfRoute({
  path: '/api/windows',
  operation: 'getWindows',
  tag: 'figures',
  summary: 'Windows of time: flows, rates, yield, projections',
  description: 'What happened in each window of time that ends at the answer’s instant, and at what rate.',
  params: emptyQuery,
  query: emptyQuery,
  handler: () => getWindows,
  answers: [
    jsonAnswer(
      z.strictObject({
        windows: z.array(
          windowSchema(IN_WINDOW).extend({ projectionAssumption: z.literal(PROJECTION_ASSUMPTION) }),
        ),
        ...frameShape(IN_WINDOW),
      }),
      'The windows, shortest first.',
    ),
  ],
})

/** The rule that splits revenue against what was done, over all time and in each window. */
export const POLICY_ROUTE = asOfRoute({
  path: '/api/policy',
  operation: 'getPolicy',
  tag: 'figures',
  summary: 'The rule that splits revenue, against what was done',
  description:
    'What the rule allocated to burning and to rewards, what was executed, and what is left to do.',
  params: emptyQuery,
  query: emptyQuery,
  handler: () => getPolicy,
  answers: [
    jsonAnswer(
      z.strictObject({
        ...figureShape(RULE),
        windows: z.array(windowSchema(RULE_IN_WINDOW)),
        ...frameShape(RULE),
      }),
      'The rule, over all time and in each window.',
    ),
  ],
})
