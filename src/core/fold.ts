import { accrue } from './accrual'
import type { Address, Hash } from './address'
import { type Books, changedAccounts, openBooks, type Place } from './books'
import { bucketsOf } from './buckets'
import { pairBurns } from './burns'
import { extendDigest, type Sha256 } from './digest'
import { type Economy, GENESIS, type KnownAccounts } from './economy'
import { unreachable } from './errors'
import type { EconomyEvent, EventBlock } from './events'
import { EventsOutOfOrder, TimeReversed } from './history-errors'
import { noteBreaks } from './invariant-breaks'
import type { InvariantName } from './invariants'
import type { Ledger, SnapshotRow } from './ledger'
import { everExcluded, type Policy, snapshotBlocks } from './policy'
import { closePrice } from './price'
import { applyReward, applyStake } from './stake'
import { applyBurn, applyTransfer, closeSupply } from './supply'
import { applyTreasuryFlow } from './treasury'
import { applyUpgrade } from './upgrade'

/** What a fold starts from: the last snapshot, what is broken by then, and every account that `accountsNeeded` names. */
export interface State {
  readonly economy: Economy
  readonly digest: Hash
  /** Of the last snapshot, in unix seconds; 0 before the first. */
  readonly timestamp: number
  /** Invariants that were broken at some block. */
  readonly broken: ReadonlySet<InvariantName>
  /** The last folded block; -1 before the first. */
  readonly blockNumber: number
  readonly accounts: KnownAccounts
}

/** The accounts whose figures must be in the state before these blocks are folded. */
export function accountsNeeded(blocks: readonly EventBlock[], policy: Policy): ReadonlySet<Address> {
  const addresses = new Set<Address>(everExcluded(policy))
  for (const { events } of blocks) {
    for (const event of events) {
      switch (event.kind) {
        case 'transfer':
          addresses.add(event.from).add(event.to)
          break
        case 'burn':
          addresses.add(event.from)
          break
        case 'stake':
        case 'unstake':
        case 'reward':
          addresses.add(event.account)
          break
        case 'stableTransfer':
        case 'sync':
        case 'upgrade':
          break
        default:
          unreachable(event)
      }
    }
  }
  return addresses
}

/**
 * Folds blocks into the rows that they add: pure, so the same state and blocks give the same rows on any machine.
 * @param blocks ascending; a block without events yields a snapshot only where `snapshotBlocks` asks for one.
 * @throws HistoryIncomplete (E2001), BurnModeMixed (E2002), EventsOutOfOrder (E2003).
 */
export function fold(state: State, blocks: readonly EventBlock[], policy: Policy, sha256: Sha256): Ledger {
  const books = openBooks(state.economy, state.accounts, policy)
  const { economy } = books
  const always = new Set(snapshotBlocks(policy))
  let { digest, timestamp: accruedTo } = state
  const broken = new Set(state.broken)
  let previousBlock = state.blockNumber
  for (const eventBlock of blocks) {
    const { block, events } = eventBlock
    if (block.number <= previousBlock) {
      const facts = { blockNumber: block.number, logIndex: 0, previousBlock, previousLogIndex: 0 }
      throw new EventsOutOfOrder(facts)
    }
    previousBlock = block.number
    if (events.length === 0 && !always.has(block.number)) continue
    const { number: blockNumber, hash, parentHash, timestamp } = block
    if (timestamp < accruedTo) {
      throw new TimeReversed({ blockNumber, timestamp, previousTimestamp: accruedTo })
    }
    // What was staked until now stayed so since the last snapshot, at the price of then.
    Object.assign(economy, accrue(economy, timestamp - accruedTo))
    accruedTo = timestamp
    checkLogOrder(eventBlock)
    bookBlock(books, eventBlock)
    closeSupply(books, block.number)
    closePrice(books, eventBlock)
    digest = extendDigest(digest, eventBlock, sha256)
    books.ledger.snapshots.push({
      ...Object.assign(economy, { blockNumber, hash, parentHash, timestamp, digest }),
    })
    noteBreaks(books, broken, block)
  }
  return {
    ...books.ledger,
    buckets: bucketsOf(books.ledger.snapshots),
    accounts: changedAccounts(books),
  }
}

/** What the next fold starts from, all but the accounts. @param blockNumber the last block that was folded */
export function stateAfter<Before extends Omit<State, 'accounts'>>(
  before: Before,
  { snapshots, invariantBreaks }: Ledger,
  blockNumber: number,
): Before {
  const broken = new Set([...before.broken, ...invariantBreaks.map(({ invariant }) => invariant)])
  const last = snapshots.at(-1)
  if (last === undefined) return { ...before, broken, blockNumber }
  const { digest, timestamp } = last
  return { ...before, economy: figuresOf(last), digest, timestamp, broken, blockNumber }
}

function figuresOf(snapshot: SnapshotRow): Economy {
  const { blockNumber, hash, parentHash, timestamp, digest, ...figures } = snapshot
  // Shaped as every other economy is: copies of it are made by the thousand.
  return { ...GENESIS, ...figures }
}

/** Before anything is booked: what a misplaced event would do first looks like missing history. */
function checkLogOrder({ block, events }: EventBlock): void {
  const { number: blockNumber } = block
  let previousLogIndex = -1
  for (const { logIndex } of events) {
    if (logIndex <= previousLogIndex) {
      throw new EventsOutOfOrder({ blockNumber, logIndex, previousBlock: blockNumber, previousLogIndex })
    }
    previousLogIndex = logIndex
  }
}

function bookBlock(books: Books, { block, events }: EventBlock): void {
  const pairs = pairBurns(events, books.policy, books.economy.burnMode)
  for (const event of events) {
    const place: Place = {
      blockNumber: block.number,
      logIndex: event.logIndex,
      timestamp: block.timestamp,
      transactionHash: event.transactionHash,
    }
    books.economy.eventCount += 1
    bookEvent(books, event, pairs, place)
  }
}

function bookEvent(
  books: Books,
  event: EconomyEvent,
  pairs: ReturnType<typeof pairBurns>,
  place: Place,
): void {
  switch (event.kind) {
    case 'transfer':
      applyTransfer(books, event, pairs, place)
      break
    case 'burn':
      applyBurn(books, event, pairs, place)
      break
    case 'stake':
    case 'unstake':
      applyStake(books, event, place)
      break
    case 'reward':
      applyReward(books, event, place)
      break
    case 'stableTransfer':
      applyTreasuryFlow(books, event, place)
      break
    case 'sync':
      // Only what the pair holds when the block ends is a price; within it, a price can be borrowed.
      break
    case 'upgrade':
      applyUpgrade(books, event, place)
      break
    default:
      unreachable(event)
  }
}
