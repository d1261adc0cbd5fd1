import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type Known, useAnswer } from '../data/answers'
import { useEconomy } from '../data/overview'
import { WINDOWS } from '../data/route'
import { fetchAhead, instantOf, type Reach, type SeriesAnswer, useReach, useSeries } from '../data/series'
import { second } from '../format/time'
import type { EconomyQuery, WindowName } from '../generated'
import { Pending } from '../parts/pending'
import { type Buybacks, useBuybacks } from './buybacks'
import { byBucket } from './buybacks-of'
import { ChartCard, type Subject } from './chart-card'
import { CHARTS } from './definitions'
import { grainOf, LENGTHS } from './grain'
import '../charts.css'

/** Pixels of a card that are not its plot. */
const MARGINS = 150
/** Pixels from which on two charts are side by side (charts.css). */
const TWO_COLUMNS = 1_000

/** The economy over time, for a window. Keep it when the window changes: it has the others at hand. */
export function ChartsSection({ window }: { readonly window: WindowName }) {
  const room = useRef<HTMLElement>(null)
  const width = useWidth(room)
  const reach = useReach()
  const span = reach.answer
  const history = span ? span.to - span.from : 0
  const grain = grainOf(window, history, width)
  const series = useSeries(window, grain, span)
  const economy = useEconomy()
  const isReady = series.answer !== undefined
  const buybacks = useBuybacks(isReady)
  useFetchAhead(isReady, span, width)
  const within = WINDOWS.find(({ name }) => name === window)?.long ?? window
  const known = span === null ? nothing(reach) : firstFailure(series, [reach, economy])
  const subject = useSubject(known.answer, economy.answer, buybacks.answer, window, grain, known.since)
  return (
    <section class="charts" ref={room} aria-labelledby="charts">
      <h2 id="charts">Over time, {within}</h2>
      {span === null ? (
        <p class="card">There is no history yet: charts begin with the first event of the economy.</p>
      ) : (
        <Pending known={{ ...known, answer: subject }} what="history" lines={12}>
          {(shown) => <Charts subject={shown} window={window} />}
        </Pending>
      )}
    </section>
  )
}

function Charts({ subject, window }: { readonly subject: Subject; readonly window: WindowName }) {
  const [first] = subject.span.points
  if (first === undefined) return <p class="card">Nothing is known of this time.</p>
  const isLate = Date.parse(first.start) / 1_000 > subject.span.instant - LENGTHS[window]
  return (
    <>
      {isLate && window !== 'all' && (
        <p class="note">The history begins within this window, at {second(first.start)}: there is nothing before.</p>
      )}
      <div class="chart-grid">
        {CHARTS.map((chart) => (
          <ChartCard key={chart.name} chart={chart} subject={subject} />
        ))}
      </div>
    </>
  )
}
