import type { Hash } from '../../core/address'
import type { LogFilter, NodeLog } from '../rpc/node-types'
import { BadAnswer } from '../rpc/rpc'
import { shown } from './hex-shape'
import { matchesFilter } from './matches-filter'
import { readLog } from './read-log'

/** What was asked of `eth_getLogs`: a run of blocks, both ends included, or one block by its hash (EIP-234). */
export type LogQuestion =
  | { readonly fromBlock: number; readonly toBlock: number; readonly filters: readonly LogFilter[] }
  | { readonly blockHash: Hash; readonly blockNumber: number; readonly filters: readonly LogFilter[] }

/**
 * Checks an answer of `eth_getLogs` against itself and against the question, so that nothing in it counts twice, is
 * out of order or was not asked for. Whether something is missing from it, it cannot tell.
 *
 * No spelling is refused: hex in upper case is made lower case **in place**, since all that comes after compares text.
 * @throws BadAnswer `malformed` if it is no list of logs, `untrusted` if it cannot be true
 */
export function checkLogs(logs: unknown, question: LogQuestion): asserts logs is NodeLog[] {
  if (!Array.isArray(logs)) throw new BadAnswer('malformed', `an answer for logs is no list: ${shown(logs)}`)
  const first = 'blockHash' in question ? question.blockNumber : question.fromBlock
  const last = 'blockHash' in question ? question.blockNumber : question.toBlock
  let previous: LogPlace | undefined
  for (let index = 0; index < logs.length; index += 1) {
    const log = readLog(logs[index], () => `member ${index} of an answer for logs`)
    const block = log.blockNumber === previous?.log.blockNumber ? previous.block : Number(log.blockNumber)
    const place = { log, block, logIndex: Number(log.logIndex), transaction: Number(log.transactionIndex) }
    if (log.removed === true) throw untrusted(place, 'is marked as removed')
    if (block < first || block > last) {
      throw untrusted(place, `was not asked for: blocks ${first} to ${last} were`)
    }
    if ('blockHash' in question && log.blockHash !== question.blockHash) {
      throw untrusted(place, `is of ${log.blockHash}, but ${question.blockHash} was asked for`)
    }
    if (!matchesFilter(log, question.filters)) throw untrusted(place, 'was not asked for')
    if (previous?.block === block) checkNeighbours(previous, place)
    else if (previous !== undefined) checkNextBlock(previous, place)
    previous = place
  }
  checkTransactions(logs as NodeLog[])
}

/** A log with its position as numbers. */
interface LogPlace {
  readonly log: NodeLog
  readonly block: number
  readonly logIndex: number
  readonly transaction: number
}

function checkNeighbours(previous: LogPlace, place: LogPlace): void {
  const { log } = place
  if (log.blockHash !== previous.log.blockHash) {
    throw untrusted(place, `is of block ${log.blockHash}, the one before it of ${previous.log.blockHash}`)
  }
  if (place.logIndex === previous.logIndex) throw untrusted(place, 'comes twice')
  if (place.logIndex < previous.logIndex) throw untrusted(place, `comes after log ${previous.logIndex}`)
  if (place.transaction < previous.transaction) {
    throw untrusted(
      place,
      `is of transaction ${place.transaction}, the one before it of ${previous.transaction}`,
    )
  }
  const isSameHash = log.transactionHash === previous.log.transactionHash
  if ((place.transaction === previous.transaction) !== isSameHash) {
    const told = `transaction ${place.transaction} with hash ${log.transactionHash}`
    const before = `${previous.transaction} with hash ${previous.log.transactionHash}`
    throw untrusted(place, `is of ${told}, the one before it of ${before}`)
  }
  if (log.blockTimestamp !== previous.log.blockTimestamp) {
    throw untrusted(
      place,
      `has timestamp ${log.blockTimestamp}, the one before it ${previous.log.blockTimestamp}`,
    )
  }
}

function checkNextBlock(previous: LogPlace, place: LogPlace): void {
  if (place.block < previous.block) throw untrusted(place, `comes after block ${previous.block}`)
  if (place.log.blockHash === previous.log.blockHash) {
    throw untrusted(place, `has the hash of block ${previous.block}, ${place.log.blockHash}`)
  }
  const times = [previous.log.blockTimestamp, place.log.blockTimestamp]
  if (times.every((time) => time != null) && Number(times[1]) < Number(times[0])) {
    throw untrusted(place, `has timestamp ${times[1]}, block ${previous.block} has the later ${times[0]}`)
  }
}

/** A transaction is mined once: of neighbours that is known already, but another one may lie between. */
function checkTransactions(logs: readonly NodeLog[]): void {
  const seen = new Set<Hash>()
  let previous: NodeLog | undefined
  for (const log of logs) {
    const isSame =
      log.transactionHash === previous?.transactionHash && log.blockNumber === previous.blockNumber
    previous = log
    if (isSame) continue
    if (seen.has(log.transactionHash)) {
      const what = `Log ${Number(log.logIndex)} of block ${Number(log.blockNumber)}`
      throw new BadAnswer('untrusted', `${what} is of transaction ${log.transactionHash}, which came before`)
    }
    seen.add(log.transactionHash)
  }
}

function untrusted({ block, logIndex }: LogPlace, what: string): BadAnswer {
  return new BadAnswer('untrusted', `log ${logIndex} of block ${block} ${what}`)
}
