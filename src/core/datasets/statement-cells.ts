import { type Address, type Hash, ZERO_ADDRESS } from '../address'
import { unreachable } from '../errors'
import { isoOf } from '../iso-time'
import type { BurnRow, Ledger, RewardRow, StakeRow, TransferRow } from '../ledger'
import type { Cells } from './dataset'
import type { ContractAddresses } from './ledger-cells'

/** What an account has: balance and stake in token base units, rewards in reward token base units. */
export interface Holdings {
  readonly balance: bigint
  readonly staked: bigint
  readonly rewardsPaid: bigint
}

type TransferSides = Pick<TransferRow, 'from' | 'to' | 'value' | 'fromBalance' | 'toBalance'>

/** What a row of the ledger says of an account that it names. */
export type StatementEvent =
  | { readonly of: 'transfer'; readonly row: TransferSides }
  | { readonly of: 'burn'; readonly row: Pick<BurnRow, 'value' | 'burnerBalance'> }
  | { readonly of: 'stake'; readonly row: Pick<StakeRow, 'action' | 'amount' | 'accountStaked'> }
  | { readonly of: 'reward'; readonly row: Pick<RewardRow, 'amount' | 'accountRewardsPaid'> }

/** Where an event stands in the chain, and when it was. */
export type EventPlace = Pick<TransferRow, 'blockNumber' | 'logIndex' | 'timestamp' | 'transactionHash'>

export type PlacedEvent = StatementEvent & { readonly row: EventPlace }

/** What can happen to an account. */
export const STATEMENT_KINDS = [
  'MINT',
  'TRANSFER_IN',
  'TRANSFER_OUT',
  'TRANSFER_SELF',
  'BURN',
  'STAKE',
  'UNSTAKE',
  'REWARD',
] as const
export type StatementKind = (typeof STATEMENT_KINDS)[number]

/** What an account has, as far as it is known. */
export type Standing = { readonly [Figure in keyof Holdings]: bigint | undefined }

/** What an event is to an account, and what the account has after it. */
export interface StatementEntry<Held extends Standing = Holdings> {
  readonly kind: StatementKind
  /** Which way the figure went that the event changes. */
  readonly direction: 'IN' | 'OUT' | 'SELF'
  /** The other side of a transfer; null where there is none. */
  readonly counterparty: Address | null
  /** Base units; of the reward token where it is a reward, else of the token. */
  readonly amount: bigint
  readonly after: Held
}

/** Whether a burn is an event of its own: where a Transfer states it too, that Transfer is the event. */
export function isOwnEvent({ evidence }: Pick<BurnRow, 'evidence'>): boolean {
  return evidence === 'BURN'
}

/** What the rows of a ledger say of one account, each event once, in chain order. */
export function statementEvents(
  { transfers, burns, stakes, rewards }: Pick<Ledger, 'transfers' | 'burns' | 'stakes' | 'rewards'>,
  account: Address,
): PlacedEvent[] {
  const events: PlacedEvent[] = []
  for (const row of transfers)
    if (row.from === account || row.to === account) events.push({ of: 'transfer', row })
  for (const row of burns) if (row.burner === account && isOwnEvent(row)) events.push({ of: 'burn', row })
  for (const row of stakes) if (row.account === account) events.push({ of: 'stake', row })
  for (const row of rewards) if (row.account === account) events.push({ of: 'reward', row })
  return events.sort(({ row: a }, { row: b }) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex)
}

/**
 * What one event is to an account.
 * @param event names the account; a burn is one of `isOwnEvent`
 * @param before what the account had: what the event does not change stays so
 */
export function statementEntry<Held extends Standing>(
  account: Address,
  event: StatementEvent,
  before: Held,
): StatementEntry<Held> {
  switch (event.of) {
    case 'transfer':
      return transferEntry(account, event.row, before)
    case 'burn': {
      const { value: amount, burnerBalance: balance } = event.row
      return { kind: 'BURN', direction: 'OUT', counterparty: null, amount, after: { ...before, balance } }
    }
    case 'stake': {
      const { action: kind, amount, accountStaked: staked } = event.row
      const direction = kind === 'STAKE' ? 'IN' : 'OUT'
      return { kind, direction, counterparty: null, amount, after: { ...before, staked } }
    }
    case 'reward': {
      const { amount, accountRewardsPaid: rewardsPaid } = event.row
      return {
        kind: 'REWARD',
        direction: 'IN',
        counterparty: null,
        amount,
        after: { ...before, rewardsPaid },
      }
    }
    default:
      return unreachable(event)
  }
}

function transferEntry<Held extends Standing>(
  account: Address,
  row: TransferSides,
  before: Held,
): StatementEntry<Held> {
  const { from, to, value: amount } = row
  const balance = from === account ? row.fromBalance : row.toBalance
  if (balance === null) throw new TypeError('the zero address has no statement')
  const after = { ...before, balance }
  if (from === to) return { kind: 'TRANSFER_SELF', direction: 'SELF', counterparty: account, amount, after }
  if (from === account) {
    return to === ZERO_ADDRESS
      ? { kind: 'BURN', direction: 'OUT', counterparty: null, amount, after }
      : { kind: 'TRANSFER_OUT', direction: 'OUT', counterparty: to, amount, after }
  }
  return from === ZERO_ADDRESS
    ? { kind: 'MINT', direction: 'IN', counterparty: null, amount, after }
    : { kind: 'TRANSFER_IN', direction: 'IN', counterparty: from, amount, after }
}

/**
 * Spells the events of an account, one after the other in chain order.
 * @param opening what the account had before the first of them
 */
export function statementCells(
  account: Address,
  contracts: ContractAddresses,
  opening: Holdings,
): (event: PlacedEvent, blockHash: Hash) => Cells {
  let held = opening
  return (event, blockHash) => {
    const { kind, direction, counterparty, amount, after } = statementEntry(account, event, held)
    const { transactionHash, logIndex, blockNumber, timestamp } = event.row
    held = after
    return [
      account,
      kind,
      direction,
      counterparty,
      event.of === 'reward' ? contracts.reward : contracts.token,
      `${amount}`,
      transactionHash,
      `${logIndex}`,
      `${blockNumber}`,
      blockHash,
      isoOf(timestamp),
      `${after.balance}`,
      `${after.staked}`,
      `${after.rewardsPaid}`,
    ]
  }
}
