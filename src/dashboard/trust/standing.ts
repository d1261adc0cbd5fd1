import { useEffect, useRef } from 'preact/hooks'
import { type Known, useAnswer } from '../data/answers'
import { ask, askNewest, NoAnswer } from '../data/ask'
import { useLiveness } from '../data/live'
import {
  IndexStateDocument,
  type IndexStatePartsFragment,
  ReorganisationDocument,
  StandingDocument,
  type StandingQuery,
} from '../generated'
import { type Alarm, alarmsOf } from './alarms'
import { type Sample, secondsLeft, withSample } from './progress'

/**
 * Milliseconds after which it is asked anew though no commit was told: silence, too, has to be noticed; sooner where no
 * connection is open that would tell.
 */
const LONGEST_SILENCE = { live: 15_000, else: 5_000 } as const

/** How far the figures of the page can be trusted now. */
export interface Standing {
  readonly alarms: readonly Alarm[]
  /** Whether the figures shown are no longer those of now: to be greyed out, and called old. */
  readonly isOld: boolean
  /** Whether there is no block yet, so that there are no figures at all. */
  readonly isEmpty: boolean
  /** Seconds until the index is where the chain is, at its present pace; undefined where nothing says it. */
  readonly secondsLeft: number | undefined
}

/** What the API says of the index, and of what must hold at its newest block. */
export interface Stood {
  readonly index: IndexStatePartsFragment
  /** Null where nothing is indexed, so that nothing can be judged. */
  readonly judged: Pick<StandingQuery, 'asOf' | 'invariants'> | null
  /** Whether the API calls the newest block too old to pass for now. */
  readonly isStale: boolean
}

/** How far the index is, the last comparison with the contracts, the newest correction, and the invariants. */
export function useStood(): Known<Stood> {
  return useAnswer('standing', stood, 'commit')
}

async function stood(): Promise<Stood> {
  try {
    const { data, isStale } = await askNewest(StandingDocument, {})
    return { index: data, judged: data, isStale }
  } catch (error) {
    if (!(error instanceof NoAnswer) || error.code !== NOTHING_INDEXED) throw error
    return { index: await ask(IndexStateDocument, {}), judged: null, isStale: false }
  }
}

let samples: readonly Sample[] = []

/**
 * How far the figures of the page can be trusted, renewed with each commit, and without one every few seconds. For the page as
 * a whole: each who calls it asks anew after a silence.
 */
export function useStanding(): Standing {
  const known = useStood()
  const { answer, failure, since } = known
  useAskedAnyway(known)
  noteSample(known)
  const alarms = alarmsOf(
    {
      index: answer?.index,
      invariants: answer?.judged?.invariants ?? [],
      isStale: answer?.isStale ?? false,
      failure,
      since,
      takenBack: useTakenBack(answer?.index.corrections[0]),
    },
    Date.now(),
  )
  return {
    alarms,
    isEmpty: answer !== undefined && !answer.index.head,
    isOld: alarms.some(({ kind }) => kind === 'stale' || kind === 'unanswered'),
    secondsLeft: secondsLeft(samples),
  }
}

/** The API's word that there is no block yet. */
const NOTHING_INDEXED = 'E5002'

/** Asks again where no commit makes it so. */
function useAskedAnyway({ since, failure, retry }: Known<unknown>): void {
  const asked = useRef(retry)
  asked.current = retry
  const patience = LONGEST_SILENCE[useLiveness() === 'live' ? 'live' : 'else']
  const hasFailed = failure !== undefined
  useEffect(() => {
    // What failed is asked again by itself, each time later than the time before.
    if (hasFailed || since === undefined) return
    const timer = setTimeout(() => asked.current(), since + patience - Date.now())
    return () => clearTimeout(timer)
  }, [since, hasFailed, patience])
}

function noteSample({ answer, since }: Known<Stood>): void {
  const indexed = answer?.index.head?.blockNumber
  const chainHead = answer?.index.sourceStatus?.chainHead
  if (indexed === undefined || chainHead === undefined || since === undefined) return
  if (samples.at(-1)?.at !== since) samples = withSample(samples, { at: since, indexed, chainHead })
}

/** How many rows the newest reorganisation took back; undefined until they are counted. */
function useTakenBack(
  newest: IndexStatePartsFragment['corrections'][number] | undefined,
): number | undefined {
  const { id = '', takenBackAt = '', baseBlock = 0 } = newest ?? {}
  const count = async () =>
    newest === undefined ? undefined : await ask(ReorganisationDocument, { since: takenBackAt, baseBlock })
  return useAnswer(`reorganisation ${id}`, count, 'never').answer?.correctionsConnection.totalCount
}
