import type { ContractName } from '../../core/events'
import { isoOf } from '../../core/iso-time'
import { type AsOf, isPartial } from '../../read/as-of'
import { type Markup, markup, NOTHING } from './markup'

/** When what is shown was true, and whether that can still change. */
export function asOfLine(asOf: AsOf): Markup {
  const { block, hash, timestamp, finalized, snapshot } = asOf
  const time =
    timestamp === null
      ? markup`last event in block ${snapshot.block}, ${timeOf(snapshot.timestamp)}`
      : timeOf(timestamp)
  const final = finalized
    ? markup`<span class="final">finalized</span>`
    : markup`<span title="The chain can still replace this block.">not finalized yet</span>`
  return markup`<footer><span title="${hash ?? 'A block without events: its hash is not kept.'}">Block ${block}</span> <span>${time}</span> ${final}</footer>`
}

/** What has to be said of figures that lack the history before the start block of a contract. */
export function partialNote(asOf: AsOf, dependsOn: readonly ContractName[]): Markup {
  if (!isPartial(asOf, dependsOn)) return NOTHING
  const contracts = dependsOn.filter((contract) => asOf.partial.includes(contract))
  return markup`<p class="note">Partial history: ${contracts.join(' and ')} events before the start block are missing.</p>`
}

function timeOf(timestamp: number): Markup {
  const iso = isoOf(timestamp)
  return markup`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`
}
