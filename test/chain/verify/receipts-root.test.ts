import { bytesToHex, concatHex, keccak256 } from 'viem'
import { describe, expect, test } from 'vitest'
import type { NodeLog, NodeReceipt } from '../../../src/chain/rpc/node-types'
import { encodeReceipt, receiptsRoot } from '../../../src/chain/verify/receipts-root'
import { hashOf } from '../../support/history'

const NO_BLOOM = `0x${'0'.repeat(512)}`

function receipt(changes: Record<string, unknown>): NodeReceipt {
  return {
    transactionHash: hashOf('transaction'),
    transactionIndex: '0x0',
    blockHash: hashOf('block'),
    blockNumber: '0x1',
    from: `0x${'1'.repeat(40)}`,
    to: null,
    status: '0x1',
    logsBloom: NO_BLOOM,
    logs: [],
    ...changes,
  }
}

describe('a deposit of the OP stack', () => {
  // Headers of Manta Sepolia, as its nodes serve them: between Regolith and Canyon.
  test.each([
    [549_192, '0xccfd', '0x86147', '0xdbf9def3e8d930433596aa91b3ad3279652031ca45b1a3ca92785703f84aa6b0'],
    [697_672, '0xc545', '0xaa547', '0x0e7c255df3e2b7ca4d55b82047531f7f3e7437ab1eb33e22eca70653c874982d'],
    [863_731, '0xf9f5', '0xd2df2', '0x3c715dd96d2597ccd46fde046da5e4b13e0a5b7d0a2ff60c3ee6c92fee9600ea'],
  ])('before Canyon goes in without its nonce: block %i', (_, cumulativeGasUsed, depositNonce, root) => {
    expect(receiptsRoot([receipt({ type: '0x7e', cumulativeGasUsed, depositNonce })])).toBe(root)
    const since = receipt({ type: '0x7e', cumulativeGasUsed, depositNonce, depositReceiptVersion: '0x1' })
    expect(receiptsRoot([since])).not.toBe(root)
  })

  test('goes in beside other receipts: block 836765 of Manta Sepolia', () => {
    const log = {
      address: '0x9c76c6304885661cdb97f3984b13114b6d4b5248',
      topics: [
        '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
        '0x00000000000000000000000070ce2d9bb8502e302b9cbe5c56a5d0f1067da713',
        '0x000000000000000000000000717c7f9822e8c2ae6a64773f7a92727755a7e2fc',
      ],
      data: '0x00000000000000000000000000000000000000000000003635c9adc5dea00000',
    } as const
    let bloom = 0n
    for (const value of [log.address, ...log.topics]) {
      const hash = keccak256(value)
      for (const start of [2, 6, 10]) bloom |= 1n << (BigInt(`0x${hash.slice(start, start + 4)}`) % 2_048n)
    }
    const logsBloom = `0x${bloom.toString(16).padStart(512, '0')}`
    const receipts = [
      receipt({ type: '0x7e', cumulativeGasUsed: '0xccfd', depositNonce: '0xcc49c' }),
      receipt({ type: '0x2', cumulativeGasUsed: '0x18336', logsBloom, logs: [log as unknown as NodeLog] }),
    ]
    expect(receiptsRoot(receipts)).toBe('0x11e432ab48d8ffcb3278758a25fb2e10ba1267feae336da97a0f7bc861c74bbe')
  })

  test('since Canyon goes in with nonce and version', () => {
    const fields = { type: '0x7e', cumulativeGasUsed: '0xb741' }
    const since = receipt({ ...fields, depositNonce: '0x3d3bbf', depositReceiptVersion: '0x1' })
    // 0x7e, then a list of status, gas, bloom, no logs, nonce and version.
    const parts = [
      '0x7e',
      '0xf9010d',
      '0x01',
      '0x82b741',
      '0xb90100',
      NO_BLOOM,
      '0xc0',
      '0x833d3bbf',
      '0x01',
    ] as const
    expect(bytesToHex(encodeReceipt(since))).toBe(concatHex(parts as unknown as `0x${string}`[]))
  })
})

test('before Byzantium, a receipt holds the state root instead of whether it succeeded', () => {
  const root = hashOf('state')
  const old = receipt({ status: undefined, root, cumulativeGasUsed: '0x5208' })
  const parts = ['0xf90128', '0xa0', root, '0x825208', '0xb90100', NO_BLOOM, '0xc0'] as const
  expect(bytesToHex(encodeReceipt(old))).toBe(concatHex(parts as unknown as `0x${string}`[]))
})

test.each([
  ['cumulativeGasUsed', { cumulativeGasUsed: undefined }],
  ['logsBloom', { cumulativeGasUsed: '0x1', logsBloom: '0x00' }],
  ['root', { cumulativeGasUsed: '0x1', status: null }],
  ['depositNonce', { cumulativeGasUsed: '0x1', type: '0x7e', depositReceiptVersion: '0x1' }],
])('a receipt that lacks %s cannot be encoded', (field, changes) => {
  expect(() => receiptsRoot([receipt(changes)])).toThrow(`cannot be encoded: ${field} is`)
})
