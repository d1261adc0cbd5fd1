import type { Address, Hash } from '../core/address'
import { CONTRACT_NAMES, type ContractName } from '../core/events'
import { amount, amountOrNull, flag, hex, oneOf, type Row, seconds, text, whole } from './row'

/** Where a ledger row stands in the history. */
export interface Entry {
  /** Block number (10 digits), `-`, log index (6 digits): text order is chain order. */
  readonly id: string
  readonly blockNumber: number
  readonly logIndex: number
  /** Unix seconds. */
  readonly timestamp: number
  readonly transactionHash: Hash
}

const BURN_PURPOSES = ['BUYBACK', 'BRIDGE', 'OTHER'] as const
const BURN_EVIDENCE = ['TRANSFER', 'TRANSFER_AND_BURN', 'BURN'] as const
const STAKE_ACTIONS = ['STAKE', 'UNSTAKE'] as const
const PRICE_SOURCES = ['BUYBACK', 'PAIR'] as const
const FLOW_DIRECTIONS = ['IN', 'OUT', 'WITHIN'] as const
const FLOW_PURPOSES = ['REVENUE', 'INTERNAL', 'BUYBACK', 'REWARDS', 'OTHER'] as const

/** A Transfer of the token; amounts in token base units. */
export interface TransferEntry extends Entry {
  readonly from: Address
  readonly to: Address
  readonly value: bigint
  readonly fromBalance: bigint | null
  readonly toBalance: bigint | null
}

/** Tokens destroyed; amounts in token base units. */
export interface BurnEntry extends Entry {
  readonly burner: Address
  readonly value: bigint
  readonly purpose: (typeof BURN_PURPOSES)[number]
  readonly evidence: (typeof BURN_EVIDENCE)[number]
  readonly burnerBalance: bigint
  readonly cumulativeBurn: bigint
}

/** A Stake or Unstake event; amounts in token base units. */
export interface StakeEntry extends Entry {
  readonly account: Address
  readonly action: (typeof STAKE_ACTIONS)[number]
  readonly amount: bigint
  readonly accountStaked: bigint
  readonly staked: bigint
}

/** A RewardPaid event; amounts in reward token base units. */
export interface RewardEntry extends Entry {
  readonly account: Address
  readonly amount: bigint
  readonly accountRewardsPaid: bigint
  readonly rewardsPaid: bigint
}

/** A Transfer of the stable asset into or out of the treasury; amounts in stable base units. */
export interface TreasuryFlowEntry extends Entry {
  readonly direction: (typeof FLOW_DIRECTIONS)[number]
  readonly purpose: (typeof FLOW_PURPOSES)[number]
  readonly from: Address
  readonly to: Address
  readonly value: bigint
  readonly treasuryBalance: bigint
}

/** A price that was seen: stable asset for one whole token, in units of 10⁻¹⁸. */
export interface PriceEntry extends Entry {
  readonly source: (typeof PRICE_SOURCES)[number]
  readonly price: bigint
  /** Stable base units. */
  readonly stableAmount: bigint
  /** Token base units. */
  readonly tokenAmount: bigint
}

/** Other code answers at a contract of the economy. */
export interface UpgradeEntry extends Entry {
  readonly contract: ContractName
  readonly implementation: Address
  readonly isInstallation: boolean
}

/** One table of the ledger: which columns name an account, and how a row reads. */
export interface Ledger<T extends Entry> {
  readonly table: string
  /** Columns that name an account, as SQL; none where the rows concern everyone. */
  readonly parties: readonly string[]
  readonly entry: (row: Row) => T
}

function positionOf(row: Row): Entry {
  return {
    id: text(row, 'id'),
    blockNumber: whole(row, 'block_number'),
    logIndex: whole(row, 'log_index'),
    timestamp: seconds(row, 'timestamp'),
    transactionHash: hex(row, 'transaction_hash'),
  }
}

export const transferLedger: Ledger<TransferEntry> = {
  table: 'transfer',
  parties: ['"from"', '"to"'],
  entry: (row) => ({
    ...positionOf(row),
    from: hex(row, 'from'),
    to: hex(row, 'to'),
    value: amount(row, 'value'),
    fromBalance: amountOrNull(row, 'from_balance'),
    toBalance: amountOrNull(row, 'to_balance'),
  }),
}

export const burnLedger: Ledger<BurnEntry> = {
  table: 'burn',
  parties: ['burner'],
  entry: (row) => ({
    ...positionOf(row),
    burner: hex(row, 'burner'),
    value: amount(row, 'value'),
    purpose: oneOf(row, 'purpose', BURN_PURPOSES),
    evidence: oneOf(row, 'evidence', BURN_EVIDENCE),
    burnerBalance: amount(row, 'burner_balance'),
    cumulativeBurn: amount(row, 'cumulative_burn'),
  }),
}

export const stakeLedger: Ledger<StakeEntry> = {
  table: 'stake',
  parties: ['account'],
  entry: (row) => ({
    ...positionOf(row),
    account: hex(row, 'account'),
    action: oneOf(row, 'action', STAKE_ACTIONS),
    amount: amount(row, 'amount'),
    accountStaked: amount(row, 'account_staked'),
    staked: amount(row, 'staked'),
  }),
}

export const rewardLedger: Ledger<RewardEntry> = {
  table: 'reward',
  parties: ['account'],
  entry: (row) => ({
    ...positionOf(row),
    account: hex(row, 'account'),
    amount: amount(row, 'amount'),
    accountRewardsPaid: amount(row, 'account_rewards_paid'),
    rewardsPaid: amount(row, 'rewards_paid'),
  }),
}

export const treasuryFlowLedger: Ledger<TreasuryFlowEntry> = {
  table: 'treasury_flow',
  parties: ['"from"', '"to"'],
  entry: (row) => ({
    ...positionOf(row),
    direction: oneOf(row, 'direction', FLOW_DIRECTIONS),
    purpose: oneOf(row, 'purpose', FLOW_PURPOSES),
    from: hex(row, 'from'),
    to: hex(row, 'to'),
    value: amount(row, 'value'),
    treasuryBalance: amount(row, 'treasury_balance'),
  }),
}

export const priceLedger: Ledger<PriceEntry> = {
  table: 'price',
  parties: [],
  entry: (row) => ({
    ...positionOf(row),
    source: oneOf(row, 'source', PRICE_SOURCES),
    price: amount(row, 'price'),
    stableAmount: amount(row, 'stable_amount'),
    tokenAmount: amount(row, 'token_amount'),
  }),
}

export const upgradeLedger: Ledger<UpgradeEntry> = {
  table: 'upgrade',
  parties: [],
  entry: (row) => ({
    ...positionOf(row),
    contract: oneOf(row, 'contract', CONTRACT_NAMES),
    implementation: hex(row, 'implementation'),
    isInstallation: flag(row, 'is_installation'),
  }),
}
