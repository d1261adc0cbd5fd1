import { BUYBACK } from '../core/figures/buyback'
import type { Moment } from '../core/figures/moment'
import { POLICY_BURN, POLICY_REWARDS } from '../core/figures/policy'
import { PRICE } from '../core/figures/price'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from '../core/figures/treasury'
import { USAGE } from '../core/figures/usage'
import { unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { type FlatGroups, figureFrame, flatFigures, pick } from './figure-json'
import { json } from './reply'

/** A path that shows groups of the dictionary at a block, as one flat object. */
const getGroups =
  (groups: FlatGroups<Moment>, more: Readonly<Record<string, unknown>> = {}): AsOfHandler =>
  (reads, config) =>
  async (asOf) => {
    const { economy } = await reads.economyAt(asOf)
    const units = unitsOf(config)
    return json({
      ...flatFigures(groups, { economy, policy: config.policy }, units),
      ...more,
      ...figureFrame(groups, asOf, units),
    })
  }

/**
 * `GET /api/treasury`: the treasury, what its money did, and the rule that splits revenue, in one object. Treasury
 * and policy amounts are in the stable asset, supply and stake in the token, rewards in the reward token.
 */
export const getTreasury = getGroups([
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
])

/** `GET /api/staking`: stakes, and the rewards that were paid on them. */
export const getStaking = getGroups([['', STAKING]])

/** `GET /api/buyback`: what was paid for tokens, and what was burned of them. */
export const getBuyback = getGroups([['', BUYBACK]])

/** `GET /api/price`: the newest price that was seen on the chain. */
export const getPrice = getGroups([['', PRICE]])

/** `GET /api/usage`: what people paid for inference, between two bounds. */
export const getUsage = getGroups([['', USAGE]], { isEstimate: true })
