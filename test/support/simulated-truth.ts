import type { Client } from 'pg'
import { expect } from 'vitest'
import type { SimulatedChain } from '../../bench/ingest/simulator/chain'
import { sha256 } from '../../src/chain/verify/sha256'
import { type EconomyFile, parseEconomyFile } from '../../src/config/economy-file'
import type { Problem } from '../../src/config/problems'
import type { Hash } from '../../src/core/address'
import { GENESIS } from '../../src/core/economy'
import { fold } from '../../src/core/fold'
import { deploymentIdentity } from '../../src/indexer/deployment-identity'
import { eventBlocks } from '../bench/event-blocks'
import { sample } from './sample'

const economies = new WeakMap<SimulatedChain, EconomyFile>()

export function economyOf(chain: SimulatedChain): EconomyFile {
  const known = economies.get(chain)
  if (known !== undefined) return known
  const problems: Problem[] = []
  const economy = parseEconomyFile(chain.economyFile(), 'economy.yaml', problems)
  if (economy === undefined) throw new TypeError(JSON.stringify(problems))
  economies.set(chain, economy)
  return economy
}

/** Past blocks whose figures are compared with those that the simulator adds up by itself. */
const PAST_BLOCKS = 5

type Row = Readonly<Record<string, unknown>>

/**
 * Compares everything that is indexed with what is true of the chain: the digest of every block with events, which
 * commits to each fact of each event, the figures at some blocks, all accounts, the number of rows of each kind.
 * @returns height of the newest indexed block, -1 where nothing is indexed
 */
export async function equalsTruth(client: Client, chain: SimulatedChain): Promise<number> {
  const [head] = await rowsOf(client, 'SELECT block_number, hash FROM head')
  const snapshots = await rowsOf(
    client,
    'SELECT block_number AS number, hash, digest FROM snapshot ORDER BY block_number',
  )
  if (head === undefined) {
    expect(snapshots).toEqual([])
    return -1
  }
  const height = Number(head.block_number)
  expect(head.hash, `hash of the newest indexed block ${height}`).toBe(chain.store.facts(height).hash)
  expect(snapshots).toEqual(digestsOf(chain).filter(({ number }) => number <= height))
  const past = sample(snapshots, PAST_BLOCKS, chain.options.seed).map(({ number }) => Number(number))
  for (const block of [...past, height]) await figuresEqual(client, chain, block)
  await accountsEqual(client, chain, height)
  return height
}

interface BlockDigest {
  readonly number: number
  readonly hash: Hash
  readonly digest: Hash
}

/** The digest of every block that ever was on a chain, by its hash. */
export type EveryDigest = Map<Hash, Hash>

/** Notes the blocks that are on the chain now: they may be replaced. */
export function noteDigests(chain: SimulatedChain, every: EveryDigest): void {
  for (const { hash, digest } of digestsOf(chain)) every.set(hash, digest)
}

/** Compares each block that is indexed with what was true of it when it was on the chain. @returns how many there are */
export async function wasTrue(client: Client, every: EveryDigest): Promise<number> {
  const snapshots = await rowsOf(client, 'SELECT hash, digest FROM snapshot ORDER BY block_number')
  expect(snapshots).toEqual(snapshots.map(({ hash }) => ({ hash, digest: every.get(hash as Hash) })))
  return snapshots.length
}

/** Of each chain, as long as its head stays. */
const digests = new WeakMap<
  SimulatedChain,
  { readonly head: string; readonly blocks: readonly BlockDigest[] }
>()

/** Hash and digest of every block that has a snapshot, as the events of the chain come to. */
function digestsOf(chain: SimulatedChain): readonly BlockDigest[] {
  const head = chain.store.facts(chain.head()).hash
  const known = digests.get(chain)
  if (known?.head === head) return known.blocks
  const blocks = foldDigests(chain)
  digests.set(chain, { head, blocks })
  return blocks
}

function foldDigests(chain: SimulatedChain): readonly BlockDigest[] {
  const economy = economyOf(chain)
  const { historySeed } = deploymentIdentity(economy, chain.store.facts(0).hash as Hash)
  const start = {
    economy: GENESIS,
    digest: historySeed,
    timestamp: 0,
    broken: new Set<never>(),
    blockNumber: -1,
    accounts: new Map(),
  }
  const { snapshots } = fold(start, eventBlocks(chain), economy.policy, sha256)
  return snapshots.map(({ blockNumber: number, hash, digest }) => ({ number, hash, digest }))
}

async function figuresEqual(client: Client, chain: SimulatedChain, block: number): Promise<void> {
  const truth = chain.truthAt(block)
  const [found] = await rowsOf(
    client,
    `SELECT event_count, transfer_count, total_supply, cumulative_burn, staked, rewards_paid, treasury_balance,
            treasury_revenue
     FROM snapshot WHERE block_number <= ${block} ORDER BY block_number DESC LIMIT 1`,
  )
  expect(found, `figures at block ${block}`).toEqual({
    event_count: truth.events,
    transfer_count: truth.counts.transfer,
    total_supply: `${truth.totalSupply}`,
    cumulative_burn: `${truth.burned}`,
    staked: `${truth.staked}`,
    rewards_paid: `${truth.rewardsPaid}`,
    treasury_balance: `${truth.treasuryBalance}`,
    treasury_revenue: `${truth.treasuryRevenue}`,
  })
  const [counts] = await rowsOf(
    client,
    ['transfer', 'burn', 'stake', 'reward', 'treasury_flow']
      .map((table) => `(SELECT count(*)::int FROM ${table} WHERE block_number <= ${block}) AS ${table}`)
      .join()
      .replace(/^/, 'SELECT '),
  )
  const { transfer, burn, stake, unstake, reward, flow } = truth.counts
  expect(counts, `rows up to block ${block}`).toEqual({
    transfer,
    burn,
    stake: stake + unstake,
    reward,
    treasury_flow: flow,
  })
}

async function accountsEqual(client: Client, chain: SimulatedChain, block: number): Promise<void> {
  const found = await rowsOf(client, 'SELECT id, balance, staked, rewards_paid FROM account ORDER BY id')
  const accounts = [...chain.truthAt(block).accounts].sort(([one], [other]) => (one < other ? -1 : 1))
  expect(found.filter(isSomeone), `accounts at block ${block}`).toEqual(
    accounts
      .map(([id, { balance, stake, rewardsPaid }]) => ({
        id,
        balance: `${balance}`,
        staked: `${stake}`,
        rewards_paid: `${rewardsPaid}`,
      }))
      .filter(isSomeone),
  )
}

function isSomeone({ balance, staked, rewards_paid }: Row): boolean {
  return [balance, staked, rewards_paid].some((amount) => amount !== '0')
}

async function rowsOf(client: Client, query: string): Promise<Row[]> {
  const { rows } = await client.query<Row>(query)
  return rows
}
