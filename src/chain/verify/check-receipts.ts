import type { LogFilter, NodeHeader, NodeLog, NodeReceipt } from '../rpc/node-types'
import { BadAnswer } from '../rpc/rpc'
import { headerHash } from './header-hash'
import { isData, isQuantity, shown } from './hex-shape'
import { matchesFilter } from './matches-filter'
import { readLog } from './read-log'
import { receiptsRoot } from './receipts-root'

/**
 * Proves the logs of a block by its receipts: the header is what the block's hash commits to, the receipts are what
 * the header commits to, and where they say that their logs are is where they are.
 *
 * The hash of a transaction is in no receipt; it is held against the header's list of them where there is one.
 * @param header as `checkHeader` lets it pass; its hash is what is trusted
 * @param receipts a node's answer for the receipts of the block
 * @returns the block's logs that match a filter, in log order
 * @throws BadAnswer `behind` if the node has no receipts of it, `malformed` if they are none, `untrusted` if they or
 *   the header are not the block's
 */
export function checkReceipts(
  header: NodeHeader,
  receipts: unknown,
  filters: readonly LogFilter[],
): readonly NodeLog[] {
  const block = `block ${Number(header.number)} (${header.hash})`
  if (receipts === null) throw new BadAnswer('behind', `the node has no receipts of ${block}`)
  if (!Array.isArray(receipts)) {
    throw new BadAnswer('malformed', `the receipts of ${block} are no list: ${shown(receipts)}`)
  }
  const found = headerHash(header)
  if (found !== header.hash) {
    throw new BadAnswer('untrusted', `the header of ${block} hashes to ${found}`)
  }
  const logs = checkPlaces(header, receipts, block)
  const root = receiptsRoot(receipts as NodeReceipt[])
  if (root !== header.receiptsRoot) {
    throw new BadAnswer(
      'untrusted',
      `the receipts of ${block} have root ${root}, but its header says ${header.receiptsRoot}`,
    )
  }
  return logs.filter((log) => matchesFilter(log, filters))
}

/** Checks what receipts and their logs say about where they are; returns the logs. */
function checkPlaces(header: NodeHeader, receipts: readonly unknown[], block: string): NodeLog[] {
  const hashes: readonly unknown[] = Array.isArray(header.transactions) ? header.transactions : []
  const logs: NodeLog[] = []
  for (const [index, value] of receipts.entries()) {
    const what = `receipt ${index} of ${block}`
    const receipt = readReceipt(value, what)
    expectSame(what, 'blockHash', receipt.blockHash, header.hash)
    expectSame(what, 'blockNumber', Number(receipt.blockNumber), Number(header.number))
    expectSame(what, 'transactionIndex', Number(receipt.transactionIndex), index)
    const hash = hashes[index]
    if (typeof hash === 'string') expectSame(what, 'transactionHash', receipt.transactionHash, hash)
    for (const member of receipt.logs) {
      const position = `log ${logs.length} of ${block}`
      const log = readLog(member, () => position)
      if (log.removed === true) throw new BadAnswer('untrusted', `${position} is marked as removed`)
      expectSame(position, 'logIndex', Number(log.logIndex), logs.length)
      expectSame(position, 'blockHash', log.blockHash, header.hash)
      expectSame(position, 'blockNumber', Number(log.blockNumber), Number(header.number))
      expectSame(position, 'transactionIndex', Number(log.transactionIndex), index)
      expectSame(position, 'transactionHash', log.transactionHash, receipt.transactionHash)
      logs.push(log)
    }
  }
  return logs
}

function readReceipt(value: unknown, what: string): NodeReceipt {
  const receipt = (typeof value === 'object' && value !== null ? value : {}) as NodeReceipt
  const isReceipt =
    isData(receipt.blockHash, 32) &&
    isData(receipt.transactionHash, 32) &&
    isQuantity(receipt.blockNumber) &&
    isQuantity(receipt.transactionIndex) &&
    Array.isArray(receipt.logs)
  if (!isReceipt) throw new BadAnswer('malformed', `${what} is none: ${shown(value)}`)
  return receipt
}

function expectSame(what: string, field: string, found: string | number, expected: string | number): void {
  if (found === expected || String(found).toLowerCase() === String(expected).toLowerCase()) return
  throw new BadAnswer('untrusted', `${what} says ${field} ${found}, not ${expected}`)
}

const COMPARED = ['logIndex', 'blockHash', 'address', 'topics', 'data', 'transactionHash'] as const

/** The first difference between the logs of a block as they were told and as they were proven; undefined if none. */
export function sameLogs(told: readonly NodeLog[], proven: readonly NodeLog[]): string | undefined {
  for (let index = 0; index < Math.max(told.length, proven.length); index += 1) {
    const one = told[index]
    const other = proven[index]
    if (one === undefined) return `log ${Number(other?.logIndex)} was left out`
    if (other === undefined) return `log ${Number(one.logIndex)} does not exist`
    for (const field of COMPARED) {
      const difference = differenceIn(field, one, other)
      if (difference !== undefined) return difference
    }
  }
  return undefined
}

function differenceIn(field: (typeof COMPARED)[number], told: NodeLog, proven: NodeLog): string | undefined {
  if (field === 'logIndex') {
    const [one, other] = [Number(told.logIndex), Number(proven.logIndex)]
    if (one === other) return undefined
    return one < other ? `log ${one} does not exist` : `log ${other} was left out`
  }
  const [one, other] = [String(told[field]), String(proven[field])]
  return one === other
    ? undefined
    : `log ${Number(told.logIndex)} has ${field} ${shown(one)}, which is ${shown(other)}`
}
