import { sqlColumn } from '../figures'
import { BUYBACK } from '../figures/buyback'
import type { Figure } from '../figures/figure'
import { PRICE } from '../figures/price'
import { STAKING } from '../figures/staking'
import { SUPPLY } from '../figures/supply'
import { TREASURY, TREASURY_OUTFLOW } from '../figures/treasury'
import type { LedgerColumn, LedgerDataset } from './dataset'
import { figureColumn } from './figure-column'
import { BLOCK_COLUMNS, rowColumn } from './ledger-columns'

/** A figure that a snapshot holds, by the column of the figure. What a snapshot says is never unknown, unless it is null there. */
function stored(figure: Figure<never>, isNullable = false): LedgerColumn {
  const { column: field } = figure
  if (field === undefined) throw new TypeError('a figure that no snapshot holds')
  return { ...figureColumn(sqlColumn(field), figure, isNullable), origin: { of: 'row', field } }
}

/** The dataset of every cumulative figure; `parentHash` is left out, since it depends on how the block was read. */
export const SNAPSHOTS: LedgerDataset = {
  name: 'snapshots',
  entity: 'Snapshot',
  rows: 'snapshots',
  description: 'Every cumulative figure at the end of each block that has events.',
  columns: [
    ...BLOCK_COLUMNS,
    rowColumn('digest', 'hash', 'History digest up to and including this block (docs/digest.md).'),
    rowColumn('eventCount', 'integer', 'Events so far: everything that entered the digest. A count.'),
    rowColumn('transferCount', 'integer', 'Transfers of the token so far. A count.'),
    rowColumn('stakeCount', 'integer', 'Stake and Unstake events so far. A count.'),
    rowColumn(
      'upgradeCount',
      'integer',
      '`Upgraded` events of the contracts after they began to speak. A count.',
    ),
    stored(SUPPLY.genesisBlock, true),
    stored(SUPPLY.minted),
    stored(SUPPLY.mintedAfterGenesis),
    stored(SUPPLY.mintedByBridge),
    stored(SUPPLY.destroyed),
    stored(SUPPLY.totalSupply),
    stored(SUPPLY.cumulativeBurn),
    stored(SUPPLY.burnedByBuyback),
    stored(SUPPLY.burnedByBridge),
    stored(SUPPLY.burnedByOther),
    stored(SUPPLY.deadBurn),
    stored(SUPPLY.outstandingSupply),
    stored(SUPPLY.excludedBalance),
    stored(SUPPLY.circulatingSupply),
    stored(SUPPLY.liquidFloat),
    rowColumn(
      'balanceSum',
      'amount',
      'Sum of the balances of all accounts, added up account by account: what total_supply must equal. In token base units.',
    ),
    stored(SUPPLY.holders),
    stored(STAKING.staked),
    rowColumn('stakeEvent', 'word', 'Name of the event by which stake grows; none before the first one.', {
      isNullable: true,
    }),
    rowColumn(
      'unstakeEvent',
      'word',
      'Name of the event by which stake shrinks; none before the first one.',
      { isNullable: true },
    ),
    stored(STAKING.excludedStake),
    rowColumn(
      'stakeSum',
      'amount',
      'Sum of the stakes of all accounts, added up account by account: what staked must equal. In token base units.',
    ),
    rowColumn('stakeSeconds', 'amount', 'Integral of staked over time. In token base units × seconds.'),
    rowColumn(
      'unpricedStakeSeconds',
      'amount',
      'Part of stake_seconds during which no price was known. In token base units × seconds.',
    ),
    rowColumn(
      'stakeValueSeconds',
      'amount',
      'Integral of staked × price over time. In token base units × 10⁻¹⁸ of the stable asset per token × seconds.',
    ),
    stored(STAKING.stakers),
    stored(STAKING.rewardsPaid),
    stored(TREASURY.balance),
    stored(TREASURY.revenue),
    stored(TREASURY.internalInflow),
    stored(TREASURY_OUTFLOW.buyback),
    stored(TREASURY_OUTFLOW.rewards),
    stored(TREASURY_OUTFLOW.other),
    stored(BUYBACK.paid),
    stored(BUYBACK.bought),
    stored(PRICE.price, true),
    stored(PRICE.source, true),
    stored(PRICE.block, true),
    stored(SUPPLY.burnMode),
  ],
}
