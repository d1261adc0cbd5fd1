import { difference } from '../format/decimal'
import { second } from '../format/time'
import type { LastReconciliationQuery } from '../generated'
import { AccountLink, ExplorerLink } from '../parts/explorer-link'
import { Pending } from '../parts/pending'
import { Term } from '../parts/term'
import { Exact } from './exact'
import { comparedAs, gravestFirst, nameOf, termOf } from './lines-of'
import { Panel, type State, StateMark } from './panel'
import { useLastReconciliation } from './questions'
import { Since } from './since'

export type Compared = LastReconciliationQuery['reconciliations'][number]
export type Line = Compared['checks'][number]

/** What was derived from events, beside what the contracts say themselves. */
export function Reconciliation() {
  return (
    <Panel
      id="reconciliation"
      title="Compared with the contracts"
      about="What follows from the events, beside what the contracts answer when asked at the same block."
      isWide
    >
      <Pending known={useLastReconciliation()} what="comparison with the contracts" lines={12}>
        {({ reconciliations: [last] }) =>
          last === undefined ? (
            <p>
              Nothing was compared yet: the first comparison follows once the index is where the chain is.
            </p>
          ) : (
            <Comparison last={last} />
          )
        }
      </Pending>
    </Panel>
  )
}

function Comparison({ last }: { readonly last: Compared }) {
  const { blockNumber, checkedAt, trigger, equal, different, gaps, standing, checks } = last
  const lines = gravestFirst(checks)
  const ofAll = lines.filter(({ account, result }) => account === null || result !== 'EQUAL')
  const ofAccounts = lines.filter((line) => !ofAll.includes(line))
  return (
    <>
      <p class="dated">
        <StateMark state={comparedAs(last)}>
          {`${equal} equal, ${different} different${gaps > 0 ? `, ${gaps} without an answer` : ''}`}
        </StateMark>{' '}
        <span title={second(checkedAt)}>
          <Since at={Date.parse(checkedAt)} /> ago
        </span>{' '}
        at block <ExplorerLink kind="block" id={blockNumber} />,{' '}
        {trigger === 'INTERVAL' ? 'as at every interval' : 'because somebody asked for it'}
      </p>
      {standing.length > 0 && (
        <Lines
          caption="Differences that stand: found, and not found equal since"
          lines={standing.map((one) => ({ ...one, result: 'DIFFERENT', reason: null }))}
        />
      )}
      <Lines caption="Compared last" lines={ofAll} />
      {ofAccounts.length > 0 && (
        <details>
          <summary>
            {ofAccounts.length} figures of accounts: the largest holders, and others in turn. All are equal
          </summary>
          <Lines caption="Figures of accounts" lines={ofAccounts} />
        </details>
      )}
    </>
  )
}

const RESULTS: Readonly<Record<Line['result'], readonly [State, string]>> = {
  EQUAL: ['good', 'Equal'],
  DIFFERENT: ['bad', 'Different'],
  GAP: ['open', 'No answer'],
}

function Lines({ caption, lines }: { readonly caption: string; readonly lines: readonly Line[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <section class="scroller" tabIndex={0} aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Derived from events</th>
            <th scope="col">On chain</th>
            <th scope="col">Difference</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Compare key={`${line.figure} ${line.account}`} line={line} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Compare({ line }: { readonly line: Line }) {
  const { figure, account, derived, onChain, result, reason } = line
  const [state, word] = RESULTS[result]
  const term = termOf(figure)
  const why = reason ?? 'Nothing was answered.'
  return (
    <tr class={state}>
      <th scope="row">
        {term === undefined ? nameOf(figure) : <Term figure={term}>{nameOf(figure)}</Term>}
        {account && (
          <>
            {' '}
            <AccountLink address={account} />
          </>
        )}
      </th>
      <td data-label="Derived">
        <Exact amount={derived} unknown={why} />
      </td>
      <td data-label="On chain">
        <Exact amount={onChain} unknown={why} />
      </td>
      <td data-label="Difference">
        {derived && onChain ? (
          <Exact amount={{ ...derived, decimal: difference(derived.decimal, onChain.decimal) }} isChange />
        ) : (
          <span class="unknown">unknown</span>
        )}
      </td>
      <td data-label="Result">
        <StateMark state={state}>{word}</StateMark>
        {result === 'GAP' && <p class="reason">{why}</p>}
      </td>
    </tr>
  )
}
