import type { Moment } from '../../core/figures/moment'
import { POLICY_BURN, POLICY_REWARDS } from '../../core/figures/policy'
import { STAKING } from '../../core/figures/staking'
import { SUPPLY } from '../../core/figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from '../../core/figures/treasury'
import { isUnknown } from '../../core/known'
import { formatUnits } from '../../core/units'
import { unitsOf } from '../../read/units'
import { compactAmount } from '../compact-amount'
import { asOfLine, partialNote } from './as-of-line'
import { type Markup, markup, NOTHING } from './markup'
import { type Amount, amountOf, leadingAmount, listedAmount } from './shown-figure'
import { type Widget, widgetQuery } from './widget'

/** `GET /embed/treasury`: what the treasury holds and earned, and how far the rule that splits revenue was followed. */
export const TREASURY_CARD: Widget = {
  title: '$ASHAO treasury',
  description:
    'What the protocol treasury holds, earned and paid out, and whether the split of revenue was kept.',
  size: { width: 480, height: 250 },
  narrowHeight: 340,
  query: widgetQuery,
  content: (reads, config) => async (asOf) => {
    const { economy } = await reads.economyAt(asOf)
    const moment: Moment = { economy, policy: config.policy }
    const units = unitsOf(config)
    const { symbol } = units.stable
    return markup`<h1>$ASHAO treasury</h1>
${leadingAmount(amountOf(TREASURY.balance, moment, units))}
${partialNote(asOf, ['token', 'staking', 'stable'])}
<dl>
${listedAmount('Revenue', amountOf(TREASURY.revenue, moment, units), symbol)}
${listedAmount('Rewards paid', amountOf(STAKING.rewardsPaid, moment, units), symbol)}
${listedAmount('Burned', amountOf(SUPPLY.cumulativeBurn, moment, units), symbol, BURN_MARK)}
</dl>
<div class="legs">
${leg('Buybacks', 'burn', amountOf(TREASURY_OUTFLOW.buyback, moment, units), amountOf(POLICY_BURN.allocated, moment, units))}
${leg('Rewards', 'rewards', amountOf(TREASURY_OUTFLOW.rewards, moment, units), amountOf(POLICY_REWARDS.allocated, moment, units))}
</div>
${asOfLine(asOf)}`
  },
}

const BURN_MARK = markup`<i class="mark burned"></i>`

/** What a leg of the rule got, of what the rule gives it. */
function leg(name: string, kind: string, executed: Amount, allocated: Amount): Markup {
  const [done, due] = [executed.value, allocated.value]
  if (isUnknown(done) || isUnknown(due)) return NOTHING
  const { decimals, symbol } = executed.unit
  const exact = `${formatUnits(done, decimals)} of ${formatUnits(due, decimals)} ${symbol}`
  const short = `${compactAmount(done, decimals)} of ${compactAmount(due, decimals)}`
  return markup`<p><span>${name}, of what is due</span> <b title="${exact}">${short} <small>${symbol}</small></b>
<svg class="bar ${kind}" viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true"><rect class="due" width="1000" height="1"/><rect width="${permille(done, due)}" height="1"/></svg></p>`
}

/** At most all of what is due: a bar cannot be longer than itself, so the amounts beside it tell more. */
function permille(done: bigint, due: bigint): number {
  if (done <= 0n) return 0
  return done >= due ? 1000 : Number((done * 1000n) / due)
}
