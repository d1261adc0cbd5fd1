import type { LogFilter, NodeLog } from '../rpc/node-types'

interface CompiledFilter {
  readonly addresses: ReadonlySet<string> | undefined
  readonly topics: readonly (ReadonlySet<string> | undefined)[]
}

/** A filter is compared with many logs: its sets are made once. */
const compiled = new WeakMap<LogFilter, CompiledFilter>()

/**
 * Whether a log is one of those that were asked for. As with nodes, a list without members asks for anything. A
 * position that asks for anything takes a log that ends before it, too: nodes are of two minds about that.
 * @param log in lower case, as `checkLogs` leaves it
 */
export function matchesFilter(
  log: Pick<NodeLog, 'address' | 'topics'>,
  filters: readonly LogFilter[],
): boolean {
  for (const filter of filters) if (matches(log, compiledOf(filter))) return true
  return false
}

function matches({ address, topics }: Pick<NodeLog, 'address' | 'topics'>, filter: CompiledFilter): boolean {
  if (filter.addresses !== undefined && !filter.addresses.has(address)) return false
  for (let position = 0; position < filter.topics.length; position += 1) {
    const any = filter.topics[position]
    if (any === undefined) continue
    const topic = topics[position]
    if (topic === undefined || !any.has(topic)) return false
  }
  return true
}

function compiledOf(filter: LogFilter): CompiledFilter {
  const known = compiled.get(filter)
  if (known !== undefined) return known
  const made = { addresses: setOf(filter.addresses), topics: filter.topics.map(setOf) }
  compiled.set(filter, made)
  return made
}

function setOf(values: readonly string[] | null): ReadonlySet<string> | undefined {
  if (values === null || values.length === 0) return undefined
  return new Set(values.map((value) => value.toLowerCase()))
}
