import type { NodeLog } from '../rpc/node-types'
import { BadAnswer } from '../rpc/rpc'
import { isLowerData, isQuantity, isTimestamp, shown } from './hex-shape'

/**
 * Takes a value for a log, or says why it is none. Hex in upper case is spelled in lower case **in place**: the
 * digits mean the same, but everything after this compares text, and would take such a log for somebody else's.
 * @param what it is called in the statement
 * @throws BadAnswer (malformed)
 */
export function readLog(value: unknown, what: () => string): NodeLog {
  if (typeof value !== 'object' || value === null) {
    throw new BadAnswer('malformed', `${what()} is no log: ${shown(value)}`)
  }
  const log = value as NodeLog
  if (wrongField(log) === undefined) return spelledAlike(log)
  lowerCase(value)
  const field = wrongField(log)
  if (field === undefined) return spelledAlike(log)
  throw new BadAnswer('malformed', `${what()} is no log: ${field} is ${shown(log[field])}`)
}

const COUNTS = ['blockNumber', 'logIndex', 'transactionIndex'] as const

/** Quantities in one spelling, in place: without leading zeros and in lower case, for they are compared as text. */
function spelledAlike(log: NodeLog): NodeLog {
  for (const field of COUNTS) {
    if (PLAIN.test(log[field])) continue
    Object.assign(log, { [field]: `0x${Number(log[field]).toString(16)}` })
  }
  return log
}

const PLAIN = /^0x(?:0|[1-9a-f][0-9a-f]*)$/

function wrongField(log: NodeLog): keyof NodeLog | undefined {
  if (!isQuantity(log.blockNumber)) return 'blockNumber'
  if (!isQuantity(log.logIndex)) return 'logIndex'
  if (!isQuantity(log.transactionIndex)) return 'transactionIndex'
  if (!isLowerData(log.blockHash, 32)) return 'blockHash'
  if (!isLowerData(log.transactionHash, 32)) return 'transactionHash'
  if (!isLowerData(log.address, 20)) return 'address'
  if (!isLowerData(log.data)) return 'data'
  if (!isTopics(log.topics)) return 'topics'
  return log.blockTimestamp == null || isTimestamp(log.blockTimestamp) ? undefined : 'blockTimestamp'
}

function isTopics(topics: unknown): boolean {
  if (!Array.isArray(topics) || topics.length > 4) return false
  for (const topic of topics) if (!isLowerData(topic, 32)) return false
  return true
}

function lowerCase(answer: object): void {
  const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value)
  for (const [field, value] of Object.entries(answer)) {
    const spelled = Array.isArray(value) ? value.map(lower) : lower(value)
    Object.assign(answer, { [field]: spelled })
  }
}
