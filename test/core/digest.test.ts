import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalBytes, extendDigest, historySeed } from '../../src/core/digest'
import type { EconomyEvent, EventBlock } from '../../src/core/events'
import { fold } from '../../src/core/fold'
import { addressOf, blocksOf, history, POLICY, SEED, START, sha256 } from '../support/history'

/** docs/digest.md again, in other words and with other means: what a second implementation would do. */
function digestByTheBook(seed: string, blocks: readonly EventBlock[]): string {
  const KINDS: Record<EconomyEvent['kind'], string> = {
    transfer: '01',
    burn: '02',
    stake: '03',
    unstake: '04',
    reward: '05',
    stableTransfer: '06',
  }
  const number = (value: number | bigint, bytes: number): string =>
    value.toString(16).padStart(bytes * 2, '0')
  let digest = seed.slice(2)
  for (const { block, events } of blocks) {
    if (events.length === 0) continue
    let hex =
      digest +
      number(block.number, 8) +
      block.hash.slice(2) +
      number(block.timestamp, 8) +
      number(events.length, 4)
    for (const event of events) {
      const parties = 'from' in event ? [event.from, 'to' in event ? event.to : undefined] : [event.account]
      const [first, second] = parties.map((party) => party?.slice(2))
      const amount = 'value' in event ? event.value : event.amount
      hex += KINDS[event.kind] + number(event.logIndex, 4) + event.transactionHash.slice(2)
      hex += (first ?? '') + (second ?? '0'.repeat(40)) + number(amount, 32)
    }
    digest = createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex')
  }
  return `0x${digest}`
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
    const [block] = blocksOf([[{ kind: 'transfer', from: addressOf(1), to: addressOf(2), value: 5n }]])
    if (block === undefined) throw new TypeError('no block')
    const [event] = block.events
    if (event?.kind !== 'transfer') throw new TypeError('no transfer')
    const other = `0x${'11'.repeat(32)}` as const
    const variants: EventBlock[] = [
      { ...block, events: [{ ...event, value: 6n }] },
      { ...block, events: [{ ...event, from: addressOf(3) }] },
      { ...block, events: [{ ...event, to: addressOf(3) }] },
      { ...block, events: [{ ...event, logIndex: 1 }] },
      { ...block, events: [{ ...event, transactionHash: other }] },
      { ...block, events: [{ ...event, kind: 'stableTransfer' }] },
      { ...block, events: [event, { ...event, logIndex: 1 }] },
      { ...block, block: { ...block.block, hash: other } },
      { ...block, block: { ...block.block, number: 2 } },
      { ...block, block: { ...block.block, timestamp: 1 } },
    ]
    const digests = [block, ...variants].map((variant) => extendDigest(SEED, variant, sha256))
    expect(new Set(digests).size).toBe(digests.length)
  })

  test('holds amounts of any size', () => {
    const most = 2n ** 256n - 1n
    const [block] = blocksOf([[{ kind: 'burn', from: addressOf(1), value: most }]])
    if (block === undefined) throw new TypeError('no block')
    expect(Buffer.from(canonicalBytes(block)).toString('hex').endsWith('f'.repeat(64))).toBe(true)
    expect(canonicalBytes(block)).toHaveLength(52 + 109)
  })

  test('the seed tells apart chains, contracts, start blocks and treasuries', () => {
    const contract = { address: addressOf(7), startBlock: 1 }
    const scope = {
      chainId: 1,
      token: contract,
      staking: contract,
      stable: contract,
      treasury: new Set([addressOf(8)]),
    }
    const seeds = [
      scope,
      { ...scope, chainId: 2 },
      { ...scope, token: { ...contract, startBlock: 2 } },
      { ...scope, stable: { ...contract, address: addressOf(9) } },
      { ...scope, treasury: new Set([addressOf(9)]) },
    ].map((one) => historySeed(one, sha256))
    expect(new Set(seeds).size).toBe(seeds.length)
    const hex = `${Buffer.from('ashao-indexer/history/1').toString('hex')}${'0'.repeat(15)}1${`${addressOf(7).slice(2)}${'0'.repeat(15)}1`.repeat(3)}00000001${addressOf(8).slice(2)}`
    expect(seeds[0]).toBe(`0x${createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex')}`)
  })
})
