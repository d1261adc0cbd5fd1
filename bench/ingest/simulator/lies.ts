import { quantity } from './block-header'
import type { Call, FaultName } from './faults'
import type { Random } from './random'

type Log = Record<string, unknown> & { readonly topics: readonly string[] }
type Block = Record<string, unknown>
type Twist = (call: Call, result: unknown, random: Random, head: number) => unknown

/**
 * Makes a result wrong.
 * @returns undefined if there is nothing in it that this lie could be about
 */
export function twist(fault: FaultName, call: Call, result: unknown, random: Random, head: number): unknown {
  return TWISTS[fault]?.(call, result, random, head)
}

/** A lie about logs, where there are so many. */
function ofLogs(change: (logs: Log[], random: Random, head: number) => Log[] | undefined, least = 1): Twist {
  return (call, result, random, head) =>
    call.method === 'eth_getLogs' && Array.isArray(result) && result.length >= least
      ? change([...(result as Log[])], random, head)
      : undefined
}

/** A lie about a block. */
function ofBlock(change: (block: Block) => Block | null | undefined): Twist {
  return (call, result) =>
    call.method.startsWith('eth_getBlockBy') && isObject(result) ? change(result) : undefined
}

/** A lie about one of the logs. */
function ofOne(change: (log: Log, random: Random) => Log): Twist {
  return ofLogs((logs, random) => {
    const index = random.below(logs.length)
    return logs.map((log, place) => (place === index ? change(log, random) : log))
  })
}

const TWISTS: Readonly<Partial<Record<FaultName, Twist>>> = {
  'empty-logs': ofLogs(() => []),
  'missing-logs': ofLogs((logs, random) => {
    const lost = random.below(logs.length)
    return logs.filter((_, index) => index !== lost && !random.chance(0.1))
  }),
  'duplicated-logs': ofLogs((logs, random) => {
    const index = random.below(logs.length)
    return [...logs.slice(0, index + 1), ...logs.slice(index)]
  }),
  'reordered-logs': ofLogs((logs, random) => {
    const index = random.below(logs.length - 1)
    const [one, other] = [logs[index], logs[index + 1]]
    return one && other ? logs.toSpliced(index, 2, other, one) : undefined
  }, 2),
  'removed-logs': ofLogs((logs, random) => {
    const index = random.below(logs.length)
    const gone = logs[index]
    return gone && logs.toSpliced(index, 0, { ...gone, data: flipBit(String(gone.data)), removed: true })
  }),
  'other-block-logs': ofLogs((logs) => {
    const last = logs.at(-1)
    if (last === undefined) return undefined
    const blockNumber = quantity(Number(last.blockNumber) + 100_000)
    return [...logs, { ...last, blockNumber, blockHash: otherHash(last.blockHash) }]
  }),
  'other-hash-logs': ofOne((log) => ({ ...log, blockHash: otherHash(log.blockHash) })),
  'altered-logs': ofOne((log) => ({ ...log, data: flipBit(String(log.data)) })),
  'late-logs': ofLogs((logs, _, head) => {
    const seen = logs.filter(({ blockNumber }) => Number(blockNumber) !== head)
    return seen.length === logs.length ? undefined : seen
  }),
  'null-blocks': ofBlock(() => null),
  'wrong-parent-hash': ofBlock((block) => ({ ...block, parentHash: otherHash(block.parentHash) })),
  'wrong-timestamps': (call, result, random, head) =>
    ofBlock((block) => ({ ...block, timestamp: later(block.timestamp) }))(call, result, random, head) ??
    ofLogs((logs) =>
      logs[0]?.blockTimestamp === undefined
        ? undefined
        : logs.map((log) => ({ ...log, blockTimestamp: later(log.blockTimestamp) })),
    )(call, result, random, head),
  'wrong-block-hash': ofBlock((block) => ({ ...block, hash: otherHash(block.hash) })),
  'other-chain': (call, result) => {
    if (call.method === 'eth_chainId') return quantity(Number(result) + 1)
    if (call.method === 'net_version') return String(Number(result) + 1)
    return isObject(result) && result.number === '0x0'
      ? { ...result, hash: otherHash(result.hash) }
      : undefined
  },
  'other-history': (_, result) => rehash(result),
}

/** Every hash of a block in a result, changed in the same way each time: they still fit each other. */
function rehash(result: unknown): unknown {
  if (Array.isArray(result)) return result.map(rehash)
  if (!isObject(result)) return result
  const isBlock = 'parentHash' in result
  return Object.fromEntries(
    Object.entries(result).map(([key, value]) => {
      const isHash = key === 'blockHash' || (isBlock && (key === 'hash' || key === 'parentHash'))
      return [key, isHash ? otherHash(value) : Array.isArray(value) ? rehash(value) : value]
    }),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The hash with another first digit; that of nothing stays. */
function otherHash(hash: unknown): unknown {
  const text = String(hash)
  if (/^0x0*$/.test(text)) return hash
  return `0x${(Number.parseInt(text.slice(2, 3), 16) ^ 8).toString(16)}${text.slice(3)}`
}

/** Flips the lowest bit: the amount stays plausible. */
function flipBit(hex: string): string {
  return `${hex.slice(0, -1)}${(Number.parseInt(hex.slice(-1), 16) ^ 1).toString(16)}`
}

function later(time: unknown): string {
  return quantity(Number(time) + 86_400)
}
