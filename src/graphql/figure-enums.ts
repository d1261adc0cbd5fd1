import { registerEnumType } from 'type-graphql'
import type { BurnMode as BurnModeName, PriceSource as PriceSourceName } from '../core/economy'
import type { FigureUnit as UnitName } from '../core/figures/figure'
import { INVARIANT_NAMES, INVARIANTS, type InvariantName as Invariant } from '../core/invariants'
import { UNKNOWN_REASONS } from '../core/known'

/** Registers an enum whose values are described by `texts`, and whose names are their values. */
function describedEnum<Name extends string>(
  name: string,
  description: string,
  texts: Readonly<Record<Name, string>>,
): { readonly [Value in Name]: Value } {
  const values = Object.fromEntries(Object.keys(texts).map((value) => [value, value])) as {
    [Value in Name]: Value
  }
  const described = Object.entries<string>(texts).map(([value, text]) => [value, { description: text }])
  registerEnumType(values, { name, description, valuesConfig: Object.fromEntries(described) })
  return values
}

export const BurnMode = describedEnum<BurnModeName>('BurnMode', 'How the token destroys.', {
  UNKNOWN: 'Nothing has been destroyed yet.',
  TRANSFER: 'Every burn is a Transfer to the zero address.',
  BURN_EVENT: 'Every burn is a Burn event without a Transfer.',
})

export const PriceSource = describedEnum<PriceSourceName>('PriceSource', 'Where a price was seen.', {
  BUYBACK: 'A transaction in which a buyback address paid the stable asset and got tokens.',
  PAIR: 'What the configured Uniswap V2 pair held when a block ended.',
})

export const UnknownReason = describedEnum(
  'UnknownReason',
  'Why a figure is null. A missing value is never 0.',
  UNKNOWN_REASONS,
)

/** What figures are counted in, in words. */
export const UNIT_TEXTS: Readonly<Record<UnitName, string>> = {
  token: 'the token',
  stable: 'the stable asset',
  reward: 'the reward token',
  price: 'whole units of the stable asset for one whole token',
  rewardPerToken: 'whole reward tokens for one whole token',
  ratio: 'a fraction, 1 being the whole',
  credits: 'credits',
  count: 'a whole number',
  block: 'a block number',
  seconds: 'seconds',
  basisPoints: 'basis points (1/10000)',
  text: 'one word of a list',
}

export const FigureUnit = describedEnum(
  'FigureUnit',
  'What a figure is counted in.',
  describedBy(Object.keys(UNIT_TEXTS) as UnitName[], (name) => `Counted in: ${UNIT_TEXTS[name]}.`),
)

export const InvariantName = describedEnum(
  'InvariantName',
  'What must hold at every block, each by its name.',
  describedBy<Invariant>(INVARIANT_NAMES, (name) => INVARIANTS[name].claim),
)

export const InvariantStatus = describedEnum('InvariantStatus', 'Whether an invariant holds at a block.', {
  HOLDS: 'It holds.',
  BROKEN: 'It does not hold: an alarm.',
  UNKNOWN: 'It cannot be judged; `reason` says why.',
})

function describedBy<Name extends string>(
  names: readonly Name[],
  textOf: (name: Name) => string,
): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, textOf(name)])) as Record<Name, string>
}
