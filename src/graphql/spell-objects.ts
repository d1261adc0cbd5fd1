import { BUYBACK } from '../core/figures/buyback'
import type { Moment } from '../core/figures/moment'
import { POLICY_BURN, POLICY_REWARDS } from '../core/figures/policy'
import { PRICE } from '../core/figures/price'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from '../core/figures/treasury'
import { USAGE } from '../core/figures/usage'
import {
  PROJECTION_ASSUMPTION,
  WINDOW,
  WINDOW_POLICY_BURN,
  WINDOW_POLICY_REWARDS,
} from '../core/figures/window'
import type { Known } from '../core/known'
import type { Span } from '../core/window'
import type { Units } from '../read/units'
import type { Closing } from './closing-types'
import { spellFigures } from './spell-figures'
import type { BucketChange } from './window-types'

/** The treasury, with its outflow by purpose. */
export function spellTreasury(moment: Moment, units: Units) {
  const outflow = spellFigures(TREASURY_OUTFLOW, moment, units)
  return Object.assign(spellFigures(TREASURY, moment, units), { outflow })
}

/** Both legs of the rule over all time. */
export function spellPolicy(moment: Moment, units: Units) {
  return {
    burn: spellFigures(POLICY_BURN, moment, units),
    rewards: spellFigures(POLICY_REWARDS, moment, units),
  }
}

/** The bounds of usage, labelled as what they are. */
export function spellUsage(moment: Moment, units: Units) {
  return Object.assign(spellFigures(USAGE, moment, units), { isEstimate: true as const })
}

/** The cumulative figures with which a bucket closed; those that nobody asks for are not computed. */
export function spellClosing(moment: Moment, units: Units): Closing {
  return new SpelledClosing(moment, units)
}

class SpelledClosing implements Closing {
  constructor(
    private readonly moment: Moment,
    private readonly units: Units,
  ) {}

  get economy() {
    return this.moment.economy
  }

  get supply() {
    return spellFigures(SUPPLY, this.moment, this.units)
  }

  get treasury() {
    return spellTreasury(this.moment, this.units)
  }

  get staking() {
    return spellFigures(STAKING, this.moment, this.units)
  }

  get buyback() {
    return spellFigures(BUYBACK, this.moment, this.units)
  }

  get price() {
    return spellFigures(PRICE, this.moment, this.units)
  }

  get usage() {
    return spellUsage(this.moment, this.units)
  }

  get policy() {
    return spellPolicy(this.moment, this.units)
  }
}

/** What happened in a span of time; its bounds are known even where the figures are not. */
export function spellSpan(
  { from, to }: { readonly from: number; readonly to: number },
  span: Known<Span>,
  units: Units,
): BucketChange {
  return Object.assign(spellFigures(WINDOW, span, units), {
    from,
    to,
    policy: {
      get burn() {
        return spellFigures(WINDOW_POLICY_BURN, span, units)
      },
      get rewards() {
        return spellFigures(WINDOW_POLICY_REWARDS, span, units)
      },
    },
    projectionAssumption: PROJECTION_ASSUMPTION,
  })
}
