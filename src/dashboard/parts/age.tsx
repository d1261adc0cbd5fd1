import { useEffect, useState } from 'preact/hooks'
import { second, span } from '../format/time'
import type { AsOfPartsFragment } from '../generated'

/** Milliseconds of the reader's clock, once a second. */
export function useClock(): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/**
 * How old the block of an answer is by now, in seconds. The API's clock says how old it was; where it does not, because the
 * block was named, the reader's own does.
 */
export function ageOf(
  { lagSeconds, timestamp, snapshot }: AsOfPartsFragment,
  since: number,
  now: number,
): number {
  if (lagSeconds !== null && lagSeconds !== undefined) return lagSeconds + (now - since) / 1_000
  return (now - Date.parse(timestamp ?? snapshot.timestamp)) / 1_000
}

interface Dated {
  readonly asOf: AsOfPartsFragment
  /** When the answer came, by the reader's clock. */
  readonly since: number
  /** Whether they are too old to pass for now. */
  readonly isOld?: boolean
}

/** The block that figures are true at, how old it is, and whether it is final. */
export function AsOfMark({ asOf, since, isOld = false }: Dated) {
  const now = useClock()
  const { block, timestamp, hash, finalized } = asOf
  return (
    <span class="as-of">
      <span title={hash ?? undefined}>block {block.toLocaleString('en-US')}</span>
      <time dateTime={timestamp ?? undefined} title={timestamp ? second(timestamp) : undefined}>
        {span(ageOf(asOf, since, now))} old
      </time>
      {isOld && <strong>out of date</strong>}
      <span
        class={finalized ? 'final' : 'open'}
        title={finalized ? undefined : 'The chain can still replace it.'}
      >
        {finalized ? 'finalized' : 'not finalized'}
      </span>
    </span>
  )
}
