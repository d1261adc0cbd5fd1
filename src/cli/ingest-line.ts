import type { IngestState } from './ingest-progress'
import { spellBytes, spellCount, spellDuration, spellRate } from './spell-number'
import type { Traffic } from './traffic-meter'

/** What one line of the log tells of ingestion. */
export interface IngestFacts {
  readonly startBlock: number
  /** Newest block of the node. */
  readonly chainHead: number
  readonly finalized: number
  readonly state: IngestState
  /** Undefined where unknown. */
  readonly etaSeconds: number | undefined
  /** Blocks whose logs are asked for at once. */
  readonly logRange: number
  /** Since the line before, as `addedBefore` is as of it. */
  readonly traffic: Traffic
  readonly addedBefore: IngestState['added']
}

/** How fast history is read, and what it takes. */
export function historyLine({ startBlock, chainHead, state, etaSeconds, ...facts }: IngestFacts): string {
  const total = Math.max(chainHead - startBlock + 1, 1)
  const done = Math.min(Math.max(state.block - startBlock + 1, 0), total)
  return [
    `blocks ${spellCount(done)}/${spellCount(total)} (${Math.floor((done / total) * 100)} %)`,
    `${spellRate(state.eventsPerSecond)} events/s`,
    `${spellRate(state.blocksPerSecond)} blocks/s`,
    `ETA ${etaSeconds === undefined ? 'unknown' : spellDuration(etaSeconds)}`,
    `range ${spellCount(facts.logRange)} blocks`,
    ...trafficWords(facts.traffic),
  ].join(', ')
}

/** How close the index is to the head, and what was added meanwhile. */
export function headLine({ chainHead, finalized, state, traffic, addedBefore }: IngestFacts): string {
  const events = state.added.events - addedBefore.events
  const blocks = state.added.blocks - addedBefore.blocks
  return [
    `at block ${spellCount(state.block)}, ${spellCount(Math.max(chainHead - state.block, 0))} behind the node`,
    `${spellCount(Math.max(chainHead - finalized, 0))} not final`,
    `${spellCount(events)} events in ${spellCount(blocks)} blocks in the last ${spellDuration(traffic.seconds)}`,
    ...trafficWords(traffic),
  ].join(', ')
}

function trafficWords({ seconds, requests, bytesReceived, errors }: Traffic): string[] {
  const duration = Math.max(seconds, 0.001)
  const words = [`${spellRate(requests / duration)} requests/s`, `${spellBytes(bytesReceived / duration)}/s`]
  if (errors.size === 0) return words
  const counts = [...errors].map(([name, count]) => `${name} ${spellCount(count)}`)
  return [...words, `errors: ${counts.join(', ')}`]
}
