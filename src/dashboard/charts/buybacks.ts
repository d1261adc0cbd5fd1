import { type Known, useAnswer } from '../data/answers'
import { askNewest } from '../data/ask'
import { ExecutedBuybacksDocument } from '../generated'
import type { Buyback } from './model'

/** Rows of one answer, and how many answers are asked for at most. */
const PAGE = 1_000
const MOST_PAGES = 10
/** How far before the newest known one it is asked again, in milliseconds: the chain may have replaced it. */
const OVERLAP = 86_400_000
const BEGINNING = '1970-01-01T00:00:00Z'

/** Executed buybacks, ascending. */
export interface Buybacks {
  readonly rows: readonly Buyback[]
  /** Whether there are none before the first of them. */
  readonly isWhole: boolean
}

let kept: Buybacks | undefined

/** Every executed buyback. @param isReady false while what matters more is on its way */
export function useBuybacks(isReady: boolean): Known<Buybacks | null> {
  return useAnswer(`buybacks ${isReady}`, isReady ? loadBuybacks : async () => null, 'seldom')
}

async function loadBuybacks(): Promise<Buybacks> {
  const newest = kept?.rows.at(-1)
  if (kept === undefined || newest === undefined) {
    kept = await rowsSince(BEGINNING)
    return kept
  }
  const since = new Date(Date.parse(newest.timestamp) - OVERLAP).toISOString()
  const old = kept.rows.filter(({ timestamp }) => Date.parse(timestamp) < Date.parse(since))
  const { rows } = await rowsSince(since)
  kept = { rows: [...old, ...rows], isWhole: kept.isWhole }
  return kept
}

/** Pages from the newest back: `until` ends before the oldest row of the page before, whose block is asked for whole again. */
async function rowsSince(since: string): Promise<Buybacks> {
  const found = new Map<string, Buyback>()
  let until = '9999-01-01T00:00:00Z'
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { data } = await askNewest(ExecutedBuybacksDocument, { since, until })
    for (const row of data.prices) found.set(row.id, row)
    const oldest = data.prices.at(-1)
    if (data.prices.length < PAGE || oldest === undefined) return { rows: ascending(found), isWhole: true }
    until = new Date(Date.parse(oldest.timestamp) + 1_000).toISOString()
  }
  return { rows: ascending(found), isWhole: false }
}

const ascending = (found: ReadonlyMap<string, Buyback>) =>
  [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
