import { z } from 'zod'
import { evaluate, type Figure } from '../core/figures/figure'
import type { Moment } from '../core/figures/moment'
import { PRICE } from '../core/figures/price'
import { STAKING } from '../core/figures/staking'
import { SUPPLY } from '../core/figures/supply'
import { TREASURY } from '../core/figures/treasury'
import { isUnknown } from '../core/known'
import { isPartial } from '../read/as-of'
import { Refusal } from '../read/errors'
import { unitsOf } from '../read/units'
import type { AsOfHandler } from './answer-as-of'
import { choice, emptyQuery } from './as-of-query'
import { compactAmount } from './compact-amount'
import { decimalsOf, symbolOf } from './decimal-figure'
import { problemReply } from './problem'
import { json } from './reply'
import { type Answer, asOfRoute, jsonAnswer, type Route } from './route'

interface Badge {
  readonly label: string
  readonly color: string
  readonly figure: Figure<Moment>
}

const BADGES = {
  burned: { label: 'burned', color: 'orange', figure: SUPPLY.cumulativeBurn },
  supply: { label: 'supply', color: 'blue', figure: SUPPLY.totalSupply },
  circulating: { label: 'circulating', color: 'blue', figure: SUPPLY.circulatingSupply },
  holders: { label: 'holders', color: 'blue', figure: SUPPLY.holders },
  staked: { label: 'staked', color: 'green', figure: STAKING.staked },
  stakers: { label: 'stakers', color: 'green', figure: STAKING.stakers },
  rewards: { label: 'rewards paid', color: 'green', figure: STAKING.rewardsPaid },
  treasury: { label: 'treasury', color: 'brightgreen', figure: TREASURY.balance },
  revenue: { label: 'revenue', color: 'brightgreen', figure: TREASURY.revenue },
  price: { label: 'price', color: 'blueviolet', figure: PRICE.price },
} as const satisfies Record<string, Badge>

type BadgeName = keyof typeof BADGES
const NAMES = Object.keys(BADGES) as [BadgeName, ...BadgeName[]]

/** shields.io asks again after five minutes, the least that it allows. */
const CACHE_SECONDS = 300

const getBadge =
  (name: BadgeName): AsOfHandler =>
  (reads, config) =>
  async (asOf) => {
    const { label, color, figure }: Badge = BADGES[name]
    if (isPartial(asOf, figure.dependsOn)) return json(failed(name, 'history incomplete'))
    const { economy } = await reads.economyAt(asOf)
    const value = evaluate(figure, { economy, policy: config.policy })
    if (isUnknown(value)) return json(failed(name, 'unknown'))
    const units = unitsOf(config)
    const amount = compactAmount(BigInt(value), decimalsOf(figure.unit, units))
    const symbol = figure.unit === 'token' ? undefined : symbolOf(figure.unit, units)
    const message = symbol === undefined ? amount : `${amount} ${symbol}`
    return json({ schemaVersion: 1, label, message, color, cacheSeconds: CACHE_SECONDS })
  }

/** A badge that says why there is no value; shields.io draws it as an error. */
function failed(name: BadgeName, message: string) {
  return {
    schemaVersion: 1,
    label: BADGES[name].label,
    message,
    color: 'lightgrey',
    isError: true,
    cacheSeconds: CACHE_SECONDS,
  }
}

const badge = {
  schemaVersion: z.literal(1),
  label: z.string(),
  color: z.string(),
  cacheSeconds: z.literal(CACHE_SECONDS),
}

// shields.io refuses a badge that has any other key.
const valueSchema = z.strictObject({
  ...badge,
  message: z
    .string()
    .regex(/^\d+(\.\d+)?[kMBT]?( \S+)?$/)
    .describe('The figure, rounded down; in whole units.'),
})
const failedSchema = z.strictObject({
  ...badge,
  message: z.string().describe('Why there is no value.'),
  isError: z.literal(true),
})

const unavailable: Answer = {
  status: 503,
  type: 'application/json',
  description: 'Nothing is indexed yet, or the newest block is too old: a badge that says so.',
  schema: failedSchema,
}

const route = asOfRoute({
  path: '/api/badges/{figure}',
  operation: 'getBadge',
  tag: 'explorers',
  summary: 'A badge, as shields.io’s endpoint reads it',
  description: NAMES.map((name) => `\`${name}\`: ${BADGES[name].figure.definition}`).join('\n\n'),
  example: '/api/badges/burned',
  params: z.strictObject({ figure: choice(NAMES, 'Which figure.') }),
  query: emptyQuery,
  refusals: [400, 404, 429],
  handler: ({ figure }) => getBadge(figure),
  answers: [
    jsonAnswer(
      z.union([valueSchema, failedSchema]),
      'The badge; one with isError where the figure is unknown.',
    ),
    unavailable,
  ],
})

/** A badge for a page that shows images alone: also a refusal for want of figures is one, and never an old value. */
export const BADGE_ROUTE: Route = {
  ...route,
  handle: async (services, request) => {
    try {
      return await route.handle(services, request)
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'unavailable') throw error
      const { status, headers } = problemReply(error, services.report)
      const { figure } = request.params as { readonly figure: BadgeName }
      const reply = json(failed(figure, error.code === 'E5003' ? 'stale' : 'unavailable'), status)
      return { ...reply, headers: { ...headers, ...reply.headers } }
    }
  },
}
