import type { events as StableEvents } from '../abi/stable'
import * as staking from '../abi/staking'
import * as token from '../abi/token'
import type { Address, Hash } from '../core/address'
import type { EconomyEvent } from '../core/events'
import { LogUndecodable } from './errors'

/** A log as any source hands it over: addresses and hashes in lower case, data as hex. */
export interface RawLog {
  readonly address: string
  readonly topics: string[]
  readonly data: string
  readonly logIndex: number
  readonly transactionHash: string
}

/** The contracts whose logs mean something, and the wallets that make a stable transfer a treasury flow. */
export interface EventSources {
  readonly token: Address
  readonly staking: Address
  readonly stable: Address
  readonly treasury: ReadonlySet<Address>
}

// The stable asset's Transfer is the ERC-20 one, as is the token's: one signature, told apart by address.
const TRANSFER = token.events.Transfer satisfies typeof StableEvents.Transfer

/** topic0 of everything that is read, by contract; computed from the ABIs. */
export const TOPICS = {
  token: [TRANSFER.topic, token.events.Burn.topic],
  staking: [staking.events.Stake.topic, staking.events.Unstake.topic, staking.events.RewardPaid.topic],
  stable: [TRANSFER.topic],
} as const

/**
 * Turns a log into an event of the economy, by address **and** topic0: a pair contract has a Burn too, and anyone
 * can emit a Transfer.
 * @returns undefined if the log is none of ours.
 * @throws LogUndecodable (E3001) if it is ours but its topics or data do not fit the event.
 */
export function decodeLog(log: RawLog, sources: EventSources, block: number): EconomyEvent | undefined {
  try {
    if (log.address === sources.token) {
      const event = decodeTokenLog(log)
      // The staking contract may be the token itself: then its events are among the token's logs.
      if (event !== undefined || sources.staking !== sources.token) return event
    }
    if (log.address === sources.staking) return decodeStakingLog(log)
    if (log.address === sources.stable) return decodeStableLog(log, sources.treasury)
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const { address, logIndex, topics } = log
    throw new LogUndecodable({ address, block, logIndex, topics: topics.length, reason })
  }
}

function decodeTokenLog(log: RawLog): EconomyEvent | undefined {
  switch (log.topics[0]) {
    case TRANSFER.topic: {
      const { from, to, value } = TRANSFER.decode(log)
      return { kind: 'transfer', ...position(log), from: address(from), to: address(to), value }
    }
    case token.events.Burn.topic: {
      const { from, value } = token.events.Burn.decode(log)
      return { kind: 'burn', ...position(log), from: address(from), value }
    }
    default:
      return undefined
  }
}

function decodeStakingLog(log: RawLog): EconomyEvent | undefined {
  switch (log.topics[0]) {
    case staking.events.Stake.topic: {
      const { account, amount } = staking.events.Stake.decode(log)
      return { kind: 'stake', ...position(log), account: address(account), amount }
    }
    case staking.events.Unstake.topic: {
      const { account, amount } = staking.events.Unstake.decode(log)
      return { kind: 'unstake', ...position(log), account: address(account), amount }
    }
    case staking.events.RewardPaid.topic: {
      const { account, reward } = staking.events.RewardPaid.decode(log)
      return { kind: 'reward', ...position(log), account: address(account), amount: reward }
    }
    default:
      return undefined
  }
}

function decodeStableLog(log: RawLog, treasury: ReadonlySet<Address>): EconomyEvent | undefined {
  if (log.topics[0] !== TRANSFER.topic) return undefined
  const decoded = TRANSFER.decode(log)
  const from = address(decoded.from)
  const to = address(decoded.to)
  if (!treasury.has(from) && !treasury.has(to)) return undefined
  return { kind: 'stableTransfer', ...position(log), from, to, value: decoded.value }
}

function position({ logIndex, transactionHash }: RawLog): { logIndex: number; transactionHash: Hash } {
  return { logIndex, transactionHash: transactionHash as Hash }
}

function address(text: string): Address {
  return text.toLowerCase() as Address
}
