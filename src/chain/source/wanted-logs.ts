import type { DataRequest } from '@subsquid/evm-processor/lib/interfaces/data-request'
import type { Decode } from '../decode-log'
import type { LogFilter } from '../rpc/node-types'

type LogRequest = NonNullable<DataRequest['logs']>[number]

/** What of a run of blocks is wanted. */
export interface Wanted {
  /** These logs, and no others. */
  readonly exactly: readonly LogFilter[]
  /** What nodes are asked: fewer questions, whose answers may hold a little more. */
  readonly questions: readonly LogFilter[]
  /** Of these logs the transaction is wanted as well. */
  readonly withTransaction: readonly LogFilter[]
  /** Whether blocks without logs are wanted, too. */
  readonly allBlocks: boolean
  readonly decode: Decode
}

/** What the engine's request asks for, as questions to nodes. */
export function wantedOf({ logs = [], includeAllBlocks }: DataRequest, decode: Decode): Wanted {
  const exactly = logs.map(filterOf)
  return {
    exactly,
    questions: fewestQuestions(exactly),
    withTransaction: logs.filter(({ transaction }) => transaction === true).map(filterOf),
    allBlocks: includeAllBlocks === true,
    decode,
  }
}

function filterOf({ address = [], topic0, topic1, topic2, topic3 }: LogRequest): LogFilter {
  const topics = [topic0, topic1, topic2, topic3].map((any) => any ?? null)
  while (topics.length > 0 && topics.at(-1) === null) topics.pop()
  return { addresses: address, topics }
}

/**
 * Filters by topic0 alone become one question: any of the addresses with any of the topics. An address of which
 * other logs are asked for by more topics stays out of it: those logs may be anyone's (of the stable asset only the
 * treasury's Transfers count), and the joint question would bring them all.
 */
function fewestQuestions(filters: readonly LogFilter[]): LogFilter[] {
  const wide = filters.filter(({ topics }) => topics.length === 1)
  const narrow = filters.filter((filter) => !wide.some((other) => covers(other, filter)))
  const narrowed = new Set(narrow.flatMap(({ addresses }) => addresses))
  const joined = wide.filter(({ addresses }) => !addresses.some((address) => narrowed.has(address)))
  const apart = wide.filter((filter) => !joined.includes(filter))
  if (joined.length === 0) return [...apart, ...narrow]
  const question = {
    addresses: [...new Set(joined.flatMap(({ addresses }) => addresses))],
    topics: [[...new Set(joined.flatMap(({ topics }) => topics[0] ?? []))]],
  }
  return [question, ...apart, ...narrow]
}

/** Whether every log of `narrow` is one of `wide`, a filter by topic0 alone. */
function covers(wide: LogFilter, narrow: LogFilter): boolean {
  const [any] = wide.topics
  const [wanted] = narrow.topics
  if (any == null || wanted == null) return false
  return (
    narrow.addresses.every((address) => wide.addresses.includes(address)) &&
    wanted.every((topic) => any.includes(topic))
  )
}
