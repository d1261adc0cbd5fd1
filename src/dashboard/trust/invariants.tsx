import { AsOfMark } from '../parts/age'
import { ExplorerLink } from '../parts/explorer-link'
import { Pending } from '../parts/pending'
import type { InvariantNow } from './alarms'
import { Side } from './exact'
import { Panel, type State, StateMark } from './panel'
import { Since } from './since'
import { useStood } from './standing'

/** What must hold at every block, and both sides of it. */
export function Invariants() {
  const known = useStood()
  return (
    <Panel
      id="invariants"
      title="What must hold"
      about="Judged at every block with events, from the indexed history. One that breaks is an alarm, and stays on record."
    >
      <Pending known={known} what="invariants" lines={12}>
        {({ judged }) =>
          judged === null ? (
            <p>Nothing is indexed yet, so that nothing can be judged.</p>
          ) : (
            <>
              <ul class="invariants">
                {judged.invariants.map((invariant) => (
                  <Row key={invariant.name} invariant={invariant} />
                ))}
              </ul>
              <p class="dated">
                <AsOfMark asOf={judged.asOf} since={known.since ?? 0} />
              </p>
            </>
          )
        }
      </Pending>
    </Panel>
  )
}

const STATES: Readonly<Record<InvariantNow['status'], readonly [State, string]>> = {
  HOLDS: ['good', 'Holds'],
  BROKEN: ['bad', 'Broken'],
  UNKNOWN: ['open', 'Unknown'],
}

function Row({ invariant }: { readonly invariant: InvariantNow }) {
  const { name, claim, status, explanation, left, relation, right, firstBroken } = invariant
  const [state, word] = STATES[status]
  return (
    <li data-invariant={name}>
      <StateMark state={state}>{word}</StateMark>
      <div>
        <p>{claim}</p>
        <p class="sides">
          {left && right ? (
            <>
              <Side side={left} /> <span class="relation">{relationOf(relation, status)}</span>{' '}
              <Side side={right} />
            </>
          ) : (
            (explanation ?? 'It cannot be judged at this block.')
          )}
        </p>
        {firstBroken && (
          <p class="sides">
            {status === 'HOLDS' ? 'Holds again; it' : 'It'} first broke at block{' '}
            <ExplorerLink kind="block" id={firstBroken.block} />,{' '}
            <Since at={Date.parse(firstBroken.timestamp)} /> ago: <Side side={firstBroken.left} />{' '}
            <span class="relation">{relationOf(relation, 'BROKEN')}</span> <Side side={firstBroken.right} />
          </p>
        )}
      </div>
    </li>
  )
}

/** The relation as it is: a broken one does not claim to hold. */
function relationOf(relation: string, status: InvariantNow['status']): string {
  if (status !== 'BROKEN') return relation
  return relation === '=' ? '≠' : '>'
}
