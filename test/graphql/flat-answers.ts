import {
  buildClientSchema,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  isObjectType,
} from 'graphql'
import { expect } from 'vitest'
import { dataDictionary } from '../../src/core/figures'
import { UNKNOWN_REASONS } from '../../src/core/known'
import { restName } from '../support/rest-name'
import type { TestApi } from '../support/test-api'

/** What an answer says, by the names of REST; what is in an object or a list has its place before it. */
export type Flat = Map<string, unknown>

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

export const postGraphql = async (api: TestApi, query: string) =>
  (await api.app.inject({ method: 'POST', url: '/graphql', payload: { query } })).json()

export async function introspect(api: TestApi): Promise<GraphQLSchema> {
  return buildClientSchema((await postGraphql(api, getIntrospectionQuery())).data)
}

/** Everything that a root field can be asked for. */
export function selectionOf(schema: GraphQLSchema, field: string): string {
  const type = schema.getQueryType()?.getFields()[field]?.type
  if (type === undefined) throw new RangeError(`there is no ${field}`)
  return everything(type)
}

function everything(type: GraphQLOutputType): string {
  const named = getNamedType(type)
  if (!isObjectType(named)) return ''
  const fields = Object.values((named as GraphQLObjectType).getFields())
  return `{ ${fields.map((field) => `${field.name} ${everything(field.type)}`).join(' ')} }`
}

/** What each figure is counted in; what the rule splits is the treasury’s revenue. */
const UNITS = new Map(dataDictionary().map(({ group, name, unit }) => [`${group}.${name}`, unit]))
UNITS.set('policy.revenue', 'stable')
const AMOUNTS: readonly unknown[] = ['token', 'stable', 'reward']
/** Of an invariant: an amount or a count. */
const SIDES = ['left', 'right']

/** Root fields, and fields, whose figures are of another group than they are called; those of no figures have none. */
const GROUPS: Readonly<Record<string, string>> = {
  accountFigures: 'account',
  windows: 'window',
  change: 'window',
  series: '',
  closing: '',
  invariants: '',
  excludedWallets: '',
  snapshot: '',
  firstBroken: '',
}
/** Objects that REST has too; what is in others is flat there, group and figure in one word. */
const NESTED = ['asOf', 'snapshot', 'firstBroken', 'change']
/** What tells the elements of a list apart. */
const KEYS = ['name', 'start', 'address']

/** Collects what is said, and refuses two different answers to one question. */
export class Facts {
  readonly all: Flat = new Map()

  set(name: string, value: unknown): void {
    if (this.all.has(name) && this.all.get(name) !== value) {
      throw new Error(`${name} is ${String(this.all.get(name))} and ${String(value)}`)
    }
    this.all.set(name, value)
  }

  /** Whether any of the figures lacks history. */
  setPartial(isPartial: unknown): void {
    this.all.set('partial', this.all.get('partial') === true || isPartial === true)
  }

  /** A list of words as one value, a list of objects one by one. */
  list(name: string, list: readonly unknown[], each: (element: Json, place: string) => void): void {
    if (list.some((element) => typeof element === 'object')) {
      for (const element of list as readonly Json[]) {
        const key = KEYS.find((candidate) => candidate in element) ?? ''
        each(element, `${name}.${String(element[key])}.`)
      }
    } else this.set(name, list.join())
  }
}

/** An answer of REST. */
export function flatRest(answer: Json): Flat {
  const facts = new Facts()
  const add = (object: Json, place: string): void => {
    for (const [key, value] of Object.entries(object)) {
      const name = `${place}${key}`
      if (Array.isArray(value)) facts.list(name, value, add)
      else if (isObject(value)) add(value, `${name}.`)
      else facts.set(name, value)
    }
  }
  add(answer, '')
  return facts.all
}

/**
 * Adds the answer to a root field of GraphQL, in the names that it has on a path of REST.
 * @param own the group of that path
 */
export function addGraphql(facts: Facts, own: string, field: string, answer: unknown): void {
  const add = (object: Json, place: string, group: string): void => {
    for (const [key, value] of Object.entries(object)) addValue(key, value, place, group)
  }
  const addValue = (key: string, value: unknown, place: string, group: string): void => {
    const name = `${place}${restName(own, group, key)}`
    const unit = UNITS.get(`${group}.${key}`)
    // These two are said once of a whole answer of REST, wherever they stand in GraphQL.
    if (key === 'asOf') add(value as Json, 'asOf.', '')
    else if (typeof value === 'boolean' && key === 'partial') facts.setPartial(value)
    else if (key === 'unknown') addUnknown(value as Json[], place, group)
    else if (Array.isArray(value)) facts.list(name, value, (each, at) => add(each, at, group))
    else if (isObject(value)) addObject(key, name, value, place, group)
    else {
      facts.set(name, value)
      if (AMOUNTS.includes(unit) || SIDES.includes(key)) facts.set(`${name}Decimal`, null)
    }
  }
  const addObject = (key: string, name: string, value: Json, place: string, group: string): void => {
    const within = NESTED.includes(key) ? `${place}${key}.` : place
    if ('baseUnits' in value) addAmount(name, value, `${UNITS.get(`${group}.${key}`) ?? 'token'}Symbol`)
    else if (!SIDES.includes(key)) add(value, within, GROUPS[key] ?? [group, key].filter(Boolean).join('.'))
    else if (isObject(value.amount)) addAmount(name, value.amount, `${name}Symbol`)
    else {
      // A count has one spelling here, and twice the same in REST.
      facts.set(name, value.count)
      facts.set(`${name}Decimal`, value.count)
    }
  }
  const addAmount = (name: string, { baseUnits, decimal, symbol }: Json, symbolName: string): void => {
    facts.set(name, baseUnits)
    facts.set(`${name}Decimal`, decimal)
    facts.set(symbolName, symbol)
  }
  const addUnknown = (unknown: readonly Json[], place: string, group: string): void => {
    for (const { figure, reason, explanation } of unknown) {
      facts.set(`${place}unknown.${restName(own, group, String(figure))}`, reason)
      expect(explanation).toBe(UNKNOWN_REASONS[reason as keyof typeof UNKNOWN_REASONS])
    }
  }
  const group = GROUPS[field] ?? field
  if (Array.isArray(answer)) {
    facts.list(field === 'series' ? 'points' : field, answer, (each, at) => add(each, at, group))
  } else add(answer as Json, '', group)
}
