import { createHash } from 'node:crypto'
import { transactionHash } from './block-layout'
import type { BlockStore } from './block-store'
import { type Cast, type Hex, PERSON } from './cast'
import { ENTRY_KINDS, type EntryKind } from './entries'

export type EventKind = Exclude<EntryKind, 'passing' | 'approval'>

/** An event of the economy; `flow` is a Transfer of the stable asset with a treasury wallet on a side of it. */
export interface ChainEvent {
  readonly kind: EventKind
  readonly blockNumber: number
  readonly blockHash: string
  /** Unix seconds. */
  readonly timestamp: number
  readonly logIndex: number
  readonly transactionHash: string
  readonly transactionIndex: number
  readonly first: Hex
  /** Only transfers and flows have one. */
  readonly second: Hex | undefined
  /** Base units. */
  readonly value: bigint
}

export interface AccountTruth {
  readonly balance: bigint
  readonly stake: bigint
  readonly rewardsPaid: bigint
}

/** What happened on a UTC day with events; supply and treasury as it ended. */
export interface DayTruth {
  /** Days since 1970-01-01. */
  readonly day: number
  readonly events: number
  readonly transfers: number
  readonly volume: bigint
  readonly burned: bigint
  /** Stakes less unstakes. */
  readonly staked: bigint
  readonly rewardsPaid: bigint
  readonly supply: bigint
  readonly treasuryBalance: bigint
}

/** What is true at the end of a block, added up from the events alone. */
export interface Truth {
  readonly blockNumber: number
  readonly blockHash: string
  readonly events: number
  readonly counts: Readonly<Record<EventKind, number>>
  readonly blocksWithEvents: number
  readonly totalSupply: bigint
  readonly burned: bigint
  readonly staked: bigint
  readonly rewardsPaid: bigint
  readonly treasuryBalance: bigint
  readonly treasuryRevenue: bigint
  /** Sum of all transfers of the token. */
  readonly volume: bigint
  /** Everyone who has a balance, a stake or a reward. */
  readonly accounts: ReadonlyMap<Hex, AccountTruth>
  readonly days: readonly DayTruth[]
  /** SHA-256 over `eventLine` of each event. */
  readonly eventsDigest: string
}

/** One event in one line: what digests of it are made of. */
export function eventLine(event: ChainEvent): string {
  const { blockNumber, timestamp, logIndex, transactionHash, kind, first, second = '', value } = event
  return `${blockNumber}|${timestamp}|${logIndex}|${transactionHash}|${kind}|${first}|${second}|${value}\n`
}

export function eventsOf(cast: Cast, store: BlockStore, from: number, to: number): ChainEvent[] {
  const found: ChainEvent[] = []
  for (let number = Math.max(from, 0); number <= Math.min(to, store.head()); number += 1) {
    found.push(...eventsOfBlock(cast, store, number))
  }
  return found
}

function eventsOfBlock(cast: Cast, store: BlockStore, number: number): ChainEvent[] {
  const { entries } = store
  const [start, end] = store.entryRange(number, number)
  if (start === end) return []
  const { hash, timestamp } = store.facts(number)
  const place = store.place(number)
  const found: ChainEvent[] = []
  for (let index = start; index < end; index += 1) {
    const kind = ENTRY_KINDS[entries.kind[index] ?? 0]
    if (kind === undefined || kind === 'passing' || kind === 'approval') continue
    const transactionIndex = entries.transactionIndex[index] ?? 0
    const hasSecond = kind === 'transfer' || kind === 'flow'
    found.push({
      kind,
      blockNumber: number,
      blockHash: hash,
      timestamp,
      logIndex: entries.logIndex[index] ?? 0,
      transactionHash: transactionHash(place, transactionIndex),
      transactionIndex,
      first: cast.address(entries.first[index] ?? 0),
      second: hasSecond ? cast.address(entries.second[index] ?? 0) : undefined,
      value: entries.value[index] ?? 0n,
    })
  }
  // Entries are in the order of their logs: groups are placed one after the other.
  return found
}

const DAY = 86_400

/** Adds up what is true at the end of a block. */
export function truthOf(cast: Cast, store: BlockStore, blockNumber: number): Truth {
  const zero = cast.address(PERSON.zero)
  const treasury = new Set([cast.address(PERSON.treasury), cast.address(PERSON.secondTreasury)])
  const internal = cast.address(PERSON.internal)
  const accounts = new Map<Hex, { balance: bigint; stake: bigint; rewardsPaid: bigint }>()
  const account = (address: Hex) => {
    const known = accounts.get(address) ?? { balance: 0n, stake: 0n, rewardsPaid: 0n }
    accounts.set(address, known)
    return known
  }
  const counts = { transfer: 0, burn: 0, stake: 0, unstake: 0, reward: 0, flow: 0 }
  const days = new Map<number, { -readonly [Key in keyof DayTruth]: DayTruth[Key] }>()
  const digest = createHash('sha256')
  let [supply, burned, staked, rewardsPaid] = [0n, 0n, 0n, 0n]
  let [balance, revenue, volume, blocksWithEvents] = [0n, 0n, 0n, 0]
  for (let number = 0; number <= blockNumber; number += 1) {
    const events = eventsOfBlock(cast, store, number)
    if (events.length > 0) blocksWithEvents += 1
    for (const event of events) {
      const { kind, first, second = zero, value } = event
      const id = Math.floor(event.timestamp / DAY)
      const day = days.get(id) ?? { ...EMPTY_DAY, day: id }
      days.set(id, day)
      counts[kind] += 1
      day.events += 1
      digest.update(eventLine(event))
      switch (kind) {
        case 'transfer':
          if (first === zero) supply += value
          else account(first).balance -= value
          if (second === zero) supply -= value
          else account(second).balance += value
          volume += value
          day.transfers += 1
          day.volume += value
          break
        case 'burn':
          burned += value
          day.burned += value
          break
        case 'stake':
        case 'unstake': {
          const change = kind === 'stake' ? value : -value
          account(first).stake += change
          staked += change
          day.staked += change
          break
        }
        case 'reward':
          account(first).rewardsPaid += value
          rewardsPaid += value
          day.rewardsPaid += value
          break
        case 'flow':
          if (treasury.has(first)) balance -= value
          if (treasury.has(second)) balance += value
          if (!treasury.has(first) && first !== internal) revenue += value
          break
      }
      day.supply = supply
      day.treasuryBalance = balance
    }
  }
  return {
    blockNumber,
    blockHash: store.facts(blockNumber).hash,
    events: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    blocksWithEvents,
    totalSupply: supply,
    burned,
    staked,
    rewardsPaid,
    treasuryBalance: balance,
    treasuryRevenue: revenue,
    volume,
    accounts,
    days: [...days.values()],
    eventsDigest: digest.digest('hex'),
  }
}

const EMPTY_DAY = {
  events: 0,
  transfers: 0,
  volume: 0n,
  burned: 0n,
  staked: 0n,
  rewardsPaid: 0n,
  supply: 0n,
  treasuryBalance: 0n,
}
