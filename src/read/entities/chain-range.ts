import { isoOf } from '../../core/iso-time'
import { LATEST_INSTANT } from '../instant'
import type { RunQuery } from '../row'
import type { Condition } from './condition'
import type { Entity } from './entity'

/** A place in the chain: a block, and a log in it. */
export interface ChainPlace {
  readonly block: number
  readonly log: number
}

/**
 * A stretch of the chain, both ends in it. A statement has one bound at each end and no other: of several, PostgreSQL goes
 * down the index by the first one that it finds, and from there walks over whatever lies before the others.
 */
export interface ChainRange {
  readonly from: ChainPlace
  readonly to: ChainPlace
}

const LAST_LOG = 2 ** 31 - 1
export const WHOLE_CHAIN: ChainRange = {
  from: { block: 0, log: 0 },
  to: { block: Number.MAX_SAFE_INTEGER, log: LAST_LOG },
}

/** How the bounds of a range are compared. */
export type Sign = '>' | '>=' | '<' | '<='

/** The part of a range that lies beyond a place, or beyond a whole block. */
export function narrowed(range: ChainRange, sign: Sign, block: number, log?: number): ChainRange {
  const step = sign === '>' ? 1 : sign === '<' ? -1 : 0
  if (sign.startsWith('>')) {
    const from = log === undefined ? { block: block + step, log: 0 } : { block, log: log + step }
    return { ...range, from: isBefore(from, range.from) ? range.from : from }
  }
  const to = log === undefined ? { block: block + step, log: LAST_LOG } : { block, log: log + step }
  return { ...range, to: isBefore(to, range.to) ? to : range.to }
}

function isBefore(one: ChainPlace, other: ChainPlace): boolean {
  return one.block === other.block ? one.log < other.log : one.block < other.block
}

/** A condition as a stretch of the chain, and what else it asks. */
export interface Ranged {
  readonly range: ChainRange
  readonly rest: Condition
}

const SIGNS: Readonly<Record<string, readonly Sign[]>> = {
  gt: ['>'],
  gte: ['>='],
  lt: ['<'],
  lte: ['<='],
  is: ['>=', '<='],
}

/** Takes out of a condition which stretch of the chain it means: by blocks, by ids, or by times, which are looked up. */
export async function rangeOf(query: RunQuery, entity: Entity, condition: Condition): Promise<Ranged> {
  const conditions = condition.kind === 'and' ? condition.conditions : [condition]
  const rest: Condition[] = []
  let range = WHOLE_CHAIN
  let since: number | undefined
  let until: number | undefined
  for (const each of conditions) {
    const { field, value, signs } = comparisonOf(each)
    const place = field === 'id' ? placeOf(String(value)) : undefined
    if (field === 'blockNumber') {
      for (const sign of signs) range = narrowed(range, sign, Number(value))
    } else if (place !== undefined && (place.log === undefined) === (entity.grain === 'block')) {
      for (const sign of signs) range = narrowed(range, sign, place.block, place.log)
    } else rest.push(each)
    if (field !== 'timestamp') continue
    for (const sign of signs) {
      const time = Number(value) + (sign === '>' ? 1 : sign === '<' ? -1 : 0)
      if (sign.startsWith('>')) since = Math.max(since ?? time, time)
      else until = Math.min(until ?? time, time)
    }
  }
  if (since !== undefined || until !== undefined) range = await narrowedByTime(query, range, since, until)
  return { range, rest: { kind: 'and', conditions: rest } }
}

/** What a condition compares, if it is a comparison with a value. */
function comparisonOf(condition: Condition): { field: string; value: unknown; signs: readonly Sign[] } {
  if (condition.kind !== 'compare' || condition.value === null) return { field: '', value: null, signs: [] }
  const signs = SIGNS[condition.operator] ?? []
  return { field: signs.length === 0 ? '' : condition.column.field, value: condition.value, signs }
}

/** The place that is in an id of an event, or of a block. */
function placeOf(id: string): { readonly block: number; readonly log: number | undefined } | undefined {
  const [, block, log] = /^(\d{10})(?:-(\d{6}))?$/.exec(id) ?? []
  if (block === undefined) return undefined
  return { block: Number(block), log: log === undefined ? undefined : Number(log) }
}

const BLOCKS_OF_TIMES = `select
  (select block_number from snapshot where timestamp >= $1 order by timestamp, block_number limit 1) as first,
  (select block_number from snapshot where timestamp <= $2 order by timestamp desc, block_number desc limit 1) as last`

/** Every block with events has a snapshot, and time does not go back from block to block: no ledger needs an index on it. */
async function narrowedByTime(
  query: RunQuery,
  range: ChainRange,
  since: number | undefined,
  until: number | undefined,
): Promise<ChainRange> {
  const times = [
    Math.min(since ?? 0, LATEST_INSTANT),
    Math.max(0, Math.min(until ?? LATEST_INSTANT, LATEST_INSTANT)),
  ]
  const [row] = await query(BLOCKS_OF_TIMES, times.map(isoOf))
  const { first, last } = row ?? {}
  const empty = { ...range, to: { block: -1, log: 0 } }
  if (typeof first !== 'number' || typeof last !== 'number') return empty
  const begun = since === undefined ? range : narrowed(range, '>=', first)
  return until === undefined ? begun : narrowed(begun, '<=', last)
}
