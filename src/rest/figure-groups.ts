import { z } from 'zod'
import { BUYBACK } from '../core/figures/buyback'
import type { Moment } from '../core/figures/moment'
import { POLICY_BURN, POLICY_REWARDS } from '../core/figures/policy'
import { PRICE } from '../core/figures/price'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from '../core/figures/treasury'
import { USAGE } from '../core/figures/usage'
import { unitsOf } from '../read/units'
import { emptyQuery } from './as-of-query'
import { type FlatGroups, figureFrame, flatFigures, pick } from './figure-json'
import { figureShape, frameShape } from './figure-schema'
import { json } from './reply'
import { asOfRoute, jsonAnswer, type Route } from './route'

interface GroupPath extends Pick<Route, 'path' | 'operation' | 'summary' | 'description'> {
  readonly groups: FlatGroups<Moment>
  /** What every answer says besides. */
  readonly more?: Readonly<Record<string, boolean>>
}

/** A path that shows groups of the dictionary at a block, as one flat object. */
const groupRoute = ({ groups, more = {}, ...described }: GroupPath): Route =>
  asOfRoute({
    ...described,
    tag: 'figures',
    params: emptyQuery,
    query: emptyQuery,
    handler: () => (reads, config) => async (asOf) => {
      const { economy } = await reads.economyAt(asOf)
      const units = unitsOf(config)
      return json({
        ...flatFigures(groups, { economy, policy: config.policy }, units),
        ...more,
        ...figureFrame(groups, asOf, units),
      })
    },
    answers: [
      jsonAnswer(
        z.strictObject({
          ...figureShape(groups),
          ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, z.literal(value)])),
          ...frameShape(groups),
        }),
        'The figures, and the block that they are true at.',
      ),
    ],
  })

/** Every group that is one object. */
export const FIGURE_GROUP_ROUTES: readonly Route[] = [
  groupRoute({
    path: '/api/treasury',
    operation: 'getTreasury',
    summary: 'The treasury',
    description:
      'The treasury, what its money did, and the rule that splits revenue. Treasury and policy amounts are in the stable asset, supply and stake in the token, rewards in the reward token.',
    groups: [
      ['', TREASURY],
      ['outflow', TREASURY_OUTFLOW],
      ['', pick(SUPPLY, 'cumulativeBurn', 'burnedByBuyback', 'deadBurn')],
      ['buyback', pick(BUYBACK, 'averagePrice')],
      ['', pick(STAKING, 'rewardsPaid')],
      ['', pick(SUPPLY, 'circulatingSupply', 'outstandingSupply', 'totalSupply')],
      ['', pick(STAKING, 'staked', 'stakers')],
      ['', pick(SUPPLY, 'holders')],
      ['policyBurn', POLICY_BURN],
      ['policyRewards', POLICY_REWARDS],
    ],
  }),
  groupRoute({
    path: '/api/staking',
    operation: 'getStaking',
    summary: 'Stakes and rewards',
    description: 'Stakes, and the rewards that were paid on them.',
    groups: [['', STAKING]],
  }),
  groupRoute({
    path: '/api/buyback',
    operation: 'getBuyback',
    summary: 'Buybacks',
    description: 'What was paid for tokens, and what was burned of them. A buyback is not a burn.',
    groups: [['', BUYBACK]],
  }),
  groupRoute({
    path: '/api/price',
    operation: 'getPrice',
    summary: 'The price of the token',
    description: 'The newest price that was seen on the chain; no feed from outside is asked.',
    groups: [['', PRICE]],
  }),
  groupRoute({
    path: '/api/usage',
    operation: 'getUsage',
    summary: 'Usage, an estimate',
    description:
      'What people paid for inference, between two bounds: the chain shows only the treasury’s share.',
    groups: [['', USAGE]],
    more: { isEstimate: true },
  }),
]
