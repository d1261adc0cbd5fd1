import 'reflect-metadata'
import type { GraphQLScalarType } from 'graphql'
import { type ClassType, Field, Int } from 'type-graphql'
import { dataDictionary, type FIGURES, type FigureEntry, type FigureGroupName } from '../core/figures'
import type { Unknown } from '../core/known'
import { Amount } from './basic-types'
import { BurnMode, PriceSource, UNIT_TEXTS } from './figure-enums'
import { BigIntScalar, DecimalScalar } from './scalars'

type Groups = typeof FIGURES
type Class = abstract new (...args: never[]) => object

/** Whether a figure can be unknown for another reason than a partial history, which its entry tells. */
type MayBeUnknown<Figure> = Figure extends { readonly needsWholeHistory: true }
  ? false
  : Figure extends { readonly value: (input: never) => infer Value }
    ? [Extract<Value, Unknown>] extends [never]
      ? false
      : true
    : false

/** Null has to be allowed where a figure can be unknown: the compiler reads it off the figure's own function. */
type Nullability<Group extends FigureGroupName> = true extends {
  [Name in keyof Groups[Group]]: MayBeUnknown<Groups[Group][Name]>
}[keyof Groups[Group]]
  ? [options: { readonly nullable: true }]
  : [options?: { readonly nullable: true }]

/** Figures that are unknown for no other reason than a partial history. */
type KnownName<Group extends FigureGroupName> = {
  [Name in keyof Groups[Group]]: MayBeUnknown<Groups[Group][Name]> extends false ? Name : never
}[keyof Groups[Group]]

const DICTIONARY = dataDictionary()

/** The words that figures of unit `text` are one of. */
const WORDS: Readonly<Record<string, object>> = {
  'supply.burnMode': BurnMode,
  'price.source': PriceSource,
}

/**
 * Gives a class one field for each figure of a group, with everything that is said about it in the data dictionary.
 * Several groups have the same figures, each with its own definition: then all of them are in the description.
 * A field is nullable where its figure needs the whole history, or where `nullable` says so of the whole group.
 */
export function FigureFields<Group extends FigureGroupName>(
  groups: readonly Group[],
  ...[options]: Nullability<Group>
): (target: Class) => void {
  const entries = DICTIONARY.filter(({ group }) => groups.some((wanted) => wanted === group))
  const names = new Set(entries.map(({ name }) => name))
  return (target) => {
    for (const name of names) {
      declare(
        target.prototype,
        name,
        entries.filter((entry) => entry.name === name),
        options?.nullable ?? false,
      )
    }
  }
}

/** Makes one property the field of one figure, for a figure that stands among those of another group. */
export function FigureField<Group extends FigureGroupName>(
  group: Group,
  name: string & KnownName<Group>,
): PropertyDecorator {
  return (prototype, property) => {
    const entries = DICTIONARY.filter((entry) => entry.group === group && entry.name === name)
    declare(prototype, String(property), entries, false)
  }
}

/** What is said of the figure that a column of `snapshot` holds, as it is stored; undefined if it holds none. */
export function storedFigureDescription(column: string, isNullable: boolean): string | undefined {
  const entry = DICTIONARY.find((candidate) => candidate.column === column)
  if (entry === undefined) return undefined
  const isAmount = entry.unit === 'token' || entry.unit === 'stable' || entry.unit === 'reward'
  return description([entry], isNullable, isAmount ? `base units of ${UNIT_TEXTS[entry.unit]}` : undefined)
}

function declare(
  prototype: object,
  property: string,
  entries: readonly FigureEntry[],
  canBeNull: boolean,
): void {
  const [entry] = entries
  if (entry === undefined) throw new RangeError(`${property} is no figure`)
  const nullable = canBeNull || entry.needsWholeHistory === true
  Field(() => typeOf(entry), { nullable, description: description(entries, nullable) })(prototype, property)
}

function description(entries: readonly FigureEntry[], nullable: boolean, unitText?: string): string {
  const definitions = [...new Set(entries.map(({ definition }) => definition))]
  const texts =
    definitions.length === 1
      ? definitions
      : entries.map(({ group, definition }) => `In ${group}: ${definition}`)
  const units = new Set(entries.map(({ unit }) => unitText ?? UNIT_TEXTS[unit]))
  const sources = new Set(entries.map(({ source }) => source))
  const unknown = nullable ? [NULLABLE] : []
  return [
    ...texts,
    `Unit: ${[...units].join('; ')}.`,
    `Source: ${[...sources].join('; ')}.`,
    ...unknown,
  ].join(' ')
}

const NULLABLE = 'Null where it is unknown; `unknown` says why.'

/** The GraphQL type of a figure: an amount shows both of its spellings, anything finer than 1 is a decimal. */
function typeOf({ unit, group, name }: FigureEntry): ClassType | GraphQLScalarType | object {
  switch (unit) {
    case 'token':
    case 'stable':
    case 'reward':
      return Amount
    case 'price':
    case 'ratio':
    case 'rewardPerToken':
      return DecimalScalar
    case 'credits':
      return BigIntScalar
    case 'count':
    case 'block':
    case 'seconds':
    case 'basisPoints':
      return Int
    case 'text':
      return wordsOf(`${group}.${name}`)
  }
}

function wordsOf(path: string): object {
  const words = WORDS[path]
  if (words === undefined) throw new RangeError(`nothing says which words ${path} is one of`)
  return words
}
