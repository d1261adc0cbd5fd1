import { type Cast, PERSON } from './cast'
import { RpcFailure } from './rpc-failure'

/** What a log is matched by: places in the cast. */
interface Matched {
  readonly contract: number
  readonly signature: number
  readonly first: number
  readonly second: number
}

/** A filter of `eth_getLogs`, in places of the cast; undefined: anything. */
export interface LogFilter {
  readonly contracts: ReadonlySet<number> | undefined
  /** One for each topic. */
  readonly topics: readonly (ReadonlySet<number> | undefined)[]
}

/** @throws RpcFailure for what is no filter */
export function parseFilter(cast: Cast, { address, topics }: Readonly<Record<string, unknown>>): LogFilter {
  const contracts = alternatives(address)
  const wanted = topics === undefined || topics === null ? [] : topics
  if (!Array.isArray(wanted) || wanted.length > 4) throw new RpcFailure(-32602, 'invalid topics')
  return {
    contracts: contracts && places(contracts, (text) => indexIn(cast.contracts, text)),
    topics: wanted.map((topic, index) => {
      const texts = alternatives(topic)
      const find = index === 0 ? (text: string) => indexIn(cast.signatures, text) : cast.personOf
      return texts && places(texts, find)
    }),
  }
}

/** As nodes match: a filter with more topics than the log has never does, not even with null. */
export function matchesFilter({ contracts, topics }: LogFilter, log: Matched): boolean {
  if (contracts !== undefined && !contracts.has(log.contract)) return false
  const found = [log.signature, log.first, log.second]
  for (let index = 0; index < topics.length; index += 1) {
    const place = found[index]
    if (place === undefined || (index > 0 && place < PERSON.zero)) return false
    const wanted = topics[index]
    if (wanted !== undefined && !wanted.has(place)) return false
  }
  return true
}

export function isUnfiltered({ contracts, topics }: LogFilter): boolean {
  return contracts === undefined && topics.length === 0
}

/** One text or several; an empty list is anything. */
function alternatives(given: unknown): readonly string[] | undefined {
  if (given === undefined || given === null) return undefined
  const list = Array.isArray(given) ? given : [given]
  if (!list.every((text) => typeof text === 'string')) throw new RpcFailure(-32602, 'invalid argument 0')
  return list.length === 0 ? undefined : list.map((text) => text.toLowerCase())
}

function places(texts: readonly string[], find: (text: string) => number | undefined): ReadonlySet<number> {
  return new Set(texts.map(find).filter((place) => place !== undefined))
}

function indexIn(all: readonly { readonly text: string }[], text: string): number | undefined {
  const index = all.findIndex((one) => one.text === text)
  return index < 0 ? undefined : index
}
