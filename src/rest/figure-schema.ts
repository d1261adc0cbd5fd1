import { z } from 'zod'
import { unreachable } from '../core/errors'
import type { Figure, FigureUnit } from '../core/figures/figure'
import { assetsOf, type FlatGroups, flatName } from './figure-json'
import { asOfSchema, baseUnits, count, decimalText, unknownReason } from './wire-schema'

/** Schemas by name, in the order in which an object shows them. */
export type Shape = Readonly<Record<string, z.ZodType>>

/** What `flatFigures` spells of these groups, with what the dictionary says of each figure; null where unknown. */
export function figureShape(groups: FlatGroups<never>): Shape {
  const entries = groups.flatMap(([prefix, group]) =>
    Object.entries<Figure<never>>(group).map(([name, figure]) => [flatName(prefix, name), figure] as const),
  )
  const unknown = z
    .partialRecord(z.enum(entries.map(([name]) => name)), unknownReason)
    .describe('Why each figure that is null has no value.')
  return { ...Object.assign({}, ...entries.map(([name, figure]) => spelling(name, figure))), unknown }
}

/** What `figureFrame` puts beside the figures of these groups. */
export function frameShape(groups: FlatGroups<never>): Shape {
  const symbols = assetsOf(groups).flatMap((asset) => [
    [`${asset}Symbol`, z.string().describe(`How the ${ASSET_NAMES[asset]} is called.`)],
    [`${asset}Decimals`, z.int().min(0).describe(`Digits after the point of a whole ${ASSET_NAMES[asset]}.`)],
  ])
  return {
    ...Object.fromEntries(symbols),
    partial: z
      .boolean()
      .describe(
        'Whether a figure lacks the history before the start block of a contract: then it is a change since.',
      ),
    asOf: asOfSchema,
  }
}

const ASSET_NAMES = { token: 'token', stable: 'stable asset', reward: 'reward token' } as const

function spelling(name: string, { unit, definition, source }: Figure<never>): Shape {
  const text = (counted: string) => `${definition} Counted in ${counted}. Rests on: ${source}.`
  switch (unit) {
    case 'token':
    case 'stable':
    case 'reward': {
      const asset = ASSET_NAMES[unit]
      return {
        [name]: baseUnits.nullable().describe(text(`base units of the ${asset}`)),
        [`${name}Decimal`]: decimalText.nullable().describe(`${name}, in whole units of the ${asset}.`),
      }
    }
    default:
      return { [name]: plainSpelling(unit).nullable().describe(text(UNIT_NAMES[unit])) }
  }
}

type PlainUnit = Exclude<FigureUnit, 'token' | 'stable' | 'reward'>

const UNIT_NAMES: Readonly<Record<PlainUnit, string>> = {
  price: 'units of the stable asset for one whole token, exact to 10⁻¹⁸',
  rewardPerToken: 'whole reward tokens for one whole token, exact to 10⁻¹⁸',
  ratio: 'a fraction, exact to 10⁻¹⁸',
  credits: 'whole credits',
  count: 'whole numbers',
  block: 'block numbers',
  seconds: 'seconds',
  basisPoints: 'ten-thousandths',
  text: 'words of a list',
}

function plainSpelling(unit: PlainUnit): z.ZodType {
  switch (unit) {
    case 'price':
    case 'rewardPerToken':
    case 'ratio':
      return decimalText
    case 'credits':
      return baseUnits
    case 'count':
    case 'block':
    case 'seconds':
    case 'basisPoints':
      return count
    case 'text':
      return z.string().regex(/^[A-Z_]+$/)
    default:
      return unreachable(unit)
  }
}
