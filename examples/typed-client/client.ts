import { GraphQLClient } from 'graphql-request'
import { BurnedPerIntervalDocument, type SeriesInterval, TreasuryAtDocument } from './generated.js'

/** The treasury at a block, or now, in one sentence. */
export async function describeTreasury(url: string, block?: number): Promise<string> {
  const { treasury } = await clientOf(url).request(TreasuryAtDocument, {
    block: block === undefined ? null : { number: block },
  })
  const { balance, revenue, asOf } = treasury
  const age = asOf.lagSeconds === null ? '' : `, ${asOf.lagSeconds} s ago`
  return `${balance.decimal} ${balance.symbol} of ${revenue.decimal} earned, at block ${asOf.block}${age}`
}

/** What was burned in each interval, by when it begins, in whole tokens; null where it is unknown. */
export async function burnedPerInterval(
  url: string,
  interval: SeriesInterval,
  from: string,
): Promise<ReadonlyMap<string, string | null>> {
  const { series } = await clientOf(url).request(BurnedPerIntervalDocument, { interval, from })
  return new Map(series.map(({ start, change }) => [start, change.burned?.decimal ?? null]))
}

/** Asks by GET, so that caches between here and there can answer. */
function clientOf(url: string): GraphQLClient {
  return new GraphQLClient(url, { method: 'GET', jsonSerializer: JSON })
}
