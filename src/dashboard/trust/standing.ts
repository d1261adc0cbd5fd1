import { useEffect, useRef } from 'preact/hooks'
import { type Known, useAnswer } from '../data/answers'
import { ask, askNewest, type Newest, type NoAnswer } from '../data/ask'
import { useLiveness } from '../data/live'
import {
  InvariantsDocument,
  type InvariantsQuery,
  ReorganisationDocument,
  StandingDocument,
  type StandingQuery,
} from '../generated'
import { type Alarm, alarmsOf, type Facts, NOTHING_INDEXED } from './alarms'
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

/** How far the index is, the last comparison with the contracts, and the newest correction. True also of a stale index. */
export function useIndexState(): Known<StandingQuery> {
  return useAnswer('standing', () => ask(StandingDocument, {}), 'commit')
}

/** The invariants at the newest block. */
export function useInvariants(): Known<Newest<InvariantsQuery>> {
  return useAnswer('invariants', () => askNewest(InvariantsDocument, {}), 'commit')
}

let samples: readonly Sample[] = []

/** How far the figures of the page can be trusted, renewed with each commit, and without one every few seconds. */
export function useStanding(): Standing {
  const state = useIndexState()
  const invariants = useInvariants()
  useAskedAnyway(state, invariants)
  useSamples(state)
  const facts: Facts = {
    standing: state.answer,
    invariants: invariants.answer?.data.invariants ?? [],
    isStale: invariants.answer?.isStale ?? false,
    failure: worse(state.failure, invariants.failure),
    since: state.since,
    takenBack: useTakenBack(state.answer?.corrections[0]),
  }
  const alarms = alarmsOf(facts, Date.now())
  const isEmpty =
    state.answer === undefined
      ? invariants.failure?.code === NOTHING_INDEXED && invariants.answer === undefined
      : !state.answer.head
  return {
    alarms,
    isEmpty,
    isOld: alarms.some(({ kind }) => kind === 'stale' || kind === 'unanswered'),
    secondsLeft: secondsLeft(samples),
  }
}

/** That nobody answers says more than what one question was refused for. */
function worse(one: NoAnswer | undefined, other: NoAnswer | undefined): NoAnswer | undefined {
  return [one, other].find((failure) => failure && failure.code === undefined) ?? one ?? other
}

/** Asks again where no commit makes it so. Answers are shared, so it is asked once. */
function useAskedAnyway(...questions: readonly Known<unknown>[]): void {
  const asked = useRef(questions)
  asked.current = questions
  const patience = LONGEST_SILENCE[useLiveness() === 'live' ? 'live' : 'else']
  const since = Math.min(...questions.map((question) => question.since ?? 0))
  const hasFailed = questions.some(({ failure }) => failure !== undefined)
  useEffect(() => {
    // What failed is asked again by itself, each time later than the time before.
    if (hasFailed || since === 0) return
    const again = () => {
      for (const { retry } of asked.current) retry()
    }
    const timer = setTimeout(again, since + patience - Date.now())
    return () => clearTimeout(timer)
  }, [since, hasFailed, patience])
}

function useSamples({ answer, since }: Known<StandingQuery>): void {
  const indexed = answer?.head?.blockNumber
  const chainHead = answer?.sourceStatus?.chainHead
  if (indexed === undefined || chainHead === undefined || since === undefined) return
  if (samples.at(-1)?.at !== since) samples = withSample(samples, { at: since, indexed, chainHead })
}

/** How many rows the newest reorganisation took back; undefined until they are counted. */
function useTakenBack(newest: StandingQuery['corrections'][number] | undefined): number | undefined {
  const { id = '', takenBackAt = '', baseBlock = 0 } = newest ?? {}
  const count = async () =>
    newest === undefined ? undefined : await ask(ReorganisationDocument, { since: takenBackAt, baseBlock })
  return useAnswer(`reorganisation ${id}`, count, 'never').answer?.correctionsConnection.totalCount
}
