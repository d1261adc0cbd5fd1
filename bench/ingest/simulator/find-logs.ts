import { OWN_CONTRACTS } from './cast'
import type { SimulatedChain } from './chain'
import { KIND_SHAPE } from './entries'
import { isUnfiltered, type LogFilter, matchesFilter } from './log-filter'
import { logText } from './render'

/** Logs as JSON, each with a comma behind it, and how many they are. */
export interface FoundLogs {
  readonly count: number
  bytes(): readonly (Buffer | string)[]
}

/** The logs of the blocks from `from` to `to` that a filter lets through, from the bytes that are kept if possible. */
export function findLogs(chain: SimulatedChain, filter: LogFilter, from: number, to: number): FoundLogs {
  if (from > to) return { count: 0, bytes: () => [] }
  const { store } = chain
  const isOwn =
    filter.contracts !== undefined && [...filter.contracts].every((index) => index < OWN_CONTRACTS)
  if (isOwn) return findEntries(chain, filter, from, to)
  const kept = isUnfiltered(filter) ? store.logBytes(from, to) : undefined
  if (kept !== undefined) return { count: store.logCount(from, to), bytes: () => kept }
  const texts: string[] = []
  for (let number = from; number <= to; number += 1) {
    const { transactions, logs } = store.layout(number)
    const facts = store.facts(number)
    logs.forEach((log, index) => {
      if (!matchesFilter(filter, log)) return
      const hash = transactions[log.transactionIndex]?.hash ?? ''
      texts.push(`${logText(chain.cast, log, index, hash, facts)},`)
    })
  }
  return { count: texts.length, bytes: () => texts }
}

/** Only the logs of the economy's contracts: their bytes lie side by side. */
function findEntries(chain: SimulatedChain, filter: LogFilter, from: number, to: number): FoundLogs {
  const { store } = chain
  const { kind, first, second } = store.entries
  const [start, end] = store.entryRange(from, to)
  const needsPeople = filter.topics.length > 1
  const byKind = KIND_SHAPE.map(({ contract, signature, hasSecond }) =>
    matchesFilter(
      { contracts: filter.contracts, topics: filter.topics.slice(0, 1) },
      { contract, signature, first: 0, second: hasSecond ? 0 : -2 },
    ),
  )
  const matches = (index: number): boolean => {
    const place = kind[index] ?? 0
    if (!byKind[place]) return false
    const shape = KIND_SHAPE[place]
    if (!needsPeople || shape === undefined) return true
    return matchesFilter(filter, {
      contract: shape.contract,
      signature: shape.signature,
      first: first[index] ?? 0,
      second: shape.hasSecond ? (second[index] ?? 0) : -2,
    })
  }
  const runs: [number, number][] = []
  let count = 0
  for (let index = start; index < end; index += 1) {
    if (!matches(index)) continue
    count += 1
    const last = runs.at(-1)
    if (last?.[1] === index) last[1] = index + 1
    else runs.push([index, index + 1])
  }
  return { count, bytes: () => runs.flatMap(([left, right]) => store.entryBytes(left, right)) }
}
