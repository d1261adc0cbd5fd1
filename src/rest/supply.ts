import { z } from 'zod'
import { ACCOUNT } from '../core/figures/account'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { unitsOf } from '../read/units'
import { bothSpellings } from './amounts'
import type { AsOfHandler } from './answer-as-of'
import { emptyQuery } from './as-of-query'
import { figureFrame, flatFigures, pick } from './figure-json'
import { figureShape, frameShape } from './figure-schema'
import { json } from './reply'
import { asOfRoute, jsonAnswer } from './route'
import { addressText, baseUnits, blockNumber, decimalText } from './wire-schema'

const GROUPS = [['', SUPPLY] as const, ['', pick(STAKING, 'staked', 'stakers')] as const]

const getSupply: AsOfHandler = (reads, config) => async (asOf) => {
  const { economy } = await reads.economyAt(asOf)
  const wallets = await reads.excludedWalletsAt(asOf)
  const units = unitsOf(config)
  return json({
    ...flatFigures(GROUPS, { economy, policy: config.policy }, units),
    excludedWallets: wallets.map(({ balance, ...wallet }) => ({
      ...wallet,
      ...bothSpellings(units.token, { balance }),
    })),
    ...figureFrame(GROUPS, asOf, units),
  })
}

const walletSchema = z.strictObject({
  address: addressText,
  label: z.string().describe('What it is, in the words of economy.yaml.'),
  fromBlock: blockNumber
    .nullable()
    .describe('Block from which on it is excluded; null where its tokens never circulated.'),
  balance: baseUnits.describe(`${ACCOUNT.balance.definition} Counted in base units of the token.`),
  balanceDecimal: decimalText.describe('balance, in whole tokens.'),
})

export const SUPPLY_ROUTE = asOfRoute({
  path: '/api/supply',
  operation: 'getSupply',
  tag: 'supply',
  summary: 'Every supply figure',
  description: 'Every supply figure, and the wallets whose tokens do not circulate.',
  params: emptyQuery,
  query: emptyQuery,
  handler: () => getSupply,
  answers: [
    jsonAnswer(
      z.strictObject({
        ...figureShape(GROUPS),
        excludedWallets: z.array(walletSchema).describe('The wallets that excludedBalance is the sum of.'),
        ...frameShape(GROUPS),
      }),
      'The figures, and the block that they are true at.',
    ),
  ],
})
