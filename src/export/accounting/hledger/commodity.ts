import type { EconomyFile } from '../../../config/economy-file'
import { formatUnits } from '../../../core/units'
import { SymbolUnusable } from '../errors'

/** An asset as a journal names and counts it. */
export interface Commodity {
  /** The symbol in quotes: without them, hledger takes letters only. */
  readonly name: string
  readonly decimals: number
}

/** What the treasury is counted in, and what it buys back. */
export interface Commodities {
  readonly stable: Commodity
  readonly token: Commodity
}

/** @throws SymbolUnusable (E7072) */
export function commoditiesOf({ contracts: { stable, token } }: EconomyFile): Commodities {
  for (const [contract, { symbol }] of Object.entries({ stable, token })) {
    // Not even quotes make these part of a name in a journal.
    if (/[";\p{Cc}]/u.test(symbol)) {
      throw new SymbolUnusable({
        contract,
        symbol,
        problem: 'it has a quote, a semicolon or a control character',
      })
    }
  }
  if (token.symbol === stable.symbol) {
    throw new SymbolUnusable({
      contract: 'token',
      symbol: token.symbol,
      problem: 'contracts.stable has the same, and a journal would add both up',
    })
  }
  const commodityOf = ({ symbol, decimals }: typeof token) => ({ name: `"${symbol}"`, decimals })
  return { stable: commodityOf(stable), token: commodityOf(token) }
}

/** An amount of base units, exactly. */
export function amountOf(units: bigint, { name, decimals }: Commodity): string {
  return `${formatUnits(units, decimals)} ${name}`
}

/** The line that declares a commodity, with all of its decimal places: hledger shows and compares that many. */
export function commodityDirective({ name, decimals }: Commodity): string {
  return `commodity 1000.${'0'.repeat(decimals)} ${name}\n`
}
