import type { EconomyFile } from '../../src/config/economy-file'
import { fingerprintOf } from '../../src/config/fingerprint'
import type { Address } from '../../src/core/address'
import { GENESIS } from '../../src/core/economy'
import type { RowValues, TestTables } from './tables'

/** An address that is easy to tell apart in a failure: 0x, one hex digit repeated. */
export const account = (digit: string): Address => `0x${digit.repeat(40)}`
/** A block hash that is easy to tell apart: 0x, the number in decimal digits. */
export const hashOf = (block: number) => `0x${String(block).padStart(64, '0')}` as const
/** A history digest that is easy to tell apart: 0xd, the number in decimal digits. */
export const digestOf = (block: number) => `0xd${String(block).padStart(63, '0')}` as const
/** Ledger row id. */
export const idOf = (block: number, logIndex: number) =>
  `${String(block).padStart(10, '0')}-${String(logIndex).padStart(6, '0')}`

/** Unix seconds of block 0; blocks are ten seconds apart. */
export const START = 1_700_000_000
export const timeOf = (block: number) => START + block * 10

export const ALICE = account('a')
export const BOB = account('b')
export const TREASURY = account('7')
export const HUGE = 2n ** 256n - 1n
const TOKEN = 10n ** 18n

export const ECONOMY: EconomyFile = {
  chain: {
    id: 31337,
    name: 'Test',
    finality: { kind: 'confirmations', confirmations: 1 },
    explorer: undefined,
  },
  contracts: {
    token: {
      address: account('1'),
      startBlock: 100,
      decimals: 18,
      symbol: 'ASHAO',
      partialHistory: false,
      indexedTransfers: true,
    },
    staking: {
      address: account('2'),
      startBlock: 100,
      rewardToken: 'stable',
      partialHistory: false,
      custody: true,
      events: { stake: undefined, unstake: undefined },
      views: undefined,
    },
    stable: {
      address: account('3'),
      startBlock: 100,
      decimals: 6,
      symbol: 'USDC',
      partialHistory: false,
      indexedTransfers: true,
    },
    pair: undefined,
  },
  policy: {
    startBlock: 100,
    staking: account('2'),
    custody: true,
    decimals: { token: 18, stable: 6, reward: 6 },
    rewardToken: 'stable',
    treasury: new Set([TREASURY]),
    buyback: new Set(),
    rewards: new Set(),
    internal: new Set(),
    bridges: new Set(),
    dead: new Set(),
    excluded: [],
    partial: { token: false, staking: false, stable: false },
    maxSupply: 1_000_000_000n * TOKEN,
    burnBps: 5000,
    rewardsBps: 5000,
    unstakedWorkerBps: 7000,
    stakedWorkerBps: 8000,
    minimumWorkerStake: 0n,
    creditPrice: 10n ** 16n,
  },
  creditPriceUsd: '0.01',
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A snapshot row with the figures given, others as at genesis. */
export function snapshotRow(block: number, figures: Partial<typeof GENESIS> = {}): RowValues {
  const named = Object.entries({ ...GENESIS, ...figures }).map(([name, value]) => [snake(name), value])
  return {
    id: String(block).padStart(10, '0'),
    block_number: block,
    hash: hashOf(block),
    parent_hash: hashOf(block - 1),
    timestamp: new Date(timeOf(block) * 1000),
    digest: digestOf(block),
    ...Object.fromEntries(named),
  }
}

/** The columns that every ledger row has. */
export function entryRow(block: number, logIndex: number): RowValues {
  return {
    id: idOf(block, logIndex),
    block_number: block,
    log_index: logIndex,
    timestamp: new Date(timeOf(block) * 1000),
    transaction_hash: hashOf(block),
  }
}

/** The last block with events in an hour or a day. */
export function bucketRow(interval: 'HOUR' | 'DAY', start: string, closingBlock: number): RowValues {
  return {
    id: `${interval}-${Date.parse(start) / 1000}`,
    interval,
    start: new Date(start),
    closing_block: closingBlock,
  }
}

/** Where an invariant first did not hold, and what was compared there. */
export function breakRow(invariant: string, block: number, left: bigint, right: bigint): RowValues {
  return { id: invariant, block_number: block, timestamp: new Date(timeOf(block) * 1000), left, right }
}

/** A comparison with the chain that was made at the milliseconds that its id is, and the differences that stand then. */
export function reconciliationRow(
  id: string,
  block: number,
  trigger: 'INTERVAL' | 'ON_DEMAND',
  checks: readonly Readonly<Record<string, string>>[],
  standing: readonly Readonly<Record<string, string | number>>[] = [],
): RowValues {
  const count = (result: string) => checks.filter((check) => check.result === result).length
  return {
    id,
    block_number: block,
    block_hash: hashOf(block),
    timestamp: new Date(timeOf(block) * 1000),
    checked_at: new Date(Number(id)),
    trigger,
    equal: count('EQUAL'),
    different: count('DIFFERENT'),
    gaps: count('GAP'),
    checks: JSON.stringify(checks),
    standing: JSON.stringify(standing),
  }
}

export async function setHead(tables: TestTables, block: number): Promise<void> {
  await tables.run(
    `insert into head values ('head', $1, $2, $3)
     on conflict (id) do update set block_number = $1, hash = $2, timestamp = $3`,
    [block, hashOf(block), new Date(timeOf(block) * 1000)],
  )
}

export async function setDeployment(
  tables: TestTables,
  partial: string[] = [],
  economy = ECONOMY,
): Promise<void> {
  await tables.run('delete from deployment')
  await tables.insert('deployment', {
    id: 'deployment',
    chain_id: 31337,
    genesis_hash: hashOf(0),
    fingerprint: fingerprintOf(economy),
    history_seed: hashOf(2),
    token: account('1'),
    staking: account('2'),
    stable: account('3'),
    start_block: 100,
    partial,
    created_at: new Date(timeOf(0) * 1000),
    indexes_pending: false,
  })
}

/** Contracts whose history an economy leaves out, as a deployment names them. */
export function partialOf({ policy: { partial } }: EconomyFile): string[] {
  return (['token', 'staking', 'stable'] as const).filter((contract) => partial[contract])
}

/** Figures at block 110, where the last events of the small history are. */
export const LATEST = {
  eventCount: 9,
  transferCount: 3,
  minted: HUGE,
  destroyed: 15n * TOKEN,
  totalSupply: HUGE - 15n * TOKEN,
  cumulativeBurn: 10n * TOKEN,
  burnedByBuyback: 7n * TOKEN,
  burnedByBridge: 5n * TOKEN,
  burnedByOther: 3n * TOKEN,
  deadBurn: 1n,
  outstandingSupply: HUGE - 15n * TOKEN - 1n,
  excludedBalance: 2n,
  circulatingSupply: HUGE - 15n * TOKEN - 2n,
  holders: 2,
  staked: 123_456_789_012_345_678_901n,
  stakers: 1,
  rewardsPaid: 250_000_001n,
  treasuryBalance: 400_000_001n,
  treasuryRevenue: 1_000_000_001n,
  treasuryInternalInflow: 11n,
  treasuryOutflowBuyback: 350_000_000n,
  treasuryOutflowRewards: 250_000_001n,
  treasuryOutflowOther: 10n,
  burnMode: 'TRANSFER',
} as const

export const SMALL_HEAD = 112

/**
 * Blocks 100, 105 and 110 have events; 112 is the head and 106 is final. Alice is minted 2^256 − 1, sends 5 to
 * Bob and 0 to herself, burns 2; Bob stakes 3 and is paid 9.
 */
export async function fillSmallEconomy(tables: TestTables): Promise<void> {
  await setDeployment(tables)
  await setHead(tables, SMALL_HEAD)
  await tables.insert('squid_processor.status', { id: 0, height: 106, hash: hashOf(106) })
  await tables.insert('source_status', {
    id: 'source',
    url: 'http://node',
    chain_head: 115,
    chain_finalized: 107,
    observed_at: new Date(timeOf(112) * 1000),
  })
  await tables.insert(
    'snapshot',
    snapshotRow(100, { eventCount: 1, minted: HUGE, totalSupply: HUGE, circulatingSupply: HUGE }),
    snapshotRow(105, { eventCount: 4, minted: HUGE, totalSupply: HUGE - 1n, treasuryRevenue: 3n }),
    snapshotRow(110, LATEST),
  )
  const zero = account('0')
  await tables.insert(
    'transfer',
    { ...entryRow(100, 0), from: zero, to: ALICE, value: HUGE, from_balance: null, to_balance: HUGE },
    { ...entryRow(105, 1), from: ALICE, to: BOB, value: 5n, from_balance: HUGE - 5n, to_balance: 5n },
    {
      ...entryRow(105, 2),
      from: ALICE,
      to: ALICE,
      value: 0n,
      from_balance: HUGE - 5n,
      to_balance: HUGE - 5n,
    },
    { ...entryRow(110, 3), from: ALICE, to: zero, value: 2n, from_balance: HUGE - 7n, to_balance: null },
  )
  await tables.insert('burn', {
    ...entryRow(110, 3),
    burner: ALICE,
    value: 2n,
    purpose: 'OTHER',
    evidence: 'TRANSFER',
    burner_balance: HUGE - 7n,
    cumulative_burn: 2n,
  })
  await tables.insert(
    'stake',
    { ...entryRow(105, 4), account: BOB, action: 'STAKE', amount: 4n, account_staked: 4n, staked: 4n },
    { ...entryRow(110, 5), account: BOB, action: 'UNSTAKE', amount: 1n, account_staked: 3n, staked: 3n },
  )
  await tables.insert('reward', {
    ...entryRow(110, 6),
    account: BOB,
    amount: 9n,
    account_rewards_paid: 9n,
    rewards_paid: 9n,
  })
  await tables.insert('treasury_flow', {
    ...entryRow(105, 7),
    direction: 'IN',
    purpose: 'REVENUE',
    from: BOB,
    to: TREASURY,
    value: 3n,
    treasury_balance: 3n,
  })
}
