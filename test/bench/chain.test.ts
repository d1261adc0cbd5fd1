import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { buildChain, type SimulatedChain } from '../../bench/ingest/simulator/chain'
import { createNode } from '../../bench/ingest/simulator/node'
import { eventLine } from '../../bench/ingest/simulator/truth'
import type { NodeHeader, NodeReceipt } from '../../src/chain/rpc/node-types'
import { headerHash } from '../../src/chain/verify/header-hash'
import { bloomHolds } from '../../src/chain/verify/log-bloom'
import { receiptsRoot } from '../../src/chain/verify/receipts-root'
import { parseEconomyFile } from '../../src/config/economy-file'
import type { Problem } from '../../src/config/problems'
import { foldAll } from '../core/folding'
import { inHex } from './ask'
import { eventBlocks } from './event-blocks'

const SMALL = { blocks: 40, events: 400, noise: 8, accounts: 40 }

/** What a node that has all of the chain answers. */
function answer<Result>(chain: SimulatedChain, method: string, ...params: readonly unknown[]): Result {
  const text = createNode(chain, {})(method, params, chain).map(String).join('')
  return JSON.parse(text) as Result
}

const blockOf = (chain: SimulatedChain, number: number): NodeHeader =>
  answer(chain, 'eth_getBlockByNumber', inHex(number), false)

const receiptsOf = (chain: SimulatedChain, number: number): NodeReceipt[] =>
  answer(chain, 'eth_getBlockReceipts', inHex(number))

const numbersOf = (chain: SimulatedChain): number[] =>
  Array.from({ length: chain.head() + 1 }, (_, number) => number)

describe('a chain', () => {
  test('is the same for the same options, and another for another seed', () => {
    const one = buildChain(SMALL)
    const same = buildChain(SMALL)
    expect(same.truth()).toEqual(one.truth())
    for (const number of numbersOf(one)) expect(blockOf(same, number)).toEqual(blockOf(one, number))
    expect(buildChain({ ...SMALL, seed: 2 }).truth().eventsDigest).not.toBe(one.truth().eventsDigest)
  })

  test('has exactly the events that were asked for, with all kinds among them', () => {
    for (const events of [1, 2, 399, 3_000])
      expect(buildChain({ ...SMALL, events }).truth().events).toBe(events)
    const { counts } = buildChain({ ...SMALL, events: 3_000 }).truth()
    expect(Object.values(counts).filter((count) => count === 0)).toEqual([])
    const sparse = buildChain({ ...SMALL, blocks: 1_000, events: 50, active: 0.02 }).truth()
    expect(sparse.blocksWithEvents).toBeLessThan(50)
  })

  test.each([false, true])('links its blocks, and their blooms hold their logs (sealed: %s)', (sealed) => {
    const chain = buildChain({ ...SMALL, sealed })
    for (const number of numbersOf(chain)) {
      const block = blockOf(chain, number)
      if (number > 0) expect(block.parentHash).toBe(blockOf(chain, number - 1).hash)
      const logs = receiptsOf(chain, number).flatMap((receipt) => receipt.logs)
      expect(logs.map(({ logIndex }) => Number(logIndex))).toEqual(logs.map((_, index) => index))
      expect(logs.filter((log) => !bloomHolds(block.logsBloom, log))).toEqual([])
      const filter = { fromBlock: inHex(number), toBlock: inHex(number) }
      expect(answer(chain, 'eth_getLogs', filter)).toEqual(logs)
    }
  })

  test('that is sealed has the hashes and roots that its blocks come out with', () => {
    const chain = buildChain({ ...SMALL, sealed: true, noise: 60, blocks: 20 })
    for (const number of numbersOf(chain)) {
      const block = blockOf(chain, number)
      expect(headerHash(block)).toBe(block.hash)
      expect(receiptsRoot(receiptsOf(chain, number))).toBe(block.receiptsRoot)
    }
    // More than 127 receipts have keys of two bytes.
    const wide = buildChain({ ...SMALL, sealed: true, blocks: 1, events: 1, plainTransactions: 150 })
    expect(receiptsRoot(receiptsOf(wide, 1))).toBe(blockOf(wide, 1).receiptsRoot)
  })
})

describe('what is true of a chain', () => {
  test('is what the economy comes to, by its own rules', () => {
    const chain = buildChain({ ...SMALL, events: 2_000 })
    const problems: Problem[] = []
    const economy = parseEconomyFile(chain.economyFile(), 'economy.yaml', problems)
    expect(problems).toEqual([])
    const ledger = foldAll(eventBlocks(chain), economy?.policy)
    const { accounts, ...truth } = chain.truth()
    const last = ledger.snapshots.at(-1)
    expect(last).toMatchObject({
      eventCount: truth.events,
      transferCount: truth.counts.transfer,
      totalSupply: truth.totalSupply,
      cumulativeBurn: truth.burned,
      staked: truth.staked,
      rewardsPaid: truth.rewardsPaid,
      treasuryBalance: truth.treasuryBalance,
      treasuryRevenue: truth.treasuryRevenue,
      mintedAfterGenesis: 0n,
    })
    expect(ledger.invariantBreaks).toEqual([])
    expect(ledger.burns).toHaveLength(truth.counts.burn)
    const folded = ledger.accounts.filter(({ address }) => accounts.has(address))
    expect(folded.map(({ address, balance, staked }) => [address, balance, staked])).toEqual(
      folded.map(({ address }) => [address, accounts.get(address)?.balance, accounts.get(address)?.stake]),
    )
    expect(folded).toHaveLength(accounts.size)
    expect(ledger.snapshots.map(({ totalSupply }) => totalSupply)).toEqual(
      ledger.snapshots.map(({ blockNumber }) => chain.truthAt(blockNumber).totalSupply),
    )
  })

  test('commits to every event', () => {
    const chain = buildChain(SMALL)
    const lines = chain.events(0, chain.head()).map(eventLine)
    expect(createHash('sha256').update(lines.join('')).digest('hex')).toBe(chain.truth().eventsDigest)
    const days = chain.truth().days.reduce((sum, { events }) => sum + events, 0)
    expect(days).toBe(lines.length)
  })

  test.each([
    ['as long', 5, 5],
    ['longer', 5, 8],
    ['shorter', 8, 5],
    ['cut off', 6, 0],
  ])('changes with a reorg to a chain that is %s', (_, depth, blocks) => {
    const chain = buildChain({ ...SMALL, sealed: true })
    const before = numbersOf(chain).map((number) => blockOf(chain, number).hash)
    const kept = chain.head() - depth
    const untouched = chain.truthAt(kept)
    const told: number[] = []
    chain.onBlock((number) => told.push(number))
    chain.reorg(depth, { blocks, events: blocks * 3 })
    expect(chain.head()).toBe(kept + blocks)
    expect(told).toEqual(Array.from({ length: blocks }, (_, index) => kept + 1 + index))
    expect(chain.truthAt(kept)).toEqual(untouched)
    expect(chain.truth().events).toBe(untouched.events + blocks * 3)
    const after = numbersOf(chain).map((number) => blockOf(chain, number))
    expect(after.slice(0, kept + 1).map(({ hash }) => hash)).toEqual(before.slice(0, kept + 1))
    expect(after.slice(kept + 1).filter(({ hash }) => before.includes(hash))).toEqual([])
    expect(after.slice(1).map(({ parentHash }) => parentHash)).toEqual(
      after.slice(0, -1).map(({ hash }) => hash),
    )
    expect(after.map(({ timestamp }) => Number(timestamp))).toEqual(
      after.map(({ timestamp }) => Number(timestamp)).toSorted((one, other) => one - other),
    )
    for (const block of after) expect(headerHash(block)).toBe(block.hash)
  })
})
