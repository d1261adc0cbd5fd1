import * as wild from '../abi/events-in-the-wild'
import type { events as StableEvents } from '../abi/stable'
import * as staking from '../abi/staking'
import * as token from '../abi/token'
import type { EconomyFile } from '../config/economy-file'
import type { Address, Hash } from '../core/address'
import { type ContractName, type EconomyEvent, STAKE_EVENTS, UNSTAKE_EVENTS } from '../core/events'
import { LogUndecodable } from './errors'
import { addressIn, amountIn, type LogData, parametersOf } from './event-shapes'

/** A log as any source hands it over: addresses and hashes in lower case, data as hex. */
export interface RawLog extends LogData {
  readonly address: string
  readonly logIndex: number
  readonly transactionHash: string
  /** Its transaction, where that was asked for. */
  readonly transaction?: { readonly from: string; readonly to?: string | null | undefined }
}

/** Turns a log of a block into an event of the economy; undefined if it is none of ours. */
export type Decode = (log: RawLog, block: number) => EconomyEvent | undefined

/** The contracts whose logs mean something, and the wallets that make a stable transfer one of ours. */
export interface EventSources {
  readonly token: Address
  readonly staking: Address
  readonly stable: Address
  /** The configured Uniswap V2 pair of token and stable asset. */
  readonly pair: Address | undefined
  /** Wallets of the treasury and of buybacks. */
  readonly wallets: ReadonlySet<Address>
  /** The events by which stake moves; undefined where each of their names does. */
  readonly stakingEvents: EconomyFile['contracts']['staking']['events']
  /** Whether the token's Transfers were asked for by the wallets in their topics. */
  readonly indexedTransfers: boolean
}

// The stable asset's Transfer is the ERC-20 one, as is the token's: one signature, told apart by address.
const TRANSFER = token.events.Transfer satisfies typeof StableEvents.Transfer
const { Staked, Unstaked, Withdrawn, Upgraded, Sync } = wild.events

const { Stake, Unstake, RewardPaid } = staking.events
const STAKES = { Stake, Staked }
const UNSTAKES = { Unstake, Unstaked, Withdrawn }

/** topic0 of everything that is read, by contract; computed from the ABIs. */
export const TOPICS = {
  token: [TRANSFER.topic, token.events.Burn.topic, Upgraded.topic],
  staking: [
    ...Object.values({ ...STAKES, ...UNSTAKES, RewardPaid }).map(({ topic }) => topic),
    Upgraded.topic,
  ],
  transfer: [TRANSFER.topic],
  burn: [token.events.Burn.topic],
  upgrade: [Upgraded.topic],
  pair: [Sync.topic],
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
      const event = decodeTokenLog(log, sources.indexedTransfers)
      // The staking contract may be the token itself: then its events are among the token's logs.
      if (event !== undefined || sources.staking !== sources.token) return event
    }
    if (log.address === sources.staking) return decodeStakingLog(log, sources.stakingEvents)
    if (log.address === sources.stable) return decodeStableLog(log, sources.wallets)
    if (log.address === sources.pair) return decodePairLog(log, sources)
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const { address, logIndex, topics } = log
    throw new LogUndecodable({ address, block, logIndex, topics: topics.length, reason })
  }
}

function decodeTokenLog(log: RawLog, indexedTransfers: boolean): EconomyEvent | undefined {
  switch (log.topics[0]) {
    case TRANSFER.topic:
      if (indexedTransfers && log.topics.length === 1) {
        // Asked for by topics that it does not have, it would come without who called.
        throw new RangeError('nothing of it is indexed: set indexedTransfers: false on contracts.token')
      }
      return { kind: 'transfer', ...position(log), ...transferIn(log), ...callersOf(log) }
    case token.events.Burn.topic: {
      const { account: from, amount: value } = accountAndAmount(log)
      return { kind: 'burn', ...position(log), from, value, ...callersOf(log) }
    }
    case Upgraded.topic:
      return decodeUpgrade(log, 'token')
    default:
      return undefined
  }
}

function decodeStakingLog(log: RawLog, names: EventSources['stakingEvents']): EconomyEvent | undefined {
  const [topic] = log.topics
  for (const name of STAKE_EVENTS) {
    if (STAKES[name].topic !== topic) continue
    if (names.stake !== undefined && names.stake !== name) return undefined
    return { kind: 'stake', name, ...position(log), ...accountAndAmount(log) }
  }
  for (const name of UNSTAKE_EVENTS) {
    if (UNSTAKES[name].topic !== topic) continue
    if (names.unstake !== undefined && names.unstake !== name) return undefined
    return { kind: 'unstake', name, ...position(log), ...accountAndAmount(log) }
  }
  if (topic === Upgraded.topic) return decodeUpgrade(log, 'staking')
  if (topic !== RewardPaid.topic) return undefined
  return { kind: 'reward', ...position(log), ...accountAndAmount(log) }
}

function decodeStableLog(log: RawLog, wallets: ReadonlySet<Address>): EconomyEvent | undefined {
  if (log.topics[0] === Upgraded.topic) return decodeUpgrade(log, 'stable')
  if (log.topics[0] !== TRANSFER.topic) return undefined
  const transfer = transferIn(log)
  if (!wallets.has(transfer.from) && !wallets.has(transfer.to)) return undefined
  return { kind: 'stableTransfer', ...position(log), ...transfer }
}

function decodePairLog(log: RawLog, sources: EventSources): EconomyEvent | undefined {
  if (log.topics[0] !== Sync.topic) return undefined
  const [first, second] = parametersOf(log, [0], 2)
  const [reserve0, reserve1] = [reserveIn(first), reserveIn(second)]
  // A Uniswap V2 pair sorts its tokens by address.
  const isTokenFirst = sources.token < sources.stable
  const [tokenReserve, stableReserve] = isTokenFirst ? [reserve0, reserve1] : [reserve1, reserve0]
  return { kind: 'sync', ...position(log), tokenReserve, stableReserve }
}

// Every parameter that is read fills one word, so that words are all there is to decode. (The ABI decoder, which knows
// every type, takes ten times as long, and takes an address that is longer than one for an address.)

function transferIn(log: LogData): { from: Address; to: Address; value: bigint } {
  // With one address indexed, which of both it is cannot be told.
  const [from, to, value] = parametersOf(log, [0, 2], 3)
  return { from: addressIn(from), to: addressIn(to), value: amountIn(value) }
}

function accountAndAmount(log: LogData): { account: Address; amount: bigint } {
  const [account, amount] = parametersOf(log, [0, 1, 2], 2)
  return { account: addressIn(account), amount: amountIn(amount) }
}

/** A uint112. */
function reserveIn(word: string | undefined): bigint {
  const reserve = amountIn(word)
  if (reserve >= 2n ** 112n) throw new RangeError(`${reserve} is no reserve of a pair`)
  return reserve
}

function decodeUpgrade(log: RawLog, contract: ContractName): EconomyEvent {
  const [implementation] = parametersOf(log, [0, 1], 1)
  return { kind: 'upgrade', ...position(log), contract, implementation: addressIn(implementation) }
}

function position({ logIndex, transactionHash }: RawLog): { logIndex: number; transactionHash: Hash } {
  return { logIndex, transactionHash: transactionHash as Hash }
}

function callersOf({ transaction }: RawLog): { callers?: readonly Address[] } {
  if (transaction === undefined) return {}
  const { from, to } = transaction
  return { callers: [from, to].filter((caller) => typeof caller === 'string').map(address) }
}

function address(text: string): Address {
  return text.toLowerCase() as Address
}
