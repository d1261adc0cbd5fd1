import { unreachable } from '../core/errors'
import {
  evaluate,
  type Figure,
  type FigureGroup,
  type FigureUnit,
  type FigureValue,
  withKnown,
} from '../core/figures/figure'
import { isUnknown, type Known, type UnknownReason } from '../core/known'
import type { Policy } from '../core/policy'
import { FIXED_POINT_DECIMALS, formatUnits } from '../core/units'
import { type AsOf, isPartial } from '../read/as-of'
import { type AsOfJson, asOfJson } from '../read/as-of-json'
import type { Units } from '../read/units'
import { bothSpellings } from './amounts'

/** Groups of the dictionary that one object shows, each with what is put before the names of its figures. */
export type FlatGroups<Input> = readonly (readonly [prefix: string, group: FigureGroup<Input>])[]

/** Figures by name, null where unknown, and why they are. */
export interface FlatFigures {
  readonly [name: string]: string | number | null | Readonly<Record<string, UnknownReason>>
  readonly unknown: Readonly<Record<string, UnknownReason>>
}

/** Some figures of a group. */
export function pick<Group extends FigureGroup<never>, Name extends keyof Group>(
  group: Group,
  ...names: readonly Name[]
): Pick<Group, Name> {
  return Object.fromEntries(names.map((name) => [name, group[name]])) as unknown as Pick<Group, Name>
}

/**
 * Spells figures as flat JSON: amounts in both spellings, quotients as decimal strings, counts as numbers. Where the
 * input is unknown, so is every figure.
 */
export function flatFigures<Input extends { readonly policy: Policy }>(
  groups: FlatGroups<Input>,
  input: Known<Input>,
  units: Units,
): FlatFigures {
  const unknown: Record<string, UnknownReason> = {}
  const values: Record<string, string | number | null> = {}
  for (const [prefix, group] of groups) {
    for (const [figureName, figure] of Object.entries(group)) {
      const name = flatName(prefix, figureName)
      const value = withKnown<Input, FigureValue>(input, (known) => evaluate(figure, known))
      if (isUnknown(value)) unknown[name] = value.unknown
      Object.assign(values, spelled(name, figure.unit, isUnknown(value) ? null : value, units))
    }
  }
  return { ...values, unknown }
}

/** What stands beside figures in every answer: how their amounts are to be shown, and the block they are true at. */
export function figureFrame(groups: FlatGroups<never>, asOf: AsOf, units: Units): FigureFrame {
  const symbols = assetsOf(groups).flatMap((asset) => [
    [`${asset}Symbol`, units[asset].symbol],
    [`${asset}Decimals`, units[asset].decimals],
  ])
  const contracts = figuresOf(groups).flatMap(({ dependsOn }) => dependsOn)
  return { ...Object.fromEntries(symbols), partial: isPartial(asOf, contracts), asOf: asOfJson(asOf) }
}

/** Assets whose decimals have to be known to read figures of these groups. */
export function assetsOf(groups: FlatGroups<never>): (keyof Units)[] {
  return [...new Set(figuresOf(groups).flatMap(({ unit }) => ASSETS[unit]))]
}

function figuresOf(groups: FlatGroups<never>): Figure<never>[] {
  return groups.flatMap(([, group]) => Object.values<Figure<never>>(group))
}

interface FigureFrame {
  /** Whether a figure lacks the history before the start block of a contract. */
  readonly partial: boolean
  readonly asOf: AsOfJson
}

/** Assets that have to be known to read a unit. */
const ASSETS: Readonly<Record<FigureUnit, readonly (keyof Units)[]>> = {
  token: ['token'],
  stable: ['stable'],
  reward: ['reward'],
  price: ['token', 'stable'],
  rewardPerToken: ['token', 'reward'],
  ratio: [],
  credits: [],
  count: [],
  block: [],
  seconds: [],
  basisPoints: [],
  text: [],
}

/** `balance` of a group shown as `treasury` is `treasuryBalance`; `price` of `price` stays `price`. */
export function flatName(prefix: string, name: string): string {
  if (prefix === '' || prefix === name) return name
  return `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

function spelled(
  name: string,
  unit: FigureUnit,
  value: FigureValue | null,
  units: Units,
): Record<string, string | number | null> {
  switch (unit) {
    case 'token':
    case 'stable':
    case 'reward':
      return bothSpellings(units[unit], { [name]: value === null ? null : exact(name, value) })
    case 'price':
    case 'ratio':
    case 'rewardPerToken':
      return { [name]: value === null ? null : formatUnits(exact(name, value), FIXED_POINT_DECIMALS) }
    case 'credits':
      return { [name]: value === null ? null : exact(name, value).toString() }
    case 'count':
    case 'block':
    case 'seconds':
    case 'basisPoints':
    case 'text':
      if (typeof value === 'bigint') throw new TypeError(`${name} in ${unit} is a bigint`)
      return { [name]: value }
    default:
      return unreachable(unit)
  }
}

/** A number here would already have lost digits. */
function exact(name: string, value: FigureValue): bigint {
  if (typeof value !== 'bigint') throw new TypeError(`${name} is no bigint`)
  return value
}
