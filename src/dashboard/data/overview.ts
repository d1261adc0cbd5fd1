import { difference } from '../format/decimal'
import {
  type AmountPartsFragment,
  DictionaryDocument,
  type DictionaryQuery,
  EconomyDocument,
  type EconomyQuery,
  OverviewBeforeDocument,
  OverviewDocument,
  type OverviewQuery,
  type WindowName,
} from '../generated'
import { type Known, useAnswer } from './answers'
import { ask, askNewest, NoAnswer } from './ask'

/** The API's word that the history begins later. */
const BEFORE_HISTORY = 'E5007'

/** The figures of the first screen. */
export interface Overview extends OverviewQuery {
  /** Whether the newest block is too old to pass for now. */
  readonly isStale: boolean
  /** What changed since the window began; null where the history does not reach back to then. */
  readonly change: {
    readonly circulatingSupply: AmountPartsFragment
    readonly treasuryBalance: AmountPartsFragment
  } | null
}

/** The figures of the first screen, renewed with each commit. */
export function useOverview(window: WindowName): Known<Overview> {
  return useAnswer(`overview ${window}`, () => overviewOf(window), 'commit')
}

async function overviewOf(window: WindowName): Promise<Overview> {
  const { data, isStale } = await askNewest(OverviewDocument, { window })
  const from = data.windows[0]?.from
  const before = from === undefined ? null : await figuresAt(from)
  const change = before && {
    circulatingSupply: since(data.supply.circulatingSupply, before.supply.circulatingSupply),
    treasuryBalance: since(data.treasury.balance, before.treasury.balance),
  }
  return { ...data, isStale, change }
}

async function figuresAt(timestamp: string) {
  try {
    return await ask(OverviewBeforeDocument, { block: { timestamp } })
  } catch (error) {
    if (error instanceof NoAnswer && error.code === BEFORE_HISTORY) return null
    throw error
  }
}

function since(now: AmountPartsFragment, then: AmountPartsFragment): AmountPartsFragment {
  return { decimal: difference(now.decimal, then.decimal), symbol: now.symbol }
}

/** What is indexed, by which rules. */
export function useEconomy(): Known<EconomyQuery> {
  return useAnswer('economy', () => ask(EconomyDocument, {}), 'never')
}

/** What each figure is. */
export function useDictionary(): Known<DictionaryQuery> {
  return useAnswer('dictionary', () => ask(DictionaryDocument, {}), 'never')
}
