import type { EconomyFile } from '../../src/config/economy-file'
import type { Economy } from '../../src/core/economy'
import { createFilledApi } from './filled-api'
import {
  ALICE,
  account,
  breakRow,
  bucketRow,
  ECONOMY,
  entryRow,
  hashOf,
  partialOf,
  reconciliationRow,
  setDeployment,
  setHead,
  snapshotRow,
  timeOf,
} from './small-economy'
import type { TestTables } from './tables'

/** Whole tokens and whole units of the stable asset, in base units. */
export const tokens = (whole: number) => BigInt(whole) * 10n ** 18n
export const usdc = (whole: number) => BigInt(whole) * 10n ** 6n

export const STAKER = account('b')
export const VESTING = account('c')
export const TEAM = account('d')
export const DEAD = account('e')

/**
 * Blocks with events. They are ten seconds apart, so that STAKED is at 23:00 of 14 November 2023 (a Tuesday), BOUGHT
 * at midnight that ends the day, GREW two days later at 00:00, and HEAD an hour after that.
 */
export const FIRST = 100
export const STAKED = 280
export const BOUGHT = 640
export const GREW = 17_920
export const HEAD = 18_280

/** The small economy, with wallets that do not circulate. */
export const LIVED: EconomyFile = {
  ...ECONOMY,
  policy: {
    ...ECONOMY.policy,
    dead: new Set([DEAD]),
    excluded: [
      { address: VESTING, label: 'Vesting', fromBlock: FIRST },
      { address: TEAM, label: 'Team', fromBlock: GREW },
    ],
  },
}

const AT_FIRST: Partial<Economy> = {
  eventCount: 1,
  transferCount: 1,
  genesisBlock: FIRST,
  minted: tokens(1000),
  totalSupply: tokens(1000),
  outstandingSupply: tokens(1000),
  excludedBalance: tokens(100),
  circulatingSupply: tokens(900),
  liquidFloat: tokens(900),
  balanceSum: tokens(1000),
  holders: 2,
}

/** 100 staked, revenue of 1000, and 50 paid that nobody funded. */
const AT_STAKED: Partial<Economy> = {
  ...AT_FIRST,
  eventCount: 4,
  stakeCount: 1,
  liquidFloat: tokens(800),
  staked: tokens(100),
  stakeSum: tokens(100),
  stakers: 1,
  rewardsPaid: usdc(50),
  treasuryBalance: usdc(1000),
  treasuryRevenue: usdc(1000),
}

/** 300 sent to buy back, of which 200 bought 80 tokens, of which 40 were burned; 200 funded, 100 more paid. */
const AT_BOUGHT: Partial<Economy> = {
  ...AT_STAKED,
  eventCount: 10,
  transferCount: 3,
  destroyed: tokens(40),
  totalSupply: tokens(960),
  outstandingSupply: tokens(960),
  cumulativeBurn: tokens(40),
  burnedByBuyback: tokens(40),
  circulatingSupply: tokens(860),
  liquidFloat: tokens(760),
  balanceSum: tokens(960),
  stakeSeconds: tokens(100 * 3600),
  unpricedStakeSeconds: tokens(100 * 3600),
  rewardsPaid: usdc(150),
  treasuryBalance: usdc(500),
  treasuryOutflowBuyback: usdc(300),
  treasuryOutflowRewards: usdc(200),
  buybackPaid: usdc(200),
  buybackBought: tokens(80),
  price: 2_500_000_000_000_000_000n,
  priceSource: 'BUYBACK',
  priceBlock: BOUGHT,
  burnMode: 'TRANSFER',
}

/** 200 more staked, 10 burned by others and 5 by a bridge that minted 2, 7 sent to a dead address, 500 earned. */
const AT_GREW: Partial<Economy> = {
  ...AT_BOUGHT,
  eventCount: 20,
  transferCount: 8,
  stakeCount: 2,
  upgradeCount: 1,
  minted: tokens(1002),
  mintedByBridge: tokens(2),
  destroyed: tokens(55),
  totalSupply: tokens(947),
  cumulativeBurn: tokens(50),
  burnedByBridge: tokens(5),
  burnedByOther: tokens(10),
  deadBurn: tokens(7),
  outstandingSupply: tokens(940),
  excludedBalance: tokens(107),
  circulatingSupply: tokens(840),
  liquidFloat: tokens(560),
  balanceSum: tokens(947),
  holders: 4,
  staked: tokens(300),
  excludedStake: tokens(20),
  stakeSum: tokens(300),
  stakeSeconds: tokens(100 * 3600 + 100 * 172_800),
  stakeValueSeconds: tokens(100 * 172_800) * 2_500_000_000_000_000_000n,
  stakers: 2,
  rewardsPaid: usdc(170),
  treasuryBalance: usdc(1000),
  treasuryRevenue: usdc(1500),
}

/** Fills tables with two days of an economy: events in blocks 100, 280, 640 and 17920; the head is 18280. */
export async function fillLivedEconomy(tables: TestTables, economy: EconomyFile): Promise<void> {
  await setDeployment(tables, partialOf(economy), economy)
  await setHead(tables, HEAD)
  await tables.insert('squid_processor.status', { id: 0, height: GREW, hash: hashOf(GREW) })
  await tables.insert('source_status', {
    id: 'source',
    url: 'http://node',
    chain_head: HEAD + 4,
    chain_finalized: GREW,
    observed_at: new Date(timeOf(HEAD) * 1000),
  })
  await tables.insert(
    'snapshot',
    snapshotRow(FIRST, AT_FIRST),
    snapshotRow(STAKED, AT_STAKED),
    snapshotRow(BOUGHT, AT_BOUGHT),
    snapshotRow(GREW, AT_GREW),
  )
  await tables.insert(
    'bucket',
    bucketRow('HOUR', '2023-11-14T22:00:00Z', FIRST),
    bucketRow('HOUR', '2023-11-14T23:00:00Z', STAKED),
    bucketRow('HOUR', '2023-11-15T00:00:00Z', BOUGHT),
    bucketRow('HOUR', '2023-11-17T00:00:00Z', GREW),
    bucketRow('DAY', '2023-11-14T00:00:00Z', STAKED),
    bucketRow('DAY', '2023-11-15T00:00:00Z', BOUGHT),
    bucketRow('DAY', '2023-11-17T00:00:00Z', GREW),
  )
  await fillLedger(tables)
  await tables.insert(
    'invariant_break',
    breakRow('rewardsPaidWithinFunded', STAKED, usdc(50), 0n),
    breakRow('contractsUnchanged', GREW, 1n, 0n),
  )
}

async function fillLedger(tables: TestTables): Promise<void> {
  const zero = account('0')
  await tables.insert(
    'transfer',
    {
      ...entryRow(FIRST, 0),
      from: zero,
      to: VESTING,
      value: tokens(100),
      from_balance: null,
      to_balance: tokens(100),
    },
    {
      ...entryRow(FIRST, 1),
      from: zero,
      to: STAKER,
      value: tokens(900),
      from_balance: null,
      to_balance: tokens(900),
    },
    {
      ...entryRow(GREW, 0),
      from: STAKER,
      to: DEAD,
      value: tokens(7),
      from_balance: tokens(813),
      to_balance: tokens(7),
    },
  )
  await tables.insert('stake', {
    ...entryRow(STAKED, 2),
    account: STAKER,
    action: 'STAKE',
    amount: tokens(100),
    account_staked: tokens(100),
    staked: tokens(100),
  })
  await tables.insert('reward', {
    ...entryRow(BOUGHT, 6),
    account: STAKER,
    amount: usdc(150),
    account_rewards_paid: usdc(150),
    rewards_paid: usdc(150),
  })
}

export const createLivedApi = (economy = LIVED) => createFilledApi(fillLivedEconomy, economy, HEAD)

/** Ids of the reconciliations that `fillReconciliations` adds, the older one first. */
export const RECONCILIATIONS = ['1700006460000', '1700179260000'] as const

/**
 * Adds a reconciliation at BOUGHT that found one difference, and one at GREW that found another, and gaps: both stand.
 */
export async function fillReconciliations(tables: TestTables): Promise<void> {
  const [older, newer] = RECONCILIATIONS
  const total = { figure: 'totalSupply', derived: String(tokens(960)), onChain: String(tokens(960)) }
  const staked = { figure: 'account.staked', account: ALICE, derived: '0', onChain: '5' }
  const first = { ...staked, blockNumber: BOUGHT, blockHash: hashOf(BOUGHT) }
  const treasury = { figure: 'treasury.balance', derived: '1000000000', onChain: '1000000001' }
  const second = { ...treasury, blockNumber: GREW, blockHash: hashOf(GREW) }
  await tables.insert(
    'reconciliation',
    reconciliationRow(
      older,
      BOUGHT,
      'INTERVAL',
      [
        { ...total, result: 'EQUAL' },
        { ...staked, result: 'DIFFERENT' },
      ],
      [first],
    ),
    reconciliationRow(
      newer,
      GREW,
      'ON_DEMAND',
      [
        { ...total, derived: String(tokens(947)), onChain: String(tokens(947)), result: 'EQUAL' },
        { ...treasury, result: 'DIFFERENT' },
        {
          figure: 'account.staked',
          account: ALICE,
          derived: '0',
          result: 'GAP',
          reason: 'the view reverted',
        },
        { figure: 'unheard', derived: '7', result: 'GAP', reason: 'it was not asked' },
      ],
      [first, second],
    ),
  )
}
