import { type Address, ZERO_ADDRESS } from '../../src/core/address'
import type { EconomyEvent, EventBlock, StableTransferEvent, TransferEvent } from '../../src/core/events'
import { BUYBACK, DEAD, SECOND_TREASURY, TREASURY } from '../support/history'
import { sum } from './folding'

/** Stake and price after a block. */
export interface Replayed {
  readonly timestamp: number
  readonly staked: bigint
  readonly price: bigint | null
  readonly source: 'BUYBACK' | 'PAIR' | null
  readonly priceBlock: number | null
}

/** Stake and price after each block, by looking at every event of it once more. */
export function replay(blocks: readonly EventBlock[]): Replayed[] {
  let staked = 0n
  let newest: Pick<Replayed, 'price' | 'source' | 'priceBlock'> = {
    price: null,
    source: null,
    priceBlock: null,
  }
  return blocks.map(({ block, events }) => {
    for (const event of events) {
      if (event.kind === 'stake') staked += event.amount
      if (event.kind === 'unstake') staked -= event.amount
    }
    const sync = events.filter((event) => event.kind === 'sync').at(-1)
    const seen = [
      { source: 'PAIR' as const, price: priceByHand(sync?.stableReserve ?? 0n, sync?.tokenReserve ?? 0n) },
      ...trades(events).map((price) => ({ source: 'BUYBACK' as const, price })),
    ].filter(({ price }) => price > 0n)
    const best = seen.at(-1)
    if (best !== undefined) newest = { ...best, priceBlock: block.number }
    return { timestamp: block.timestamp, staked, ...newest }
  })
}

/** With 6 decimals of the stable asset and 18 of the token. */
const priceByHand = (stable: bigint, tokens: bigint): bigint =>
  tokens > 0n ? (stable * 10n ** 30n) / tokens : 0n

/** Prices of the executed buybacks of one block, in the order in which they ended. */
function trades(events: readonly EconomyEvent[]): bigint[] {
  const hashes = new Set(events.map(({ transactionHash }) => transactionHash))
  const ended = [...hashes].map((hash) => {
    const moved = events.filter(
      (event) =>
        event.transactionHash === hash &&
        (event.kind === 'transfer' || event.kind === 'stableTransfer') &&
        (event.from === BUYBACK) !== (event.to === BUYBACK) &&
        event.value > 0n &&
        ![event.from, event.to].some((side) => NO_TRADERS.has(side)),
    ) as (TransferEvent | StableTransferEvent)[]
    // With each other party: what it paid or was paid on balance counts if it sold tokens, or was paid.
    const isTrade = (event: TransferEvent | StableTransferEvent): boolean =>
      event.kind === 'transfer'
        ? event.to === BUYBACK || moved.some((one) => one.kind === 'transfer' && one.from === event.to)
        : event.from === BUYBACK ||
          moved.some((one) => one.kind === 'stableTransfer' && one.to === event.from)
    const traded = moved.filter(isTrade)
    const gained = (kind: string): bigint =>
      sum(
        traded.map((event) => (event.kind !== kind ? 0n : event.to === BUYBACK ? event.value : -event.value)),
      )
    const [paid, bought] = [-gained('stableTransfer'), gained('transfer')]
    const price = paid > 0n && bought > 0n ? priceByHand(paid, bought) : 0n
    return { price, end: traded.at(-1)?.logIndex ?? 0 }
  })
  return ended
    .sort((one, other) => one.end - other.end)
    .map(({ price }) => price)
    .filter((price) => price > 0n)
}

/** Those with whom nothing is traded: what goes there or comes from there is a burn, a mint or the treasury's. */
const NO_TRADERS = new Set<Address>([ZERO_ADDRESS, DEAD, TREASURY, SECOND_TREASURY])
