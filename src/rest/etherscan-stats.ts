import { z } from 'zod'
import { evaluate, type Figure } from '../core/figures/figure'
import type { Moment } from '../core/figures/moment'
import { SUPPLY } from '../core/figures/supply'
import type { AsOfHandler } from './answer-as-of'
import { emptyQuery } from './as-of-query'
import { json, type Reply } from './reply'
import { asOfRoute, jsonAnswer } from './route'
import { requireWhole } from './whole-history'
import { baseUnits } from './wire-schema'

/** Actions of `module=stats`, in the words of Etherscan. */
const ACTIONS = new Map<string, Figure<Moment>>([
  ['tokensupply', SUPPLY.totalSupply],
  ['tokenCsupply', SUPPLY.circulatingSupply],
])

const word = (description: string) =>
  z.string({ error: 'is given more than once' }).optional().describe(description)

// What is missing or wrong among these is told in Etherscan's own form, with status 200, because its clients read that.
const statsQuery = z.strictObject({
  module: word('`stats`.'),
  action: word(`One of ${[...ACTIONS.keys()].map((name) => `\`${name}\``).join(', ')}.`),
  contractaddress: word('Address of the token, in upper or lower case.'),
  chainid: word('Chain id, where the client sends one; another chain’s is refused.'),
  apikey: word('Accepted and ignored: clients of Etherscan always send one.'),
})

type StatsQuery = z.infer<typeof statsQuery>

const getStats: AsOfHandler<StatsQuery> = (reads, config) => async (asOf, query) => {
  const { token } = config.contracts
  if (query.module !== 'stats') return refused('Missing Or invalid Module name')
  const figure = ACTIONS.get(query.action ?? '')
  if (figure === undefined) return refused('Missing Or invalid Action name')
  if (query.chainid !== undefined && query.chainid !== String(config.chain.id)) {
    return refused('Missing or unsupported chainid parameter')
  }
  const address = query.contractaddress ?? ''
  if (!/^0x[0-9a-fA-F]{40}$/.test(address)) return refused('Invalid contract address format')
  if (address.toLowerCase() !== token.address)
    return refused(`Not the token of this economy, ${token.address}`)
  requireWhole(asOf, query.action ?? '', figure)
  const { economy } = await reads.economyAt(asOf)
  const value = evaluate(figure, { economy, policy: config.policy })
  if (typeof value !== 'bigint') throw new TypeError(`${query.action} is no amount`)
  return json({ status: '1', message: 'OK', result: value.toString() })
}

function refused(reason: string): Reply {
  return json({ status: '0', message: 'NOTOK', result: `Error! ${reason}` })
}

const statsSchema = z.union([
  z.strictObject({
    status: z.literal('1'),
    message: z.literal('OK'),
    result: baseUnits.describe('Base units of the token.'),
  }),
  z.strictObject({
    status: z.literal('0'),
    message: z.literal('NOTOK'),
    result: z
      .string()
      .regex(/^Error! /)
      .describe('What is wrong.'),
  }),
])

/** Supply for programs that were written for Etherscan and Blockscout. */
export const ETHERSCAN_STATS_ROUTE = asOfRoute({
  path: '/api',
  operation: 'getEtherscanStats',
  tag: 'explorers',
  summary: 'Supply, as Etherscan and Blockscout answer it',
  description: `\`tokensupply\` is totalSupply, \`tokenCsupply\` circulatingSupply. ${SUPPLY.circulatingSupply.definition} Besides Etherscan’s parameters, block and at ask for history.`,
  example: '/api?module=stats&action=tokensupply&contractaddress=0x1111111111111111111111111111111111111111',
  params: emptyQuery,
  query: statsQuery,
  handler: () => getStats,
  answers: [jsonAnswer(statsSchema, 'Raw base units; or status 0 and what is wrong with the question.')],
})
