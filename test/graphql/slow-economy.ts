import type { EconomyFile } from '../../src/config/economy-file'
import type { Economy } from '../../src/core/economy'
import {
  account,
  ECONOMY,
  entryRow,
  hashOf,
  START,
  setDeployment,
  setHead,
  snapshotRow,
  TREASURY,
  timeOf,
} from '../support/small-economy'
import type { RowValues, TestTables } from '../support/tables'

/** Whole units in base units. */
export const tokens = (whole: number) => BigInt(whole) * 10n ** 18n
export const dollars = (whole: number) => BigInt(whole) * 10n ** 6n

/** The block at a time: blocks are ten seconds apart. */
const blockAt = (time: string) => (Date.parse(time) / 1000 - START) / 10

export const VESTING = account('c')
export const TEAM = account('d')
export const DEAD = account('e')

/** Everything happens at these blocks; the head is a day after the last of them, and empty. */
export const GENESIS_BLOCK = 100
export const SENT = blockAt('2023-11-14T22:40:00Z')
/** Midnight: the first instant of a day, and the last of an hour that ended. */
export const EARNED = blockAt('2023-11-15T00:00:00Z')
export const BOUGHT = blockAt('2023-11-16T12:00:00Z')
/** A Monday, and the first instant of a week. */
export const MINTED = blockAt('2023-12-04T00:00:00Z')
export const HEAD = blockAt('2023-12-05T00:00:00Z')

/** An economy with wallets that do not circulate; the team's are excluded from the last block with events on. */
export const SLOW_ECONOMY: EconomyFile = {
  ...ECONOMY,
  policy: {
    ...ECONOMY.policy,
    dead: new Set([DEAD]),
    excluded: [
      { address: VESTING, label: 'Vesting', fromBlock: GENESIS_BLOCK },
      { address: TEAM, label: 'Team', fromBlock: MINTED },
    ],
  },
}

const GENESIS_FIGURES: Partial<Economy> = {
  eventCount: 1,
  transferCount: 4,
  genesisBlock: GENESIS_BLOCK,
  minted: tokens(10_000),
  totalSupply: tokens(10_000),
  deadBurn: tokens(10),
  outstandingSupply: tokens(9_990),
  excludedBalance: tokens(100),
  circulatingSupply: tokens(9_900),
  liquidFloat: tokens(9_900),
  balanceSum: tokens(10_000),
  holders: 5,
}

const SENT_FIGURES: Partial<Economy> = { ...GENESIS_FIGURES, eventCount: 2, transferCount: 5 }

/** 100 tokens are staked, 1000 dollars earned. */
const EARNED_FIGURES: Partial<Economy> = {
  ...SENT_FIGURES,
  eventCount: 4,
  stakeCount: 1,
  liquidFloat: tokens(9_800),
  staked: tokens(100),
  stakeSum: tokens(100),
  stakers: 1,
  treasuryBalance: dollars(1_000),
  treasuryRevenue: dollars(1_000),
}

/**
 * 400 dollars buy 200 tokens, at 2 dollars each; 100 of them are burned. 200 dollars are paid to stakers, but only 100
 * were funded. The stake has been there for 36 hours, without a price.
 */
const BOUGHT_FIGURES: Partial<Economy> = {
  ...EARNED_FIGURES,
  eventCount: 10,
  transferCount: 7,
  destroyed: tokens(100),
  cumulativeBurn: tokens(100),
  burnedByBuyback: tokens(100),
  totalSupply: tokens(9_900),
  outstandingSupply: tokens(9_890),
  circulatingSupply: tokens(9_800),
  liquidFloat: tokens(9_700),
  balanceSum: tokens(9_900),
  stakeSeconds: tokens(100 * 129_600),
  unpricedStakeSeconds: tokens(100 * 129_600),
  rewardsPaid: dollars(200),
  treasuryBalance: dollars(500),
  treasuryOutflowBuyback: dollars(400),
  treasuryOutflowRewards: dollars(100),
  buybackPaid: dollars(400),
  buybackBought: tokens(200),
  price: 2n * 10n ** 18n,
  priceSource: 'BUYBACK',
  priceBlock: BOUGHT,
  burnMode: 'TRANSFER',
}

/**
 * 200 more are staked, 20 burned by others, 5 minted, which breaks a rule; the team's 60 no longer circulate. 30 more
 * dollars are paid to stakers, and 200 funded.
 */
export const MINTED_FIGURES: Partial<Economy> = {
  ...BOUGHT_FIGURES,
  eventCount: 17,
  transferCount: 9,
  minted: tokens(10_005),
  mintedAfterGenesis: tokens(5),
  destroyed: tokens(120),
  cumulativeBurn: tokens(120),
  burnedByOther: tokens(20),
  totalSupply: tokens(9_885),
  outstandingSupply: tokens(9_875),
  excludedBalance: tokens(160),
  circulatingSupply: tokens(9_725),
  liquidFloat: tokens(9_425),
  balanceSum: tokens(9_885),
  staked: tokens(300),
  stakeSum: tokens(300),
  stakers: 2,
  stakeSeconds: tokens(100 * 1_641_600),
  stakeValueSeconds: tokens(100 * 1_512_000) * 2n * 10n ** 18n,
  rewardsPaid: dollars(230),
  treasuryBalance: dollars(300),
  treasuryOutflowRewards: dollars(300),
}

const bucket = (interval: 'HOUR' | 'DAY', start: string, closingBlock: number): RowValues => ({
  id: `${interval}-${Date.parse(start) / 1000}`,
  interval,
  start: new Date(start),
  closing_block: closingBlock,
})

const minting = (logIndex: number, to: string, value: bigint): RowValues => ({
  ...entryRow(GENESIS_BLOCK, logIndex),
  from: account('0'),
  to,
  value,
  from_balance: null,
  to_balance: value,
})

/** Three weeks of an economy, with hours, days and weeks in which nothing happens. */
export async function fillSlowEconomy(tables: TestTables, economy = SLOW_ECONOMY): Promise<void> {
  const { partial } = economy.policy
  const contracts = (['token', 'staking', 'stable'] as const).filter((contract) => partial[contract])
  await setDeployment(tables, contracts, economy)
  await setHead(tables, HEAD)
  await tables.insert('squid_processor.status', { id: 0, height: HEAD, hash: hashOf(HEAD) })
  await tables.insert(
    'snapshot',
    snapshotRow(GENESIS_BLOCK, GENESIS_FIGURES),
    snapshotRow(SENT, SENT_FIGURES),
    snapshotRow(EARNED, EARNED_FIGURES),
    snapshotRow(BOUGHT, BOUGHT_FIGURES),
    snapshotRow(MINTED, MINTED_FIGURES),
  )
  await tables.insert(
    'bucket',
    bucket('HOUR', '2023-11-14T22:00:00Z', SENT),
    bucket('HOUR', '2023-11-15T00:00:00Z', EARNED),
    bucket('HOUR', '2023-11-16T12:00:00Z', BOUGHT),
    bucket('HOUR', '2023-12-04T00:00:00Z', MINTED),
    bucket('DAY', '2023-11-14T00:00:00Z', SENT),
    bucket('DAY', '2023-11-15T00:00:00Z', EARNED),
    bucket('DAY', '2023-11-16T00:00:00Z', BOUGHT),
    bucket('DAY', '2023-12-04T00:00:00Z', MINTED),
  )
  await tables.insert(
    'transfer',
    minting(0, TREASURY, tokens(40)),
    minting(1, VESTING, tokens(50)),
    minting(2, DEAD, tokens(10)),
    minting(3, TEAM, tokens(60)),
  )
  const broken = (id: string, block: number, left: bigint, right: bigint): RowValues => ({
    id,
    block_number: block,
    timestamp: new Date(timeOf(block) * 1000),
    left,
    right,
  })
  await tables.insert(
    'invariant_break',
    broken('rewardsPaidWithinFunded', BOUGHT, dollars(200), dollars(100)),
    broken('supplyNeverGrows', MINTED, tokens(5), 0n),
  )
  await fillObservations(tables)
}

/** What the price came from, an upgrade, and what the indexer found when it asked the contracts. */
async function fillObservations(tables: TestTables): Promise<void> {
  await tables.insert('price', {
    ...entryRow(BOUGHT, 4),
    source: 'BUYBACK',
    price: 2n * 10n ** 18n,
    stable_amount: dollars(400),
    token_amount: tokens(200),
  })
  await tables.insert('upgrade', {
    ...entryRow(GENESIS_BLOCK, 9),
    contract: 'staking',
    implementation: account('9'),
  })
  const row = (id: string, block: number, onChain: string | null) => ({
    id,
    block_number: block,
    block_hash: hashOf(block),
    timestamp: new Date(timeOf(block) * 1000),
    checked_at: new Date(timeOf(block + 2) * 1000),
    trigger: 'INTERVAL',
    equal: onChain === '1' ? 1 : 0,
    different: 0,
    gaps: onChain === null ? 1 : 0,
    checks: JSON.stringify([
      {
        figure: 'account.balance',
        account: TEAM,
        derived: '1',
        onChain,
        result: onChain === null ? 'GAP' : 'EQUAL',
        reason: onChain === null ? 'the node does not answer' : null,
      },
    ]),
  })
  await tables.insert('reconciliation', row('1700006400000', EARNED, '1'), row('1700136000000', BOUGHT, null))
}
