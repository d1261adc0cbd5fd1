import type { LedgerDataset, LedgerDatasetName } from './dataset'
import { contractColumn, EVENT_COLUMNS, rowColumn } from './ledger-columns'

const TOKEN = contractColumn('token', 'token_address', 'Address of the token.')
const STAKING = contractColumn('staking', 'staking_address', 'Address of the staking contract.')
const REWARD = contractColumn(
  'reward',
  'token_address',
  'Address of the reward token, in which the amounts of the row are counted.',
)
const STABLE = contractColumn('stable', 'token_address', 'Address of the stable asset.')

/** The datasets whose rows are one event each. */
export const EVENT_DATASETS: Readonly<Record<Exclude<LedgerDatasetName, 'snapshots'>, LedgerDataset>> = {
  transfers: {
    name: 'transfers',
    entity: 'Transfer',
    rows: 'transfers',
    description: 'Transfers of the token, with both parties’ balances after each.',
    columns: [
      TOKEN,
      rowColumn('from', 'address', 'Sender; the zero address for a mint.', { name: 'from_address' }),
      rowColumn('to', 'address', 'Receiver; the zero address where the transfer destroys.', {
        name: 'to_address',
      }),
      rowColumn('value', 'amount', 'Amount, in token base units.'),
      ...EVENT_COLUMNS,
      rowColumn(
        'fromBalance',
        'amount',
        'Balance of `from_address` after this transfer, in token base units; none for a mint.',
        { isNullable: true },
      ),
      rowColumn(
        'toBalance',
        'amount',
        'Balance of `to_address` after this transfer, in token base units; none where the transfer destroys.',
        { isNullable: true },
      ),
    ],
  },
  burns: {
    name: 'burns',
    entity: 'Burn',
    rows: 'burns',
    description: 'Tokens destroyed, each burn once, however many events state it.',
    columns: [
      TOKEN,
      rowColumn('burner', 'address', 'Whose tokens were destroyed.'),
      rowColumn('value', 'amount', 'Amount, in token base units.'),
      rowColumn(
        'purpose',
        'word',
        'Why: BUYBACK (by a configured buyback address), BRIDGE (by or through a configured bridge: the tokens come back, so they are not in `cumulative_burn`), OTHER.',
      ),
      rowColumn(
        'evidence',
        'word',
        'Which events stated it: TRANSFER (to the zero address), TRANSFER_AND_BURN (that and the Burn event that belongs to it), BURN (a Burn event alone).',
      ),
      ...EVENT_COLUMNS,
      rowColumn('burnerBalance', 'amount', 'Balance of `burner` after this burn, in token base units.'),
      rowColumn('cumulativeBurn', 'amount', 'Figure cumulativeBurn after this burn, in token base units.'),
    ],
  },
  stakes: {
    name: 'stakes',
    entity: 'Stake',
    rows: 'stakes',
    description: 'Stake and Unstake events of the staking contract.',
    columns: [
      STAKING,
      contractColumn('token', 'token_address', 'Address of the token, in which the amounts are counted.'),
      rowColumn('account', 'address', 'Whose stake changed.'),
      rowColumn('action', 'word', 'Whether the stake grew or shrank: STAKE, UNSTAKE.'),
      rowColumn('amount', 'amount', 'By how much, in token base units.'),
      ...EVENT_COLUMNS,
      rowColumn('accountStaked', 'amount', 'Stake of `account` after this event, in token base units.'),
      rowColumn('staked', 'amount', 'Figure staked after this event, in token base units.'),
    ],
  },
  rewards: {
    name: 'rewards',
    entity: 'Reward',
    rows: 'rewards',
    description: 'RewardPaid events of the staking contract.',
    columns: [
      STAKING,
      REWARD,
      rowColumn('account', 'address', 'Who was paid.'),
      rowColumn('amount', 'amount', 'How much, in reward token base units.'),
      ...EVENT_COLUMNS,
      rowColumn(
        'accountRewardsPaid',
        'amount',
        'Σ RewardPaid to `account` after this event, in reward token base units.',
      ),
      rowColumn('rewardsPaid', 'amount', 'Figure rewardsPaid after this event, in reward token base units.'),
    ],
  },
  treasury_flows: {
    name: 'treasury_flows',
    entity: 'TreasuryFlow',
    rows: 'treasuryFlows',
    description: 'Transfers of the stable asset into or out of the treasury.',
    columns: [
      STABLE,
      rowColumn('from', 'address', 'Sender; a treasury wallet unless direction is IN.', {
        name: 'from_address',
      }),
      rowColumn('to', 'address', 'Receiver; a treasury wallet unless direction is OUT.', {
        name: 'to_address',
      }),
      rowColumn('value', 'amount', 'Amount, in base units of the stable asset.'),
      ...EVENT_COLUMNS,
      rowColumn(
        'direction',
        'word',
        'Which way it went: IN, OUT, or WITHIN (between two treasury wallets: changes no figure).',
      ),
      rowColumn(
        'purpose',
        'word',
        'Why: REVENUE (inflow that the network earned), INTERNAL (inflow from a configured internal wallet, or between treasury wallets), BUYBACK (outflow to a buyback address), REWARDS (outflow to the staking contract or a distributor), OTHER (any other outflow).',
      ),
      rowColumn(
        'treasuryBalance',
        'amount',
        'Figure treasury.balance after this flow, in base units of the stable asset.',
      ),
    ],
  },
  prices: {
    name: 'prices',
    entity: 'Price',
    rows: 'prices',
    description: 'Prices of the token that were seen on the chain.',
    columns: [
      TOKEN,
      contractColumn('stable', 'stable_address', 'Address of the stable asset that the price is in.'),
      rowColumn(
        'source',
        'word',
        'Where it was seen: BUYBACK (a transaction in which a buyback wallet paid and got tokens), PAIR (what the configured pair held when the block ended).',
      ),
      rowColumn(
        'price',
        'fixed',
        'Stable asset for one whole token, in whole units: stable_amount ÷ token_amount in whole units, rounded down to 18 decimal places.',
      ),
      rowColumn(
        'stableAmount',
        'amount',
        'What was paid, or what the pair held, in base units of the stable asset.',
      ),
      rowColumn('tokenAmount', 'amount', 'What was got for it, or what the pair held, in token base units.'),
      ...EVENT_COLUMNS,
    ],
  },
}
