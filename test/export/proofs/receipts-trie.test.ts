import { describe, expect, test } from 'vitest'
import type { NodeReceipt } from '../../../src/chain/rpc/node-types'
import { bytesOfData, hexOfBytes } from '../../../src/chain/verify/hex-bytes'
import { bloomHolds } from '../../../src/chain/verify/log-bloom'
import { encodeReceipt, receiptsRoot } from '../../../src/chain/verify/receipts-root'
import { receiptLogs } from '../../../src/export/proofs/receipt-logs'
import { pathTo, receiptAt, receiptsTrie } from '../../../src/export/proofs/receipts-trie'
import { hashOf } from '../../support/history'

const NO_BLOOM = `0x${'0'.repeat(512)}`

function receipt(index: number, changes: object = {}): NodeReceipt {
  const log = {
    address: `0x${(index + 1).toString(16).padStart(40, '0')}`,
    topics: [hashOf('topic', index), hashOf('other', index)].slice(0, index % 3),
    data: `0x${'ab'.repeat(index % 70)}`,
  }
  return {
    ...{ transactionHash: hashOf('transaction', index), transactionIndex: '0x0', blockHash: hashOf('block') },
    ...{ blockNumber: '0x1', from: log.address, to: null, status: '0x1', logsBloom: NO_BLOOM },
    cumulativeGasUsed: `0x${(21_000 * (index + 1)).toString(16)}`,
    type: `0x${index % 5}`,
    logs: (index % 4 === 0 ? [] : [log]) as unknown as NodeReceipt['logs'],
    ...changes,
  }
}

const rootOf = (receipts: readonly NodeReceipt[]) => bytesOfData(receiptsRoot(receipts))

describe('a real block', () => {
  // Block 836765 of Manta Sepolia, as its nodes serve it: a deposit of the OP stack and a transaction with a fee.
  const ROOT = '0x11e432ab48d8ffcb3278758a25fb2e10ba1267feae336da97a0f7bc861c74bbe'
  const log = {
    address: '0x9c76c6304885661cdb97f3984b13114b6d4b5248',
    topics: [
      '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
      '0x00000000000000000000000070ce2d9bb8502e302b9cbe5c56a5d0f1067da713',
      '0x000000000000000000000000717c7f9822e8c2ae6a64773f7a92727755a7e2fc',
    ],
    data: '0x00000000000000000000000000000000000000000000003635c9adc5dea00000',
  }
  const LOGS_BLOOM = bloomOf([log.address, ...log.topics])
  const receipts = [
    receipt(0, { type: '0x7e', cumulativeGasUsed: '0xccfd', depositNonce: '0xcc49c' }),
    receipt(1, { type: '0x2', cumulativeGasUsed: '0x18336', logsBloom: LOGS_BLOOM, logs: [log] }),
  ]

  test('has the root that is known of it, and its receipts are proven against that', async () => {
    const trie = await receiptsTrie(receipts)
    expect(hexOfBytes(trie.root())).toBe(ROOT)
    for (const index of receipts.keys()) {
      const proven = await receiptAt(bytesOfData(ROOT), index, await pathTo(trie, index))
      expect(hexOfBytes(proven)).toBe(hexOfBytes(encodeReceipt(receipts[index] as NodeReceipt)))
      expect(receiptLogs(proven)).toEqual(receipts[index]?.logs)
    }
  })
})

describe.each([1, 2, 17, 129, 260])('of %i receipts of all types', (size) => {
  const receipts = Array.from({ length: size }, (_, index) => receipt(index))
  const last = size - 1

  test('the trie has the root that ingestion computes, and proves each of them at its place', async () => {
    const trie = await receiptsTrie(receipts)
    expect(hexOfBytes(trie.root())).toBe(receiptsRoot(receipts))
    const root = rootOf(receipts)
    // Where keys get longer, and the trie deeper, are the places to look at.
    const places = [...receipts.keys()].filter((index) => index < 20 || index > 120)
    for (const index of places.slice(0, 60)) {
      const proven = await receiptAt(root, index, await pathTo(trie, index))
      expect(receiptLogs(proven)).toEqual(receipts[index]?.logs)
    }
  })

  test('a path does not hold elsewhere, nor against another root, nor with a node more or less', async () => {
    const trie = await receiptsTrie(receipts)
    const path = await pathTo(trie, last)
    const root = rootOf(receipts)
    const refused = (...given: Parameters<typeof receiptAt>) =>
      expect(receiptAt(...given)).rejects.toThrow(RangeError)
    await refused(root, last + 1, path)
    await refused(root, last, path.slice(1))
    await refused(root, last, path.slice(0, -1))
    await refused(root, last, [])
    await refused(root, last, [...path, Uint8Array.of(0x80)])
    await refused(root, last, [...path, path[0] as Uint8Array])
    await refused(rootOf([...receipts, receipt(size)]), last, path)
  })
})

test('that there is no receipt is no proof of one', async () => {
  const receipts = Array.from({ length: 20 }, (_, index) => receipt(index))
  const path = await pathTo(await receiptsTrie(receipts), 500)
  await expect(receiptAt(rootOf(receipts), 500, path)).rejects.toThrow('proves that there is no such receipt')
})

describe('what is no receipt', () => {
  test.each([
    ['nothing', '0x', 'it has no receipt'],
    ['cut off', '0xf90128a0', 'it is not RLP'],
    ['an empty list', '0xc0', 'it has no list of logs'],
    ['a log without topics', '0xc58001802020', 'it has no list of logs'],
    ['a log that is one byte', '0xc5800180c120', 'it has no log'],
    ['an address that is too short', '0xc8800180c4c320c080', 'it has no 20 bytes'],
  ])('%s is refused', (_, hex, problem) => {
    expect(() => receiptLogs(bytesOfData(hex))).toThrow(problem)
  })
})

/** The bloom of a receipt with one log (yellow paper, 4.3.1), found bit by bit with the test of blooms. */
function bloomOf(values: readonly string[]): string {
  const digits = new Array<number>(512).fill(0)
  const ALL = `0x${'f'.repeat(512)}`
  for (const value of values) {
    const [address, topics] = value.length === 42 ? [value, []] : [values[0] as string, [value]]
    for (let digit = 0; digit < 512; digit += 1) {
      for (const bit of [1, 2, 4, 8]) {
        const at = 2 + digit
        const without = `${ALL.slice(0, at)}${(15 ^ bit).toString(16)}${ALL.slice(at + 1)}`
        if (!bloomHolds(without, { address, topics })) digits[digit] = (digits[digit] ?? 0) | bit
      }
    }
  }
  return `0x${digits.map((digit) => digit.toString(16)).join('')}`
}
