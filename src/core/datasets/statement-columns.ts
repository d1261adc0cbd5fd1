import type { DatasetColumn } from './dataset'
import { EVENT_COLUMNS } from './ledger-columns'

/** One account's statement: each event that names it, once, with what the account had after it. */
export const STATEMENT_COLUMNS: readonly DatasetColumn[] = [
  { name: 'account', kind: 'address', isNullable: false, description: 'Whose statement it is.' },
  {
    name: 'kind',
    kind: 'word',
    isNullable: false,
    description:
      'What happened: MINT, TRANSFER_IN, TRANSFER_OUT, TRANSFER_SELF, BURN (change the balance), STAKE, UNSTAKE (change the stake), REWARD (changes what was paid in rewards).',
  },
  {
    name: 'direction',
    kind: 'word',
    isNullable: false,
    description:
      'Which way the figure went that the event changes: IN (it grew by amount), OUT (it shrank by amount), SELF (a transfer to oneself: it stayed).',
  },
  {
    name: 'counterparty',
    kind: 'address',
    isNullable: true,
    description: 'The other side of a transfer; none where there is none.',
  },
  {
    name: 'token_address',
    kind: 'address',
    isNullable: false,
    description: 'Address of the asset that amount is counted in: the token, or for REWARD the reward token.',
  },
  { name: 'amount', kind: 'amount', isNullable: false, description: 'How much, in base units of the asset.' },
  ...EVENT_COLUMNS.map(({ origin, ...column }) => column),
  {
    name: 'balance',
    kind: 'amount',
    isNullable: false,
    description: 'Token balance of the account after this event, in token base units.',
  },
  {
    name: 'staked',
    kind: 'amount',
    isNullable: false,
    description: 'Stake of the account after this event, in token base units.',
  },
  {
    name: 'rewards_paid',
    kind: 'amount',
    isNullable: false,
    description: 'Σ RewardPaid to the account after this event, in reward token base units.',
  },
]
