import { useState } from 'preact/hooks'
import type { Known } from '../data/answers'
import { useEconomy } from '../data/overview'
import type { EconomyQuery } from '../generated'
import { AsOfMark } from '../parts/age'
import { Pending } from '../parts/pending'
import { useAnnouncement, useArrivals } from './arrivals'
import { useChainClock } from './cells'
import '../lists.css'
import '../list-cards.css'
import type { Identified, Listed } from './paged'
import { type Column, RowTable } from './row-table'

/** What columns are made of. */
export interface Told<Answer> {
  readonly economy: EconomyQuery['economy']
  /** What was answered with the first page. */
  readonly answer: Answer
  readonly finalBlock: number
  /** Unix seconds. */
  readonly now: number
}

interface Panel<Row extends Identified, Answer> {
  readonly known: Known<Listed<Row, Answer>>
  /** The rows, as a reader would call many of them: `burns`. */
  readonly what: string
  readonly caption: string
  readonly empty: string
  /** The table, for its styles. */
  readonly kind: string
  /** Where all of them are to be had as a file. */
  readonly file?: string
  readonly columns: (told: Told<Answer>, rows: readonly Row[]) => readonly Column<Row>[]
}

/** A list: its rows, what arrives, more of them, and the block that it is true at. */
export function ListPanel<Row extends Identified, Answer>(panel: Panel<Row, Answer>) {
  const economy = useEconomy()
  return (
    <Pending known={economy} what="economy" lines={12}>
      {(rules) => (
        <Pending known={panel.known} what={panel.what} lines={12}>
          {(listed) => <Rows {...panel} listed={listed} economy={rules.economy} />}
        </Pending>
      )}
    </Pending>
  )
}

function Rows<Row extends Identified, Answer>({
  known,
  what,
  caption,
  empty,
  kind,
  file,
  columns,
  listed,
  economy,
}: Panel<Row, Answer> & {
  readonly listed: Listed<Row, Answer>
  readonly economy: EconomyQuery['economy']
}) {
  const { rows, answer, finalBlock, asOf, isStale } = listed
  const since = known.since ?? Date.now()
  const now = useChainClock(asOf, since)
  const arrived = useArrivals(rows)
  const said = useAnnouncement(arrived, what)
  return (
    <div class={`list ${kind}`}>
      <RowTable
        caption={caption}
        columns={columns({ economy, answer, finalBlock, now }, rows)}
        rows={rows}
        arrived={arrived}
        empty={empty}
        kind={kind}
      />
      <p class="spoken" role="status">
        {said}
      </p>
      <More known={known} listed={listed} what={what} />
      <footer>
        <AsOfMark asOf={asOf} since={since} isOld={isStale} />
        {file && rows.length > 0 && (
          <a href={file} download>
            Finalized {what} as CSV
          </a>
        )}
      </footer>
    </div>
  )
}

interface Unfinished<Row, Answer> {
  readonly known: Known<Listed<Row, Answer>>
  readonly listed: Listed<Row, Answer>
  readonly what: string
}

/** The way to more rows, and what went wrong on it. */
function More<Row, Answer>({ known, listed, what }: Unfinished<Row, Answer>) {
  const { rows, hasMore, more } = listed
  const [awaited, setAwaited] = useState(0)
  const { failure, retry } = known
  const isAsking = rows.length < awaited && failure === undefined
  const ask = () => {
    if (isAsking) return
    // What failed was asked for already.
    if (failure === undefined) more()
    setAwaited(rows.length + 1)
    retry()
  }
  return (
    <>
      {failure && (
        <p class="failure" role="alert">
          These {what} are not renewed: {failure.message} {failure.code && <code>{failure.code}</code>}
        </p>
      )}
      {(hasMore || failure) && (
        <p class="more">
          <button type="button" onClick={ask} aria-disabled={isAsking}>
            {failure ? 'Try again' : isAsking ? 'Loading…' : 'Show more'}
          </button>
        </p>
      )}
    </>
  )
}
