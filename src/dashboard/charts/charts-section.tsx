import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { WINDOWS } from '../data/route'
import { second } from '../format/time'
import type { WindowName } from '../generated'
import { Pending } from '../parts/pending'
import { ChartCard } from './chart-card'
import { CHARTS } from './definitions'
import { type Subject, useSubject } from './subject'
import '../charts.css'

/** Pixels of a card that are not its plot: margins and axes. */
const AROUND = 150
/** Pixels from which on two charts are side by side, as in charts.css. */
const TWO_COLUMNS = 960

/** The economy over time, for a window. It is best kept while the window changes: it has the others at hand. */
export function ChartsSection({ window }: { readonly window: WindowName }) {
  const { room, width } = usePlotWidth()
  const known = useSubject(window, width)
  const last = useRef<Subject | undefined>(undefined)
  if (known.answer) last.current = known.answer
  // Until the new window is there the old one stays, under its own name: nothing jumps, and nothing is called what it is not.
  const shown = known.answer === undefined && known.failure === undefined ? last.current : known.answer
  return (
    <section class="charts" ref={room} aria-labelledby="charts" aria-busy={shown?.window !== window}>
      <h2 id="charts">Over time, {longName(shown?.window ?? window)}</h2>
      {shown && shown.window !== window && <p role="status">Loading: {longName(window)} …</p>}
      {shown ? (
        <Charts subject={shown} />
      ) : (
        <Pending known={known} what="history" lines={12}>
          {() => <p class="card">There is no history yet: it begins with the first event of the economy.</p>}
        </Pending>
      )}
    </section>
  )
}

const longName = (window: WindowName): string => WINDOWS.find(({ name }) => name === window)?.long ?? window

function Charts({ subject }: { readonly subject: Subject }) {
  const { begins, span } = subject
  if (span.points.length === 0) return <p class="card">Nothing is known of this time.</p>
  return (
    <>
      {begins !== undefined && subject.window !== 'all' && (
        <p class="note">
          The history begins within this window, in the {subject.grain} of {second(begins)}.
        </p>
      )}
      {subject.isStale && <p class="note">The newest block that is known is old: the charts end at it.</p>}
      <div class="chart-grid">
        {CHARTS.map((chart, turn) => (
          <ChartCard key={chart.name} chart={chart} newest={subject} turn={turn} />
        ))}
      </div>
    </>
  )
}

/** Pixels of the narrowest plot. */
function usePlotWidth() {
  const room = useRef<HTMLElement>(null)
  const [width, setWidth] = useState(() => document.documentElement.clientWidth)
  useLayoutEffect(() => {
    const element = room.current
    if (element === null) return
    const measure = () => setWidth(element.clientWidth)
    measure()
    const sizes = new ResizeObserver(measure)
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [])
  return { room, width: (width >= TWO_COLUMNS ? width / 2 : width) - AROUND }
}
