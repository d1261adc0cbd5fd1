import { type Address, type Hash, ZERO_ADDRESS } from './address'
import type { Books } from './books'
import type { PriceSource } from './economy'
import type { EconomyEvent, EventBlock, StableTransferEvent, TransferEvent } from './events'
import type { PriceRow } from './ledger'
import type { Policy } from './policy'
import { FIXED_POINT } from './units'

/**
 * Stable asset for one whole token, in units of 10⁻¹⁸, rounded down.
 * @param stableAmount base units of the stable asset
 * @param tokenAmount base units of the token, not 0
 */
export function priceOf(stableAmount: bigint, tokenAmount: bigint, { decimals }: Policy): bigint {
  const numerator = stableAmount * 10n ** BigInt(decimals.token) * FIXED_POINT
  return numerator / (tokenAmount * 10n ** BigInt(decimals.stable))
}

/**
 * Books the prices of a block: each executed buyback, and what the pair holds when the block ends. The newest one
 * stays the price until the next; of one block, an executed buyback goes before the pair.
 */
export function closePrice(books: Books, { block, events }: EventBlock): void {
  const { economy, ledger, policy } = books
  if (!events.some((event) => concernsPrice(event, policy))) return
  const rows: PriceRow[] = []
  const note = (
    source: PriceSource,
    event: EconomyEvent,
    stableAmount: bigint,
    tokenAmount: bigint,
  ): void => {
    const price = tokenAmount === 0n ? 0n : priceOf(stableAmount, tokenAmount, policy)
    // Nothing could be valued at a quotient below 10⁻¹⁸, nor at that of an empty pair.
    if (price === 0n) return
    const { logIndex, transactionHash } = event
    const place = { blockNumber: block.number, logIndex, timestamp: block.timestamp, transactionHash }
    rows.push({ source, price, stableAmount, tokenAmount, ...place })
  }
  for (const { event, paid, bought } of executedBuybacks(events, policy)) {
    economy.buybackPaid += paid
    economy.buybackBought += bought
    note('BUYBACK', event, paid, bought)
  }
  const sync = events.findLast((event) => event.kind === 'sync')
  if (sync !== undefined) note('PAIR', sync, sync.stableReserve, sync.tokenReserve)
  rows.sort((one, other) => one.logIndex - other.logIndex)
  const newest = rows.findLast(({ source }) => source === 'BUYBACK') ?? rows.at(-1)
  if (newest === undefined) return
  ledger.prices.push(...rows)
  economy.price = newest.price
  economy.priceSource = newest.source
  economy.priceBlock = newest.blockNumber
}

/** Whether an event can be part of a price: most blocks have none that can. */
function concernsPrice(event: EconomyEvent, policy: Policy): boolean {
  if (event.kind === 'transfer' || event.kind === 'stableTransfer') return legOf(event, policy) !== undefined
  return event.kind === 'sync'
}

interface ExecutedBuyback {
  /** The last event that it is made of. */
  readonly event: EconomyEvent
  readonly paid: bigint
  readonly bought: bigint
}

/** A transfer between a buyback wallet and somebody else. */
interface Leg {
  readonly event: TransferEvent | StableTransferEvent
  /** The other one. */
  readonly party: Address
  readonly enters: boolean
}

/**
 * Transactions in which buyback wallets paid the stable asset and got tokens for it. Only the trade counts: what goes
 * back to whom it came from is a refund, anything else that leaves or enters meanwhile is none of it. What the treasury
 * sends is no payment, and what is burned or passed among buyback wallets no purchase.
 */
function executedBuybacks(events: readonly EconomyEvent[], policy: Policy): ExecutedBuyback[] {
  if (policy.buyback.size === 0) return []
  const byTransaction = new Map<Hash, Leg[]>()
  for (const event of events) {
    if (event.kind !== 'transfer' && event.kind !== 'stableTransfer') continue
    const leg = legOf(event, policy)
    if (leg === undefined) continue
    const others = byTransaction.get(event.transactionHash)
    if (others) others.push(leg)
    else byTransaction.set(event.transactionHash, [leg])
  }
  return [...byTransaction.values()].map(tradeOf).filter(({ paid, bought }) => paid > 0n && bought > 0n)
}

function legOf(event: TransferEvent | StableTransferEvent, policy: Policy): Leg | undefined {
  const { buyback, treasury, dead } = policy
  const enters = buyback.has(event.to)
  // A transfer of nothing, which anyone can make, makes nobody a party to a trade.
  if (enters === buyback.has(event.from) || event.value === 0n) return undefined
  const party = enters ? event.from : event.to
  if (party === ZERO_ADDRESS || dead.has(party) || treasury.has(party)) return undefined
  return { event, party, enters }
}

function tradeOf(legs: readonly Leg[]): ExecutedBuyback {
  const parties = (kind: Leg['event']['kind'], enters: boolean): ReadonlySet<Address> =>
    new Set(legs.filter((leg) => leg.event.kind === kind && leg.enters === enters).map(({ party }) => party))
  const sellers = parties('transfer', true)
  const payees = parties('stableTransfer', false)
  let paid = 0n
  let bought = 0n
  let last: Leg['event'] | undefined
  for (const { event, party, enters } of legs) {
    if (event.kind === 'transfer') {
      if (!enters && !sellers.has(party)) continue
      bought += enters ? event.value : -event.value
    } else {
      if (enters && !payees.has(party)) continue
      paid += enters ? -event.value : event.value
    }
    last = event
  }
  const event = last ?? legs[0]?.event
  if (event === undefined) throw new TypeError('a transaction without legs')
  return { event, paid, bought }
}
