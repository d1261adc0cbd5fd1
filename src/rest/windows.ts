import type { Moment } from '../core/figures/moment'
import { POLICY_BURN, POLICY_REWARDS } from '../core/figures/policy'
import { TREASURY } from '../core/figures/treasury'
import {
  PROJECTION_ASSUMPTION,
  WINDOW,
  WINDOW_POLICY_BURN,
  WINDOW_POLICY_REWARDS,
} from '../core/figures/window'
import { type Span, WINDOW_NAMES } from '../core/window'
import { isoOf } from '../read/instant'
import { type Units, unitsOf } from '../read/units'
import type { WindowAt } from '../read/windows-at'
import type { AsOfHandler } from './answer-as-of'
import { type FlatGroups, figureFrame, flatFigures, pick } from './figure-json'
import { json } from './reply'

const IN_WINDOW: FlatGroups<Span> = [
  ['', WINDOW],
  ['policyBurn', WINDOW_POLICY_BURN],
  ['policyRewards', WINDOW_POLICY_REWARDS],
]

/** `GET /api/windows`: what happened in each window that ends at the answer's instant, and at what rate. */
export const getWindows: AsOfHandler = (reads, config) => async (asOf) => {
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

/** `GET /api/policy`: the rule that splits revenue against what was done, over all time and in each window. */
export const getPolicy: AsOfHandler = (reads, config) => async (asOf) => {
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
