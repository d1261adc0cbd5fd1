import type { ComponentChildren } from 'preact'
import { type State, StateMark } from './panel'
import { useFinalDigest } from './questions'
import { Since } from './since'
import { useIndexState, useInvariants } from './standing'

/** The state of everything that is checked, in one row; each leads to its part. */
export function Seals() {
  const invariants = useInvariants().answer?.data.invariants
  const state = useIndexState().answer
  const digest = useFinalDigest().answer
  const reconciliation = state?.reconciliations[0]
  const correction = state?.corrections[0]
  return (
    <ul class="seals">
      <Seal
        part="invariants"
        title="Invariants"
        state={invariants && worst(invariants.map(({ status }) => status))}
      >
        {invariants &&
          `${invariants.filter(({ status }) => status === 'HOLDS').length} of ${invariants.length} hold`}
      </Seal>
      <Seal
        part="reconciliation"
        title="Contracts"
        state={
          reconciliation && (reconciliation.standing.length + reconciliation.different > 0 ? 'bad' : 'good')
        }
      >
        {reconciliation ? (
          <>
            {reconciliation.equal.toLocaleString('en-US')} figures equal,{' '}
            <Since at={Date.parse(reconciliation.checkedAt)} /> ago
          </>
        ) : (
          state && 'not compared yet'
        )}
      </Seal>
      <Seal part="digest" title="History" state={digest === undefined ? undefined : digest ? 'good' : 'open'}>
        {digest ? (
          <code>{`${digest.snapshot.digest.slice(0, 10)}…${digest.snapshot.digest.slice(-8)}`}</code>
        ) : (
          digest === null && 'nothing final yet'
        )}
      </Seal>
      <Seal part="corrections" title="Taken back" state={state && 'good'}>
        {correction ? (
          <>
            last <Since at={Date.parse(correction.takenBackAt)} /> ago
          </>
        ) : (
          state && 'nothing, ever'
        )}
      </Seal>
    </ul>
  )
}

function worst(statuses: readonly string[]): State {
  if (statuses.includes('BROKEN')) return 'bad'
  return statuses.includes('UNKNOWN') ? 'open' : 'good'
}

const WORDS: Readonly<Record<State, string>> = { good: 'In order', bad: 'Alarm', open: 'Not all known' }

interface SealParts {
  readonly part: string
  readonly title: string
  readonly state: State | undefined
  readonly children: ComponentChildren
}

function Seal({ part, title, state, children }: SealParts) {
  return (
    <li class={state ?? 'open'}>
      <a href={`#${part}`}>
        <span class="title">{title}</span>
        {state && <StateMark state={state}>{WORDS[state]}</StateMark>}
        <span class="about">{children || 'not known yet'}</span>
      </a>
    </li>
  )
}
