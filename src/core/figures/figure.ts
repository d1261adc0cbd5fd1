import type { ContractName } from '../events'
import { isUnknown, type Known } from '../known'
import type { Policy } from '../policy'
import { FIXED_POINT } from '../units'

/**
 * What a figure is counted in. `token`, `stable` and `reward` are base units of that asset; `price` (stable asset for
 * one whole token), `rewardPerToken` (whole reward tokens for one whole token) and `ratio` are in units of 10⁻¹⁸;
 * `count`, `block`, `seconds` and `credits` are whole numbers; `basisPoints` are ten-thousandths; `text` is one word
 * of a list.
 */
export type FigureUnit =
  | 'token'
  | 'stable'
  | 'reward'
  | 'price'
  | 'rewardPerToken'
  | 'ratio'
  | 'credits'
  | 'count'
  | 'block'
  | 'seconds'
  | 'basisPoints'
  | 'text'

/** The one place that says what a figure is: every interface takes name, unit and definition from here. */
export interface Figure<Input> {
  readonly unit: FigureUnit
  /** How it comes about, in terms of other figures and of events. */
  readonly definition: string
  /** What on the chain it rests on. */
  readonly source: string
  /** Contracts that must be indexed from their start for it to be true. */
  readonly dependsOn: readonly ContractName[]
  /** Column of `snapshot` that holds it, where one does. */
  readonly column?: string
  /** Where set, a figure over partial history is not known at all, rather than a change since the start block. */
  readonly needsWholeHistory?: true
  readonly value: (input: Input) => Known<FigureValue>
}

export type FigureValue = bigint | number | string

/** Figures that belong together, by name. */
export type FigureGroup<Input> = Readonly<Record<string, Figure<Input>>>

/** A figure's value, or why there is none. */
export function evaluate<Input extends { readonly policy: Policy }>(
  figure: Figure<Input>,
  input: Input,
): Known<FigureValue> {
  const { needsWholeHistory, dependsOn } = figure
  if (needsWholeHistory && dependsOn.some((contract) => input.policy.partial[contract])) {
    return { unknown: 'HISTORY_PARTIAL' }
  }
  return figure.value(input)
}

/** numerator ÷ denominator in units of 10⁻¹⁸, rounded towards zero. @throws RangeError if the denominator is 0. */
export function quotient(numerator: bigint, denominator: bigint): bigint {
  return (numerator * FIXED_POINT) / denominator
}

/** Computes with a figure that may be unknown: what is unknown stays so. */
export function withKnown<T, R>(value: Known<T>, use: (value: T) => Known<R>): Known<R> {
  return isUnknown(value) ? value : use(value as T)
}
