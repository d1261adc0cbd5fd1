import { type Address, ZERO_ADDRESS } from './address'
import type { BurnEvent, EconomyEvent, TransferEvent } from './events'
import type { BurnPurpose } from './ledger'
import type { Policy } from './policy'

/** Which Burn events of one block restate a Transfer to the zero address, and which stand alone. */
export interface BurnPairs {
  /** Log indices of the Transfers that a Burn event belongs to. */
  readonly paired: ReadonlySet<number>
  /** Log indices of the Burn events that have no Transfer. */
  readonly alone: ReadonlySet<number>
}

/**
 * Pairs Burn events with Transfers to the zero address one to one: by transaction, burner and amount, in log
 * order. Two equal burns in one transaction are two pairs, not one, and neither counts twice.
 */
export function pairBurns(events: readonly EconomyEvent[]): BurnPairs {
  const transfers = new Map<string, number[]>()
  for (const event of events) {
    if (!destroys(event)) continue
    const key = pairKey(event)
    const open = transfers.get(key)
    if (open) open.push(event.logIndex)
    else transfers.set(key, [event.logIndex])
  }
  const paired = new Set<number>()
  const alone = new Set<number>()
  for (const event of events) {
    if (event.kind !== 'burn') continue
    const transfer = transfers.get(pairKey(event))?.shift()
    if (transfer === undefined) alone.add(event.logIndex)
    else paired.add(transfer)
  }
  return { paired, alone }
}

/** A bridge's burn is undone elsewhere; a buyback's is the policy at work; anyone else's is voluntary. */
export function burnPurpose(burner: Address, policy: Policy): BurnPurpose {
  if (policy.buyback.has(burner)) return 'BUYBACK'
  if (policy.bridges.has(burner)) return 'BRIDGE'
  return 'OTHER'
}

function destroys(event: EconomyEvent): event is TransferEvent {
  return event.kind === 'transfer' && event.to === ZERO_ADDRESS
}

function pairKey(event: TransferEvent | BurnEvent): string {
  return `${event.transactionHash}:${event.from}:${event.value}`
}
