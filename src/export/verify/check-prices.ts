import type { Policy } from '../../core/policy'
import { priceOf } from '../../core/price'
import { FIXED_POINT_DECIMALS, formatUnits } from '../../core/units'
import type { Rule } from './block-rows'
import type { Findings } from './finding'
import { addAt, amountAt, cellAt, positions } from './row'

const PRICE = positions('prices', ['price', 'stable_amount', 'token_amount'])

/** Each price is the quotient of its amounts. */
export function checkPrices(findings: Findings, policy: Policy): Rule {
  return {
    visit({ rows }) {
      for (const row of rows.prices ?? []) {
        const [stable, token] = [
          amountAt(row, PRICE.stable_amount) ?? 0n,
          amountAt(row, PRICE.token_amount) ?? 0n,
        ]
        const quotient =
          token > 0n ? formatUnits(priceOf(stable, token, policy), FIXED_POINT_DECIMALS) : 'none'
        const found = cellAt(row, PRICE.price)
        if (found !== quotient) {
          addAt(
            findings,
            'running',
            row,
            'price',
            `is ${found}, and the quotient of its amounts is ${quotient}`,
          )
        }
      }
    },
  }
}
