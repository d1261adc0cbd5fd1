import { describe, expect, test } from 'vitest'
import type { NodeHeader } from '../../../src/chain/rpc/node-types'
import { headerHash } from '../../../src/chain/verify/header-hash'

const ZERO_HASH = `0x${'0'.repeat(64)}` as const
const EMPTY_ROOT = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'

/** Block 0 of Ethereum, whose hash every client is built around: the oldest form of a header. */
const FRONTIER: NodeHeader = {
  number: '0x0',
  hash: '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3',
  parentHash: ZERO_HASH,
  sha3Uncles: '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
  miner: `0x${'0'.repeat(40)}`,
  stateRoot: '0xd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544',
  transactionsRoot: EMPTY_ROOT,
  receiptsRoot: EMPTY_ROOT,
  logsBloom: `0x${'0'.repeat(512)}`,
  difficulty: '0x400000000',
  gasLimit: '0x1388',
  gasUsed: '0x0',
  timestamp: '0x0',
  extraData: '0x11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa',
  mixHash: ZERO_HASH,
  nonce: '0x0000000000000042',
}

const APPENDED = {
  baseFeePerGas: '0x7',
  withdrawalsRoot: EMPTY_ROOT,
  blobGasUsed: '0x0',
  excessBlobGas: '0x0',
  parentBeaconBlockRoot: ZERO_HASH,
  requestsHash: ZERO_HASH,
}
const NAMES = Object.keys(APPENDED)

test('the first header of Ethereum has the hash that is known of it', () => {
  expect(headerHash(FRONTIER)).toBe(FRONTIER.hash)
})

describe('what forks appended', () => {
  test.each(NAMES.map((name, index) => [name, index] as const))('%s changes the hash', (name, index) => {
    const upTo = Object.fromEntries(Object.entries(APPENDED).slice(0, index + 1))
    const { [name]: _, ...before } = upTo
    expect(headerHash({ ...FRONTIER, ...upTo })).not.toBe(headerHash({ ...FRONTIER, ...before }))
  })

  test.each(NAMES.slice(0, -1))(
    'has no gaps: without %s, a header that goes on cannot be recomputed',
    (name) => {
      const header = { ...FRONTIER, ...APPENDED, [name]: undefined }
      expect(() => headerHash(header)).toThrow(`block 0 cannot be recomputed: ${name} is undefined`)
    },
  )

  test('may be there as null, which is the same as not at all', () => {
    expect(headerHash({ ...FRONTIER, baseFeePerGas: null, requestsHash: null })).toBe(FRONTIER.hash)
  })
})

test.each(['stateRoot', 'miner', 'extraData', 'nonce', 'gasLimit'])(
  'a header without %s cannot be recomputed',
  (name) => {
    expect(() => headerHash({ ...FRONTIER, [name]: 'nothing' })).toThrow(`${name} is nothing`)
  },
)

test('the same numbers and bytes have the same hash, however they are spelled', () => {
  const miner = '0xAbCdEf0000000000000000000000000000000000'
  const spelled = { ...FRONTIER, gasLimit: '0x001388', miner }
  expect(headerHash(spelled)).toBe(headerHash({ ...FRONTIER, miner: miner.toLowerCase() }))
})
