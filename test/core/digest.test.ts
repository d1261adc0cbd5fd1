import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Address, ZERO_ADDRESS } from '../../src/core/address'
import { canonicalBytes, extendDigest, type HistoryScope, historySeed } from '../../src/core/digest'
import type { EconomyEvent, EventBlock } from '../../src/core/events'
import { fold } from '../../src/core/fold'
import {
  addressOf,
  BRIDGE,
  blocksOf,
  type Draft,
  history,
  POLICY,
  SEED,
  START,
  sha256,
} from '../support/history'

const CONTRACTS = ['', 'token', 'staking', 'stable']

/** Kind, first, second and amount of an event, by the table of docs/digest.md. */
function columnsOf(event: EconomyEvent): [kind: number, first: string, second: string, amount: bigint] {
  switch (event.kind) {
    case 'transfer':
      return [1, event.from, event.to, event.value]
    case 'burn':
      return [2, event.from, '', event.value]
    case 'stake':
      return [3, event.account, '', event.amount]
    case 'unstake':
      return [4, event.account, '', event.amount]
    case 'reward':
      return [5, event.account, '', event.amount]
    case 'stableTransfer':
      return [6, event.from, event.to, event.value]
    case 'sync':
      return [7, '', '', event.tokenReserve * 2n ** 128n + event.stableReserve]
    case 'upgrade':
      return [8, event.implementation, '', BigInt(CONTRACTS.indexOf(event.contract))]
  }
}

const number = (value: number | bigint, bytes: number): string => value.toString(16).padStart(bytes * 2, '0')
const hashed = (hex: string): string => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex')

/** docs/digest.md again, in other words and with other means: what a second implementation would do. */
function digestByTheBook(seed: string, blocks: readonly EventBlock[]): string {
  let digest = seed.slice(2)
  for (const { block, events } of blocks) {
    if (events.length === 0) continue
    const head = [number(block.number, 8), block.hash.slice(2), number(block.timestamp, 8)]
    let hex = digest + head.join('') + number(events.length, 4)
    for (const event of events) {
      const [kind, first, second, amount] = columnsOf(event)
      hex += number(kind, 1) + number(event.logIndex, 4) + event.transactionHash.slice(2)
      hex += first.slice(2).padStart(40, '0') + second.slice(2).padStart(40, '0') + number(amount, 32)
    }
    digest = hashed(hex)
  }
  return `0x${digest}`
}

/** The seed of docs/digest.md. */
function seedByTheBook({ chainId, token, staking, stable, pair, treasury, buyback }: HistoryScope): string {
  let hex = Buffer.from('ashao-indexer/history/2').toString('hex') + number(chainId, 8)
  for (const contract of [token, staking, stable, pair]) {
    hex += (contract?.address ?? '').slice(2).padStart(40, '0') + number(contract?.startBlock ?? 0, 8)
  }
  for (const wallets of [treasury, buyback]) {
    const ascending = [...wallets].map(BigInt).sort((one, other) => (one < other ? -1 : 1))
    hex += number(ascending.length, 4) + ascending.map((wallet) => number(wallet, 20)).join('')
  }
  return `0x${hashed(hex)}`
}

describe('history digest', () => {
  test('is what docs/digest.md says', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        expect(fold(START, blocks, POLICY, sha256).snapshots.at(-1)?.digest).toBe(
          digestByTheBook(SEED, blocks),
        )
      }),
    )
  })

  test('changes with any single fact of any event', () => {
    const [alice, bob, carol] = [1, 2, 3].map(addressOf) as [Address, Address, Address]
    const facts: Draft[] = [
      { kind: 'transfer', from: alice, to: bob, value: 5n },
      { kind: 'transfer', from: alice, to: bob, value: 6n },
      { kind: 'transfer', from: carol, to: bob, value: 5n },
      { kind: 'transfer', from: alice, to: carol, value: 5n },
      { kind: 'transfer', from: alice, to: bob, value: 5n, tx: 1 },
      { kind: 'stableTransfer', from: alice, to: bob, value: 5n },
      { kind: 'burn', from: alice, value: 5n },
      { kind: 'stake', account: alice, amount: 5n },
      { kind: 'unstake', account: alice, amount: 5n },
      { kind: 'reward', account: alice, amount: 5n },
      { kind: 'sync', tokenReserve: 5n, stableReserve: 6n },
      { kind: 'sync', tokenReserve: 6n, stableReserve: 5n },
      { kind: 'upgrade', contract: 'token', implementation: alice },
      { kind: 'upgrade', contract: 'staking', implementation: alice },
      { kind: 'upgrade', contract: 'stable', implementation: alice },
      { kind: 'upgrade', contract: 'stable', implementation: bob },
    ]
    const blocks = facts.map((fact) => blocksOf([[fact]])[0] as EventBlock)
    const [first] = blocks as [EventBlock]
    const [event] = first.events as [EconomyEvent]
    const other = `0x${'11'.repeat(32)}` as const
    blocks.push(
      { ...first, events: [{ ...event, logIndex: 1 }] },
      { ...first, events: [event, { ...event, logIndex: 1 }] },
      { ...first, block: { ...first.block, hash: other } },
      { ...first, block: { ...first.block, number: 2 } },
      { ...first, block: { ...first.block, timestamp: 1 } },
    )
    const digests = blocks.map((block) => extendDigest(SEED, block, sha256))
    expect(new Set(digests).size).toBe(blocks.length)
  })

  test('does not depend on who called a transaction', () => {
    const burn: Draft = { kind: 'transfer', from: addressOf(1), to: ZERO_ADDRESS, value: 5n }
    const digests = [burn, { ...burn, callers: [addressOf(2), BRIDGE] }].map((one) =>
      extendDigest(SEED, blocksOf([[one]])[0] as EventBlock, sha256),
    )
    expect(digests[0]).toBe(digests[1])
  })

  test('is not taken of what is no hexadecimal', () => {
    const [block] = blocksOf([[{ kind: 'burn', from: addressOf(1), value: 1n }]]) as [EventBlock]
    const wrong = { ...block, block: { ...block.block, hash: `0x${'g'.repeat(64)}` as const } }
    expect(() => canonicalBytes(wrong)).toThrow(/is not hexadecimal/)
    const odd = { ...block, block: { ...block.block, hash: `0x${'1'.repeat(63)}` as const } }
    expect(() => canonicalBytes(odd)).toThrow(/is not hexadecimal/)
  })

  test('nothing is left of a block that was larger, or that was refused', () => {
    const burn: Draft = { kind: 'burn', from: addressOf(1), value: 2n ** 256n - 1n }
    const [small, large] = blocksOf([[{ ...burn, value: 1n }], new Array<Draft>(100).fill(burn)]) as [
      EventBlock,
      EventBlock,
    ]
    const digest = extendDigest(SEED, small, sha256)
    extendDigest(SEED, large, sha256)
    expect(extendDigest(SEED, small, sha256)).toBe(digest)
    const wrong = { ...large, block: { ...large.block, hash: `0x${'f'.repeat(63)}g` as const } }
    expect(() => extendDigest(SEED, wrong, sha256)).toThrow(/is not hexadecimal/)
    expect(extendDigest(SEED, small, sha256)).toBe(digest)
  })

  test('holds amounts of any size', () => {
    const most = 2n ** 256n - 1n
    const [block] = blocksOf([[{ kind: 'burn', from: addressOf(1), value: most }]])
    if (block === undefined) throw new TypeError('no block')
    expect(Buffer.from(canonicalBytes(block)).toString('hex').endsWith('f'.repeat(64))).toBe(true)
    expect(canonicalBytes(block)).toHaveLength(52 + 109)
  })

  test('holds the reserves of a pair side by side, however large', () => {
    const most = 2n ** 112n - 1n
    const [block] = blocksOf([[{ kind: 'sync', tokenReserve: most, stableReserve: 1n }]])
    const words = `0000${'f'.repeat(28)}${'0'.repeat(31)}1`
    expect(
      Buffer.from(canonicalBytes(block as EventBlock))
        .toString('hex')
        .endsWith(words),
    ).toBe(true)
  })

  test('the seed is what docs/digest.md says, and tells apart chains, contracts, start blocks and wallets', () => {
    const contract = { address: addressOf(7), startBlock: 1 }
    const [one, other] = [addressOf(8), addressOf(9)]
    const scope: HistoryScope = {
      chainId: 1,
      token: contract,
      staking: contract,
      stable: contract,
      pair: undefined,
      treasury: new Set([one]),
      buyback: new Set(),
    }
    const scopes: HistoryScope[] = [
      scope,
      { ...scope, chainId: 2 },
      { ...scope, token: { ...contract, startBlock: 2 } },
      { ...scope, staking: { ...contract, startBlock: 2 } },
      { ...scope, stable: { ...contract, address: other } },
      { ...scope, pair: contract },
      { ...scope, pair: { ...contract, startBlock: 2 } },
      { ...scope, treasury: new Set([other]) },
      { ...scope, treasury: new Set(), buyback: new Set([one]) },
      { ...scope, treasury: new Set([other, one]), buyback: new Set([addressOf(10)]) },
    ]
    const seeds = scopes.map((each) => historySeed(each, sha256))
    expect(seeds).toEqual(scopes.map(seedByTheBook))
    expect(new Set(seeds).size).toBe(seeds.length)
    const sorted = { ...scope, treasury: new Set([one, other]), buyback: new Set([addressOf(10)]) }
    expect(historySeed(sorted, sha256)).toBe(seeds.at(-1))
  })
})
