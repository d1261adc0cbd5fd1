import { useEffect, useRef, useState } from 'preact/hooks'
import type { Identified } from './paged'

/** Milliseconds between two announcements: who listens is told, and not talked over. */
const QUIET = 30_000

/**
 * Rows on top that were not there the last time.
 * @param before ids of the last time; undefined for the first one, when nothing is new
 */
export function arrivedOn(
  rows: readonly Identified[],
  before: ReadonlySet<string> | undefined,
): readonly string[] {
  if (before === undefined) return []
  const known = rows.findIndex(({ id }) => before.has(id))
  return rows.slice(0, known < 0 ? rows.length : known).map(({ id }) => id)
}

interface Seen {
  readonly rows: readonly Identified[]
  readonly ids: ReadonlySet<string>
  readonly arrived: ReadonlySet<string>
}

/** The ids of the rows that came last. */
export function useArrivals(rows: readonly Identified[]): ReadonlySet<string> {
  const seen = useRef<Seen | undefined>(undefined)
  if (seen.current?.rows !== rows) {
    const arrived = arrivedOn(rows, seen.current?.ids)
    seen.current = {
      rows,
      ids: new Set(rows.map(({ id }) => id)),
      // The last ones stay marked until others come.
      arrived: arrived.length > 0 ? new Set(arrived) : (seen.current?.arrived ?? new Set()),
    }
  }
  return seen.current.arrived
}

/**
 * What to announce of rows that arrived: their number, at most twice a minute.
 * @param what many of them, as a reader would call them
 */
export function useAnnouncement(arrived: ReadonlySet<string>, what: string): string {
  const [said, say] = useState('')
  const told = useRef({ at: 0, waiting: 0 })
  useEffect(() => {
    if (arrived.size === 0) return
    const { current } = told
    current.waiting += arrived.size
    const timer = setTimeout(
      () => {
        say(`New ${what}: ${current.waiting}`)
        told.current = { at: Date.now(), waiting: 0 }
      },
      Math.max(0, current.at + QUIET - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [arrived, what])
  return said
}
