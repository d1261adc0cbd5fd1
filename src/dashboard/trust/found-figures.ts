import type { DictionaryQuery } from '../generated'

export type Figure = DictionaryQuery['figures'][number]

/** Figures of one group, in the order of the dictionary. */
export interface Group {
  readonly name: string
  readonly figures: readonly Figure[]
}

/** The figures in which every word of a question is found, in name, definition, unit or source; by group. */
export function foundFigures(figures: readonly Figure[], question: string): readonly Group[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<string, Figure[]>()
  for (const figure of figures) {
    const { group, name, unit, definition, source } = figure
    const text = `${group}.${name} ${spelled(name)} ${UNITS[unit]} ${definition} ${source}`.toLowerCase()
    if (!words.every((word) => text.includes(word))) continue
    groups.set(group, [...(groups.get(group) ?? []), figure])
  }
  return [...groups].map(([name, found]) => ({ name, figures: found }))
}

/** A name as words: `totalSupply` is found by "total supply". */
function spelled(name: string): string {
  return name.replace(/([a-z])([A-Z0-9])/g, '$1 $2')
}

/** What figures are counted in, for a reader. */
export const UNITS: Readonly<Record<Figure['unit'], string>> = {
  basisPoints: 'basis points (1/10,000)',
  block: 'block number',
  count: 'whole number',
  credits: 'credits',
  price: 'stable asset for one token',
  ratio: 'fraction of 1',
  reward: 'reward token',
  rewardPerToken: 'reward tokens for one token',
  seconds: 'seconds',
  stable: 'stable asset',
  text: 'word of a list',
  token: 'token',
}
