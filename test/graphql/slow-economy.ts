import type { EconomyFile } from '../../src/config/economy-file'
import type { Economy } from '../../src/core/economy'
import {
  account,
  breakRow,
  bucketRow,
  ECONOMY,
  entryRow,
  hashOf,
  partialOf,
  reconciliationRow,
  START,
  setDeployment,
  setHead,
  snapshotRow,
  TREASURY,
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

const minting = (logIndex: number, to: string, value: bigint): RowValues => ({
  ...entryRow(GENESIS_BLOCK, logIndex),
  from: account('0'),
  to,
  value,
  from_balance: null,
  to_balance: value,
})

/** Three weeks of an economy, with hours, days and weeks in which nothing happens. */
export async function fillSlowEconomy(tables: TestTables, economy: EconomyFile): Promise<void> {
  await setDeployment(tables, partialOf(economy), economy)
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
    bucketRow('HOUR', '2023-11-14T22:00:00Z', SENT),
    bucketRow('HOUR', '2023-11-15T00:00:00Z', EARNED),
    bucketRow('HOUR', '2023-11-16T12:00:00Z', BOUGHT),
    bucketRow('HOUR', '2023-12-04T00:00:00Z', MINTED),
    bucketRow('DAY', '2023-11-14T00:00:00Z', SENT),
    bucketRow('DAY', '2023-11-15T00:00:00Z', EARNED),
    bucketRow('DAY', '2023-11-16T00:00:00Z', BOUGHT),
    bucketRow('DAY', '2023-12-04T00:00:00Z', MINTED),
  )
  await tables.insert(
    'transfer',
    minting(0, TREASURY, tokens(40)),
    minting(1, VESTING, tokens(50)),
    minting(2, DEAD, tokens(10)),
    minting(3, TEAM, tokens(60)),
  )
  await tables.insert(
    'invariant_break',
    breakRow('rewardsPaidWithinFunded', BOUGHT, dollars(200), dollars(100)),
    breakRow('supplyNeverGrows', MINTED, tokens(5), 0n),
  )
  await fillObservations(tables)
}

/** Ids of the reconciliations: twenty seconds after their blocks. */
export const COMPARED = '1700006420000'
export const UNANSWERED = '1700136020000'

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
    is_installation: true,
  })
  const check = { figure: 'account.balance', account: TEAM, derived: '1' }
  const last = { blockNumber: EARNED, blockHash: hashOf(EARNED) }
  await tables.insert(
    'reconciliation',
    reconciliationRow(COMPARED, EARNED, 'INTERVAL', [{ ...check, onChain: '1', result: 'EQUAL' }]),
    reconciliationRow(
      UNANSWERED,
      BOUGHT,
      'INTERVAL',
      [{ ...check, result: 'GAP', reason: 'the node does not answer' }],
      [
        { ...last, figure: 'treasury.balance', derived: '3', onChain: '2' },
        { ...last, figure: 'unheard', account: TEAM, derived: '1', onChain: '2' },
      ],
    ),
  )
}
