import { useEffect, useMemo } from 'preact/hooks'
import type { Known } from '../data/answers'
import { useEconomy } from '../data/overview'
import { fetchAhead, instantOf, type Reach, type SeriesAnswer, useReach, useSeries } from '../data/series'
import type { AsOfPartsFragment, EconomyQuery, SeriesInterval, WindowName } from '../generated'
import { type Buybacks, useBuybacks } from './buybacks'
import { byBucket } from './buybacks-of'
import { grainOf, LENGTHS } from './grain'
import type { Span } from './model'
import type { Symbols } from './values-text'

/** What every chart of a window is about. */
export interface Subject {
  readonly span: Span
  readonly window: WindowName
  readonly grain: SeriesInterval
  readonly symbols: Symbols
  readonly asOf: AsOfPartsFragment
  readonly isStale: boolean
  /** When the answer came, by the reader's clock. */
  readonly since: number
  /** Start of the first bucket, where the history begins within the window. */
  readonly begins: string | undefined
}

/** Windows that are fetched before anybody asks: each length of bucket in its widest one. */
const AHEAD: readonly WindowName[] = ['d7', 'd365', 'all']

/** The buckets of a window with what belongs to them; null where there is no history. @param width pixels of a plot */
export function useSubject(window: WindowName, width: number): Known<Subject | null> {
  const reach = useReach()
  const economy = useEconomy()
  const there = reach.answer
  const grain = grainOf(window, there ? there.to - there.from : 0, width)
  const series = useSeries(window, grain, there)
  const isDrawn = series.answer !== undefined
  const buybacks = useBuybacks(isDrawn)
  useFetchAhead(isDrawn, there, width)
  const isEmpty = there === null
  const answer = useMemo(
    () => (isEmpty ? null : subjectOf(window, grain, series.answer, economy.answer, buybacks.answer)),
    [isEmpty, window, grain, series.answer, economy.answer, buybacks.answer],
  )
  const failing = [series, reach, economy].find(({ failure }) => failure !== undefined) ?? series
  return { answer, since: series.since, failure: failing.failure, retry: failing.retry }
}

function subjectOf(
  window: WindowName,
  grain: SeriesInterval,
  series: SeriesAnswer | undefined,
  economy: EconomyQuery | undefined,
  buybacks: Buybacks | null | undefined,
): Subject | undefined {
  if (series === undefined || economy === undefined) return undefined
  const { points, asOf, isStale, at } = series
  const { token, stable, rewardToken } = economy.economy
  const [first] = points
  const instant = instantOf(asOf)
  const [oldest] = buybacks?.rows ?? []
  const isCovered =
    buybacks &&
    (buybacks.isWhole || (oldest && first && Date.parse(oldest.timestamp) <= Date.parse(first.start)))
  return {
    span: {
      points,
      buybacks: isCovered ? byBucket(points, buybacks.rows) : null,
      instant,
      stableDecimals: stable.decimals,
      tokenDecimals: token.decimals,
    },
    window,
    grain,
    symbols: {
      token: token.symbol,
      stable: stable.symbol,
      reward: rewardToken === 'token' ? token.symbol : stable.symbol,
    },
    asOf,
    isStale,
    since: at,
    begins: first && Date.parse(first.start) / 1_000 > instant - LENGTHS[window] ? first.start : undefined,
  }
}

/** Has the other windows at hand, so that a change of window waits for nobody; after what is asked for now. */
function useFetchAhead(isDrawn: boolean, reach: Reach | null | undefined, width: number): void {
  useEffect(() => {
    if (!isDrawn || !reach) return
    const history = reach.to - reach.from
    let isWanted = true
    const fetchAll = async () => {
      for (const window of AHEAD)
        if (isWanted) await fetchAhead(window, grainOf(window, history, width), reach)
    }
    // What fails here is asked for again, and told of, when it is looked at.
    fetchAll().catch(() => undefined)
    return () => {
      isWanted = false
    }
  }, [isDrawn, reach, width])
}
