import type { Moment } from '../../core/figures/moment'
import { SUPPLY } from '../../core/figures/supply'
import { WINDOW } from '../../core/figures/window'
import { unitsOf } from '../../read/units'
import { asOfLine, partialNote } from './as-of-line'
import { markup } from './markup'
import { amountOf, leadingAmount, listedAmount } from './shown-figure'
import { type Widget, widgetQuery } from './widget'

const WINDOWS_SHOWN = [
  ['d1', 'Last 24 hours'],
  ['d30', 'Last 30 days'],
] as const

/** `GET /embed/burn`: what was destroyed for good, and how fast. */
export const BURN_COUNTER: Widget = {
  title: '$ASHAO burned',
  description: 'Tokens that were destroyed for good: in all, by buybacks, and lately.',
  size: { width: 480, height: 220 },
  narrowHeight: 280,
  query: widgetQuery,
  content: (reads, config) => async (asOf) => {
    const { economy } = await reads.economyAt(asOf)
    const names = WINDOWS_SHOWN.map(([name]) => name)
    const windows = await reads.windowsAt(asOf, names)
    const moment: Moment = { economy, policy: config.policy }
    const units = unitsOf(config)
    const { symbol } = units.token
    const lately = WINDOWS_SHOWN.flatMap(([name, title]) =>
      windows
        .filter((window) => window.name === name)
        .map(({ span }) => listedAmount(title, amountOf(WINDOW.burned, span, units), symbol)),
    )
    return markup`<h1>$ASHAO burned</h1>
<div class="burned">${leadingAmount(amountOf(SUPPLY.cumulativeBurn, moment, units))}</div>
${partialNote(asOf, ['token'])}
<dl>
${listedAmount('By buybacks', amountOf(SUPPLY.burnedByBuyback, moment, units), symbol)}
${lately}
${listedAmount('Plus at dead addresses', amountOf(SUPPLY.deadBurn, moment, units), symbol)}
</dl>
${asOfLine(asOf)}`
  },
}
