import type { ComponentChildren } from 'preact'
import { comparedAs } from './lines-of'
import { type State, StateMark } from './panel'
import { useFinalDigest } from './questions'
import { Since } from './since'
import { useStood } from './standing'

/** The state of everything that is checked, in one row; each leads to its part. */
export function Seals() {
  const stood = useStood().answer
  const invariants = stood?.judged?.invariants
  const state = stood?.index
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
      <Seal part="reconciliation" title="Contracts" state={reconciliation && comparedAs(reconciliation)}>
        {reconciliation ? (
          <>
            {reconciliation.equal.toLocaleString('en-US')} figures equal,{' '}
            {reconciliation.gaps > 0 && `${reconciliation.gaps} without an answer, `}
            <Since at={Date.parse(reconciliation.checkedAt)} /> ago
          </>
        ) : (
          state && 'not compared yet'
        )}
      </Seal>
      <Seal part="digest" title="History" state={digest ? 'good' : undefined}>
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
