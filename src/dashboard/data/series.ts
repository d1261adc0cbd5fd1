import { BUCKET_LENGTHS, LENGTHS } from '../charts/grain'
import { isRewritten, joined } from '../charts/joined'
import {
  type AsOfPartsFragment,
  SeriesDocument,
  type SeriesInterval,
  type SeriesPartsFragment,
  SeriesReachDocument,
  type WindowName,
} from '../generated'
import { type Known, useAnswer } from './answers'
import { askNewest } from './ask'

/** Buckets of one answer at most. */
const PAGE = 1_000
/** Known buckets that are asked for again with the new ones: the chain can still replace the newest blocks. */
const OVERLAP = 3
/** Buckets before a window that are fetched with it. */
const AHEAD = 3

/** Buckets of one length, ascending, without a gap, and the block that they are true at. */
export interface SeriesAnswer {
  readonly points: readonly SeriesPartsFragment[]
  readonly asOf: AsOfPartsFragment
  /** Whether the newest block is too old to pass for now. */
  readonly isStale: boolean
  /** When the answer came, in milliseconds of the reader's clock. */
  readonly at: number
}

interface Kept extends SeriesAnswer {
  /** How far back was asked, and where the history begins; unix seconds. */
  readonly since: number
  readonly historyStart: number
  /** Made once, so that who draws them sees that they are the same. */
  readonly slices: Map<WindowName, SeriesAnswer>
}

/** When the history begins and ends, in unix seconds. */
export interface Reach {
  readonly from: number
  readonly to: number
}

/** What is there is never asked for again: a narrower window is a slice of it, a later one its continuation. */
const kept = new Map<SeriesInterval, Kept>()

const unix = (iso: string): number => Date.parse(iso) / 1_000
const iso = (seconds: number): string =>
  new Date(Math.max(0, seconds) * 1_000).toISOString().replace('.000', '')

/** The instant that an answer is about, in unix seconds. */
export const instantOf = ({ timestamp, snapshot }: AsOfPartsFragment): number =>
  unix(timestamp ?? snapshot.timestamp)

/** How far the history reaches; null where there is none. */
export function useReach(): Known<Reach | null> {
  return useAnswer('reach of the history', loadReach, 'seldom')
}

async function loadReach(): Promise<Reach | null> {
  const { data } = await askNewest(SeriesReachDocument, {})
  const [all] = data.windows
  return all === undefined ? null : { from: unix(all.from), to: unix(all.to) }
}

/** The buckets of a window; at once where they are there already. */
export function useSeries(
  window: WindowName,
  grain: SeriesInterval,
  reach: Reach | null | undefined,
): Known<SeriesAnswer> {
  const load = () => (reach ? loadSeries(window, grain, reach) : new Promise<SeriesAnswer>(() => undefined))
  const known = useAnswer(`series ${grain} ${window} ${reach?.from}`, load, 'seldom')
  return { ...known, answer: keptSlice(window, grain) ?? known.answer }
}

/** Has the buckets of a window at hand before it is asked for. */
export async function fetchAhead(window: WindowName, grain: SeriesInterval, reach: Reach): Promise<void> {
  if (keptSlice(window, grain) === undefined) await loadSeries(window, grain, reach)
}

async function loadSeries(window: WindowName, grain: SeriesInterval, reach: Reach): Promise<SeriesAnswer> {
  const known = kept.get(grain)
  const instant = known === undefined ? reach.to : instantOf(known.asOf)
  // A little more than the window, which moves on while what is kept stays.
  const since = Math.max(instant - LENGTHS[window] - AHEAD * BUCKET_LENGTHS[grain], reach.from)
  const continued =
    keptSlice(window, grain) !== undefined && known !== undefined
      ? await continuation(known, grain)
      : undefined
  const answer = continued ?? (await wholeSeries(grain, since, reach))
  kept.set(grain, answer)
  return sliceOf(answer, window)
}

/** @returns undefined where too much is missing, or what was known is not what happened any more */
async function continuation(known: Kept, grain: SeriesInterval): Promise<Kept | undefined> {
  const from = known.points.at(-OVERLAP)?.start ?? known.points[0]?.start
  if (from === undefined) return undefined
  const now = instantOf(known.asOf) + (Date.now() - known.at) / 1_000
  const isFar = now - unix(from) > (PAGE / 2) * BUCKET_LENGTHS[grain]
  if (isFar) return undefined
  const { data, isStale } = await askNewest(SeriesDocument, { interval: grain, from })
  if (isRewritten(known.points, data.series)) return undefined
  return {
    ...known,
    points: joined(known.points, data.series),
    asOf: data.asOf,
    isStale,
    at: Date.now(),
    slices: new Map(),
  }
}

/** Pages from the newest back, all true at the block of the first of them. */
async function wholeSeries(grain: SeriesInterval, since: number, reach: Reach): Promise<Kept> {
  // A little less than a page, because the history goes on.
  const length = (PAGE - 50) * BUCKET_LENGTHS[grain]
  const instant = Math.max(reach.to, ...[...kept.values()].map(({ asOf }) => instantOf(asOf)))
  const first = { interval: grain, from: iso(Math.max(since, instant - length)) }
  const { data, isStale } = await askNewest(SeriesDocument, first)
  let points = data.series
  const block = { number: data.asOf.block }
  for (let oldest = points[0]; oldest !== undefined && unix(oldest.start) > since; oldest = points[0]) {
    const to = unix(oldest.start) - 1
    const page = { interval: grain, from: iso(Math.max(since, to - length)), to: iso(to) }
    const { data: older } = await askNewest(SeriesDocument, { block, ...page })
    if (older.series.length === 0) break
    points = [...older.series, ...points]
  }
  return {
    points,
    asOf: data.asOf,
    isStale,
    since,
    historyStart: reach.from,
    at: Date.now(),
    slices: new Map(),
  }
}

function keptSlice(window: WindowName, grain: SeriesInterval): SeriesAnswer | undefined {
  const known = kept.get(grain)
  if (known === undefined) return undefined
  const since = Math.max(instantOf(known.asOf) - LENGTHS[window], known.historyStart)
  return known.since <= since ? sliceOf(known, window) : undefined
}

/** Whole buckets: the first one may have begun before the window did. */
function sliceOf({ points, asOf, isStale, at, slices }: Kept, window: WindowName): SeriesAnswer {
  const since = instantOf(asOf) - LENGTHS[window]
  const first = points.findIndex(({ end }) => unix(end) > since)
  const slice = slices.get(window) ?? { points: points.slice(Math.max(first, 0)), asOf, isStale, at }
  slices.set(window, slice)
  return slice
}
