import { LISTS, type ListName } from '../data/views'

const NAMES = LISTS.map(({ name }) => name)
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/** The list that a key leads to from one: as in every row of tabs, round and round. Undefined for any other key. */
export function tabAfter(list: ListName, key: string): ListName | undefined {
  if (key === 'Home') return NAMES[0]
  if (key === 'End') return NAMES.at(-1)
  const step = STEPS[key]
  return step === undefined ? undefined : NAMES.at((NAMES.indexOf(list) + step) % NAMES.length)
}
