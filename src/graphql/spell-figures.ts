import {
  evaluate,
  type Figure,
  type FigureGroup,
  type FigureUnit,
  type FigureValue,
} from '../core/figures/figure'
import { isUnknown, type Known, UNKNOWN_REASONS } from '../core/known'
import type { Policy } from '../core/policy'
import { type AsOf, isPartial } from '../read/as-of'
import type { Units } from '../read/units'
import { type Amount, amountOf } from './basic-types'
import type { UnknownFigure } from './figure-object'

/** A figure as its GraphQL type takes it: numbers of units of 10⁻¹⁸ are spelled by the scalar. */
export type SpelledFigure = Amount | FigureValue

/** The figures of a group by name, null where unknown, and why those are. */
export type Spelled<Group> = { readonly [Name in keyof Group]: SpelledFigure | null } & {
  readonly unknown: readonly UnknownFigure[]
}

/**
 * Every figure of a group, computed by its own entry in the data dictionary.
 * @param input what they are computed from; where even that is unknown, so is each of them
 */
export function spellFigures<
  Input extends { readonly policy: Policy },
  Group extends FigureGroup<Input> = FigureGroup<Input>,
>(group: Group, input: Known<Input>, units: Units): Spelled<Group> {
  const unknown: UnknownFigure[] = []
  const spelled = Object.entries<Figure<Input>>(group).map(([name, figure]) => {
    const value = isUnknown(input) ? input : evaluate(figure, input)
    if (!isUnknown(value)) return [name, spell(figure.unit, value as FigureValue, units)]
    unknown.push({ figure: name, reason: value.unknown, explanation: UNKNOWN_REASONS[value.unknown] })
    return [name, null]
  })
  return { ...Object.fromEntries(spelled), unknown }
}

/** What belongs to every answer: its block, and whether any figure of these groups lacks history there. */
export function answerFields(
  asOf: AsOf,
  ...groups: readonly FigureGroup<never>[]
): { readonly partial: boolean; readonly asOf: AsOf } {
  const figures = groups.flatMap((group) => Object.values<Figure<never>>(group))
  return {
    partial: isPartial(
      asOf,
      figures.flatMap(({ dependsOn }) => dependsOn),
    ),
    asOf,
  }
}

function spell(unit: FigureUnit, value: FigureValue, units: Units): SpelledFigure {
  switch (unit) {
    case 'token':
    case 'stable':
    case 'reward':
      if (typeof value !== 'bigint') throw new TypeError(`a figure in ${unit} is no amount`)
      return amountOf(value, units[unit])
    default:
      return value
  }
}
