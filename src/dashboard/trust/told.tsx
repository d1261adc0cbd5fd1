import { difference } from '../format/decimal'
import type { StandingDifferencePartsFragment } from '../generated'
import { AccountLink, ExplorerLink } from '../parts/explorer-link'
import type { Alarm, InvariantNow, StaleCause } from './alarms'
import { clock } from './clock'
import { Exact, Side } from './exact'
import { Notice, Progress } from './notice'
import { Since } from './since'

interface ToldParts {
  readonly alarm: Alarm
  /** Until the index is where the chain is. */
  readonly secondsLeft: number | undefined
}

/** An alarm in words. */
export function Told({ alarm, secondsLeft }: ToldParts) {
  switch (alarm.kind) {
    case 'unanswered':
      return <Unanswered alarm={alarm} />
    case 'stale':
      return (
        <Notice kind="grave" title="These figures are old.">
          They are those of block <ExplorerLink kind="block" id={alarm.block} />, the newest that is indexed,
          of <Since at={Date.parse(alarm.timestamp)} /> ago. {CAUSES[alarm.cause]}
          {alarm.cause === 'silent' && alarm.observedAt && (
            <>
              {' '}
              It last reported <Since at={Date.parse(alarm.observedAt)} /> ago.
            </>
          )}
          {alarm.lag && <Progress lag={alarm.lag} secondsLeft={secondsLeft} />}
        </Notice>
      )
    case 'broken':
      return <Broken invariant={alarm.invariant} />
    case 'different':
      return (
        <Notice kind="grave" title="A contract says something else." more="reconciliation">
          The last comparison with the contracts, <Since at={Date.parse(alarm.checkedAt)} /> ago, leaves{' '}
          {alarm.differences.length === 1 ? 'a difference' : `${alarm.differences.length} differences`}:
          <ul>
            {alarm.differences.slice(0, MOST_DIFFERENCES).map((one) => (
              <li key={`${one.figure} ${one.account}`}>
                <Differs difference={one} />
              </li>
            ))}
          </ul>
        </Notice>
      )
    case 'empty':
      return (
        <Notice kind="known" title="Nothing is indexed yet.">
          {alarm.chainHead === undefined
            ? 'The indexer has not reported yet.'
            : `The indexer reads the chain from block ${count(alarm.startBlock ?? 0)} on; the newest is ${count(alarm.chainHead)}.`}{' '}
          Figures appear here by themselves with the first block that has events.
        </Notice>
      )
    case 'behind':
      return (
        <Notice kind="known" title="The index is behind the chain.">
          The figures are true at the block that they name; newer blocks are being read.
          <Progress lag={alarm.lag} secondsLeft={secondsLeft} />
        </Notice>
      )
    case 'reorganised':
      return (
        <Notice kind="known" title="The chain was reorganised." more="corrections">
          What was read above block <ExplorerLink kind="block" id={alarm.baseBlock} /> was taken back{' '}
          <Since at={Date.parse(alarm.takenBackAt)} /> ago
          {alarm.rows !== undefined && `: ${count(alarm.rows)} ${alarm.rows === 1 ? 'row' : 'rows'}`}. The
          figures are those of the chain that won.
        </Notice>
      )
    case 'partial':
      return (
        <Notice kind="known" title="A part of the history was left out on purpose." more="coverage">
          Of {alarm.contracts.join(' and ')}, it begins at block{' '}
          <ExplorerLink kind="block" id={alarm.startBlock} />. Sums count from there; what cannot be known
          without the rest is said to be unknown.
        </Notice>
      )
  }
}

/** Differences that are named at the top; the trust panel has all of them. */
const MOST_DIFFERENCES = 3

const CAUSES: Readonly<Record<StaleCause, string>> = {
  catchingUp: 'The indexer is catching up with the chain.',
  silent: 'The indexer is silent: it may have stopped.',
  noNewerBlock: 'The node of the indexer tells of no newer block: the chain, or that node, stands still.',
  unknown: 'Nothing tells why.',
}

const count = (number: number) => number.toLocaleString('en-US')

function Unanswered({ alarm }: { readonly alarm: Extract<Alarm, { kind: 'unanswered' }> }) {
  const { message, code, since } = alarm
  return (
    <Notice kind="grave" title={code ? 'The API gives no new figures.' : 'The API cannot be reached.'}>
      {code && (
        <>
          It says: “{message}” <code>{code}</code>{' '}
        </>
      )}
      {since === undefined ? (
        'Nothing was received yet.'
      ) : (
        <>
          What is shown was received at {clock(since)}, <Since at={since} /> ago, and is old.
        </>
      )}{' '}
      It is asked again by itself.
    </Notice>
  )
}

function Broken({ invariant }: { readonly invariant: InvariantNow }) {
  const { claim, left, relation, right, firstBroken } = invariant
  return (
    <Notice kind="grave" title="What must hold does not hold." more="invariants">
      “{claim}”{' '}
      {left && right && (
        <>
          Now <Side side={left} /> stands where <Side side={right} />{' '}
          {relation === '≤' ? 'is the most' : 'is due'}.
        </>
      )}
      {firstBroken && (
        <>
          {' '}
          Broken since block <ExplorerLink kind="block" id={firstBroken.block} />,{' '}
          <Since at={Date.parse(firstBroken.timestamp)} /> ago.
        </>
      )}
    </Notice>
  )
}

function Differs({ difference: found }: { readonly difference: StandingDifferencePartsFragment }) {
  const { figure, account, blockNumber, derived, onChain } = found
  return (
    <>
      <code>{figure}</code> {account && <AccountLink address={account} />} at block{' '}
      <ExplorerLink kind="block" id={blockNumber} />: <Exact amount={derived} /> derived,{' '}
      <Exact amount={onChain} /> on chain
      {derived && onChain && (
        <>
          , <Exact amount={{ ...derived, decimal: difference(derived.decimal, onChain.decimal) }} isChange />
        </>
      )}
    </>
  )
}
