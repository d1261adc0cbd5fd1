import { type Address, ZERO_ADDRESS } from './address'
import type { BurnMode } from './economy'
import type { BurnEvent, EconomyEvent, TransferEvent } from './events'
import type { BurnPurpose } from './ledger'
import type { Policy } from './policy'

/** Which Burn events of one block restate a Transfer, and which stand alone. */
export interface BurnPairs {
  /** Log indices of the Transfers to the zero address that a Burn event belongs to. */
  readonly paired: ReadonlySet<number>
  /** Log indices of the Burn events that have no Transfer. */
  readonly alone: ReadonlySet<number>
}

/** Of a block without Burn events, which most are. */
const NO_PAIRS: BurnPairs = { paired: new Set(), alone: new Set() }

/**
 * Pairs Burn events with Transfers to the zero address one to one: by transaction, burner and amount, in log
 * order. Two equal burns in one transaction are two pairs, not one, and neither counts twice. A Burn event that is
 * left may restate a Transfer to a dead address: then nothing is destroyed, for `totalSupply()` still counts it. A token
 * that is known to destroy by Burn events alone does not restate anything by them.
 */
export function pairBurns(events: readonly EconomyEvent[], policy: Policy, mode: BurnMode): BurnPairs {
  if (!events.some(({ kind }) => kind === 'burn')) return NO_PAIRS
  const destroying = openTransfers(events, (to) => to === ZERO_ADDRESS)
  const burying = openTransfers(events, (to) => mode !== 'BURN_EVENT' && policy.dead.has(to))
  const paired = new Set<number>()
  const alone = new Set<number>()
  for (const event of events) {
    if (event.kind !== 'burn') continue
    const key = pairKey(event)
    const transfer = destroying.get(key)?.shift()
    if (transfer !== undefined) paired.add(transfer)
    else if (burying.get(key)?.shift() === undefined) alone.add(event.logIndex)
  }
  return { paired, alone }
}

/**
 * A buyback's burn is the policy at work; a bridge's is undone elsewhere, also where the bridge burns what is
 * someone else's; anyone else's is voluntary.
 */
export function burnPurpose(burner: Address, callers: readonly Address[], policy: Policy): BurnPurpose {
  if (policy.buyback.has(burner)) return 'BUYBACK'
  if (policy.bridges.has(burner) || callers.some((caller) => policy.bridges.has(caller))) return 'BRIDGE'
  return 'OTHER'
}

/** Log indices of the Transfers to certain receivers, in log order, by what a Burn event would repeat of them. */
function openTransfers(
  events: readonly EconomyEvent[],
  isReceiver: (to: Address) => boolean,
): Map<string, number[]> {
  const open = new Map<string, number[]>()
  for (const event of events) {
    if (event.kind !== 'transfer' || !isReceiver(event.to)) continue
    const key = pairKey(event)
    const others = open.get(key)
    if (others) others.push(event.logIndex)
    else open.set(key, [event.logIndex])
  }
  return open
}

function pairKey(event: TransferEvent | BurnEvent): string {
  return `${event.transactionHash}:${event.from}:${event.value}`
}
