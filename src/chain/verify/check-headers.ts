import type { Hash } from '../../core/address'
import type { NodeHeader } from '../rpc/node-types'
import { BadAnswer } from '../rpc/rpc'
import { isData, isQuantity, isTimestamp, shown } from './hex-shape'

const HASHES = ['hash', 'parentHash', 'receiptsRoot'] as const

/**
 * Checks that a node's answer is the header that was asked for; whether it is true, `headerHash` tells. Hashes in
 * upper case are made lower case in place, since they are compared as text.
 * @throws BadAnswer `behind` if the node does not have it, `malformed` if it is no header, `untrusted` if it is
 *   another one's
 */
export function checkHeader(
  header: unknown,
  expected: { readonly number?: number; readonly hash?: Hash },
): asserts header is NodeHeader {
  const asked = expected.hash ?? expected.number ?? 'that was asked for'
  if (header === null) throw new BadAnswer('behind', `the node does not have block ${asked}`)
  if (typeof header !== 'object') throw malformed(asked, 'it', header)
  const read = header as Record<string, unknown>
  if (!isQuantity(read.number)) throw malformed(asked, 'number', read.number)
  if (!isTimestamp(read.timestamp)) {
    throw malformed(asked, 'timestamp', read.timestamp)
  }
  if (!isData(read.logsBloom, 256)) throw malformed(asked, 'logsBloom', read.logsBloom)
  for (const field of HASHES) {
    const value = read[field]
    if (!isData(value, 32)) throw malformed(asked, field, value)
    const lower = value.toLowerCase()
    if (lower !== value) read[field] = lower
  }
  if (expected.number !== undefined && Number(read.number) !== expected.number) {
    throw new BadAnswer(
      'untrusted',
      `the header of block ${asked} says that it is number ${Number(read.number)}`,
    )
  }
  if (expected.hash !== undefined && read.hash !== expected.hash) {
    throw new BadAnswer('untrusted', `the header of block ${asked} says that its hash is ${read.hash}`)
  }
}

/**
 * Checks that headers belong to one chain: where two follow each other, the later one names the earlier one as its
 * parent; time never runs backwards.
 * @param headers in ascending order, with or without gaps
 * @throws BadAnswer `untrusted`
 */
export function checkLinks(
  headers: readonly Pick<NodeHeader, 'number' | 'hash' | 'parentHash' | 'timestamp'>[],
): void {
  for (let index = 1; index < headers.length; index += 1) {
    const parent = headers[index - 1]
    const header = headers[index]
    if (parent === undefined || header === undefined) continue
    const number = Number(header.number)
    const before = Number(parent.number)
    if (number <= before) throw new BadAnswer('untrusted', `block ${number} comes after block ${before}`)
    if (number === before + 1 && header.parentHash !== parent.hash) {
      const what = `block ${number} ${header.hash} has parent ${header.parentHash}, but block ${before} is ${parent.hash}`
      throw new BadAnswer('untrusted', what)
    }
    if (Number(header.timestamp) < Number(parent.timestamp)) {
      const what = `block ${number} has timestamp ${Number(header.timestamp)}, block ${before} before it `
      throw new BadAnswer('untrusted', `${what}the later ${Number(parent.timestamp)}`)
    }
  }
}

function malformed(asked: Hash | number | string, field: string, value: unknown): BadAnswer {
  return new BadAnswer('malformed', `the answer for block ${asked} is no header: ${field} is ${shown(value)}`)
}
