import { z } from 'zod'
import { SUPPLY } from '../core/figures/supply'
import { isoOf } from '../core/iso-time'
import { FIXED_POINT, FIXED_POINT_DECIMALS, formatUnits } from '../core/units'
import type { AsOfHandler } from './answer-as-of'
import { emptyQuery } from './as-of-query'
import { json } from './reply'
import { asOfRoute, jsonAnswer } from './route'
import { requireWhole } from './whole-history'
import { addressText, decimalText, isoTime } from './wire-schema'

const PER_CENT = 100n

const getSupplyBreakdown: AsOfHandler = (reads, config) => async (asOf) => {
  requireWhole(asOf, 'circulatingSupply', SUPPLY.circulatingSupply)
  const { economy } = await reads.economyAt(asOf)
  const wallets = await reads.excludedWalletsAt(asOf)
  const { decimals } = config.contracts.token
  const { totalSupply, circulatingSupply, outstandingSupply, excludedBalance } = economy
  const lastUpdated = isoOf(asOf.instant)
  return json({
    supply_data: {
      total_supply: formatUnits(totalSupply, decimals),
      circulating_supply: formatUnits(circulatingSupply, decimals),
      outstanding_supply: formatUnits(outstandingSupply, decimals),
      non_circulating_supply: formatUnits(excludedBalance, decimals),
      last_updated: lastUpdated,
    },
    non_circulating_wallets: wallets.map(({ address, label, balance }) => ({
      address,
      label,
      balance: formatUnits(balance, decimals),
      percentage_of_total_supply: totalSupply > 0n ? percentage(balance, totalSupply) : null,
      last_updated: lastUpdated,
    })),
  })
}

function percentage(part: bigint, whole: bigint): string {
  return formatUnits((part * PER_CENT * FIXED_POINT) / whole, FIXED_POINT_DECIMALS)
}

const lastUpdated = isoTime.describe(
  'When this was so: the time of the answer’s block, or the time asked for.',
)

const breakdownSchema = z.strictObject({
  supply_data: z
    .strictObject({
      total_supply: decimalText.describe(`totalSupply. ${SUPPLY.totalSupply.definition}`),
      circulating_supply: decimalText.describe(`circulatingSupply. ${SUPPLY.circulatingSupply.definition}`),
      outstanding_supply: decimalText.describe(`outstandingSupply. ${SUPPLY.outstandingSupply.definition}`),
      non_circulating_supply: decimalText.describe(`excludedBalance. ${SUPPLY.excludedBalance.definition}`),
      last_updated: lastUpdated,
    })
    .describe('Whole tokens. total_supply = circulating_supply + non_circulating_supply.'),
  non_circulating_wallets: z.array(
    z.strictObject({
      address: addressText,
      label: z.string().describe('What the wallet is, in the words of economy.yaml.'),
      balance: decimalText.describe('Its balance, in whole tokens.'),
      percentage_of_total_supply: decimalText
        .nullable()
        .describe('balance ÷ total_supply × 100, exact to 10⁻¹⁸; null where total_supply is 0.'),
      last_updated: lastUpdated,
    }),
  ),
})

/** What circulates and what does not, wallet by wallet, in the format that listing sites read. */
export const SUPPLY_BREAKDOWN_ROUTE = asOfRoute({
  path: '/api/supply/breakdown',
  operation: 'getSupplyBreakdown',
  tag: 'supply',
  summary: 'What circulates and what does not, wallet by wallet',
  description: 'Amounts in whole tokens. Refused (503, E5033) where history of the token was left out.',
  params: emptyQuery,
  query: emptyQuery,
  handler: () => getSupplyBreakdown,
  answers: [jsonAnswer(breakdownSchema, 'Supply, and the wallets that do not circulate.')],
})
