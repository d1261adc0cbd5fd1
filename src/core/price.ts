import { type Address, type Hash, ZERO_ADDRESS } from './address'
import type { Books } from './books'
import type { PriceSource } from './economy'
import type { EconomyEvent, EventBlock } from './events'
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
    rows.push({ ...place, source, price, stableAmount, tokenAmount })
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

interface ExecutedBuyback {
  /** The last event that it is made of. */
  readonly event: EconomyEvent
  readonly paid: bigint
  readonly bought: bigint
}

/**
 * Transactions in which buyback wallets paid the stable asset and got tokens for it. What the treasury sends them is
 * no payment, and what they burn or pass among themselves is no purchase.
 */
function executedBuybacks(events: readonly EconomyEvent[], policy: Policy): ExecutedBuyback[] {
  if (policy.buyback.size === 0) return []
  const byTransaction = new Map<Hash, ExecutedBuyback>()
  for (const event of events) {
    if (event.kind !== 'transfer' && event.kind !== 'stableTransfer') continue
    const change = traded(event.from, event.to, event.value, policy)
    if (change === 0n) continue
    const { paid, bought } = byTransaction.get(event.transactionHash) ?? { paid: 0n, bought: 0n }
    byTransaction.set(event.transactionHash, {
      event,
      paid: event.kind === 'stableTransfer' ? paid - change : paid,
      bought: event.kind === 'transfer' ? bought + change : bought,
    })
  }
  return [...byTransaction.values()].filter(({ paid, bought }) => paid > 0n && bought > 0n)
}

/** What a transfer adds to the buyback wallets in trade with others: 0 if it is none. */
function traded(from: Address, to: Address, value: bigint, { buyback, treasury, dead }: Policy): bigint {
  const leaves = buyback.has(from)
  if (leaves === buyback.has(to)) return 0n
  const other = leaves ? to : from
  if (other === ZERO_ADDRESS || dead.has(other) || treasury.has(other)) return 0n
  return leaves ? -value : value
}
