import {
  DictionaryDocument,
  type DictionaryQuery,
  EconomyDocument,
  type EconomyQuery,
  OverviewDocument,
  type OverviewQuery,
} from '../generated'
import { type Known, useAnswer } from './answers'
import { ask, askNewest, type Newest } from './ask'

/** The figures of the first screen, for every window at once, renewed with each commit. */
export function useOverview(): Known<Newest<OverviewQuery>> {
  return useAnswer('overview', () => askNewest(OverviewDocument, {}), 'commit')
}

/** What happened in one window of time. */
export type WindowFigures = OverviewQuery['windows'][number]

/** What is indexed, by which rules. */
export function useEconomy(): Known<EconomyQuery> {
  return useAnswer('economy', () => ask(EconomyDocument, {}), 'never')
}

/** What each figure is. */
export function useDictionary(): Known<DictionaryQuery> {
  return useAnswer('dictionary', () => ask(DictionaryDocument, {}), 'never')
}
