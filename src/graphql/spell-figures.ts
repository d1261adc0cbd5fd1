import {
  evaluate,
  type Figure,
  type FigureGroup,
  type FigureUnit,
  type FigureValue,
} from '../core/figures/figure'
import { isUnknown, type Known, UNKNOWN_REASONS, type Unknown } from '../core/known'
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

/** What figures are computed from, and how they are shown. */
interface Source {
  readonly input: { readonly policy: Policy }
  /** Why none of them is known, where that is so. */
  readonly unknownInput: Unknown | undefined
  readonly units: Units
}

type Shape = new (input: Source['input'], unknownInput: Unknown | undefined, units: Units) => Source

/** How the figures of each group are looked up, made once. */
const shapes = new WeakMap<FigureGroup<never>, Shape>()

/**
 * Every figure of a group, computed by its own entry in the data dictionary, when it is asked for: of a long series most
 * never are. More fields can be assigned to it; copied, it would lose the figures.
 * @param input what they are computed from; where even that is unknown, so is each of them
 */
export function spellFigures<
  Input extends { readonly policy: Policy },
  Group extends FigureGroup<Input> = FigureGroup<Input>,
>(group: Group, input: Known<Input>, units: Units): Spelled<Group> {
  const Shaped = shapes.get(group) ?? shapeOf(group)
  shapes.set(group, Shaped)
  const unknownInput = isUnknown(input) ? input : undefined
  return new Shaped(input as Input, unknownInput, units) as Source & Spelled<Group>
}

function shapeOf(group: FigureGroup<never>): Shape {
  const figures = Object.entries<Figure<never>>(group)
  class SpelledGroup implements Source {
    constructor(
      readonly input: Source['input'],
      readonly unknownInput: Unknown | undefined,
      readonly units: Units,
    ) {}
  }
  for (const [name, figure] of figures) {
    Object.defineProperty(SpelledGroup.prototype, name, {
      get(this: Source) {
        const value = computed(figure, this)
        return isUnknown(value) ? null : spell(figure.unit, value as FigureValue, this.units)
      },
    })
  }
  Object.defineProperty(SpelledGroup.prototype, 'unknown', {
    get(this: Source): readonly UnknownFigure[] {
      return figures.flatMap(([name, figure]) => {
        const value = computed(figure, this)
        if (!isUnknown(value)) return []
        return [{ figure: name, reason: value.unknown, explanation: UNKNOWN_REASONS[value.unknown] }]
      })
    },
  })
  return SpelledGroup
}

function computed(figure: Figure<never>, { input, unknownInput }: Source): Known<FigureValue> {
  return unknownInput ?? evaluate(figure, input as never)
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
