import { useAnswer } from '../data/answers'
import { askNewest } from '../data/ask'
import { go, useRoute } from '../data/route'
import { PURPOSES } from '../data/views'
import {
  type FlowDirection,
  type FlowPurpose,
  type FlowRowFragment,
  FlowsDocument,
  type FlowsQuery,
} from '../generated'
import { Chip, Moment, Party, RowAmount } from './cells'
import { ListPanel, type Told } from './list-panel'
import { pagesOf } from './paged'
import { placeColumns } from './place-columns'
import type { Column } from './row-table'

const ALL = PURPOSES.map(({ purpose }) => purpose)

/** How each purpose looks, and what it is. */
const TOLD: Readonly<Record<FlowPurpose, { readonly kind: string; readonly why: string }>> = {
  REVENUE: { kind: 'treasury', why: 'Earned by the network: the treasury’s share of jobs.' },
  BUYBACK: { kind: 'burn', why: 'To a buyback wallet, which buys tokens and burns them.' },
  REWARDS: { kind: 'stake', why: 'To the staking contract or a distributor, for stakers.' },
  INTERNAL: { kind: 'plain', why: 'From the economy’s own wallets, so it is no revenue.' },
  OTHER: { kind: 'plain', why: 'Any other outflow.' },
}

const DIRECTIONS: Readonly<Record<FlowDirection, string>> = { IN: 'in', OUT: 'out', WITHIN: 'within' }

/** What went into and out of the treasury, newest first. */
export function TreasuryFlows() {
  const { purpose } = useRoute()
  return (
    <>
      <fieldset class="filter">
        <legend>For</legend>
        {[{ purpose: undefined, title: 'All' }, ...PURPOSES].map((one) => (
          <button
            key={one.title}
            type="button"
            aria-pressed={one.purpose === purpose}
            onClick={() => go({ purpose: one.purpose }, true)}
          >
            {one.title}
          </button>
        ))}
      </fieldset>
      <Flows key={purpose} purpose={purpose} />
    </>
  )
}

interface Asked {
  readonly purpose?: FlowPurpose | undefined
  /** Only those with this account on either side. */
  readonly account?: string
}

/** Treasury flows, newest first. */
export function Flows({ purpose, account }: Asked) {
  const purposes = purpose === undefined ? ALL : [purpose]
  const known = useAnswer(
    `flows ${purposes} ${account}`,
    pagesOf((page) => askNewest(FlowsDocument, { ...page, purposes, account }), true),
    'commit',
  )
  return (
    <ListPanel
      known={known}
      kind="flows"
      what="treasury flows"
      caption="Treasury flows, newest first"
      empty="Nothing of this kind has gone into or out of the treasury yet."
      // The file has all of them, whatever is listed here.
      {...(purpose === undefined && account === undefined && { file: '/api/export/treasury_flows.csv' })}
      columns={columnsOf}
    />
  )
}

function columnsOf({
  economy: { stable },
  finalBlock,
  now,
}: Told<FlowsQuery>): readonly Column<FlowRowFragment>[] {
  return [
    { title: 'Time', place: 'time', cell: ({ timestamp }) => <Moment iso={timestamp} now={now} /> },
    {
      title: 'Amount',
      place: 'amount',
      cell: ({ value, direction }) => <RowAmount baseUnits={value} asset={stable} sign={SIGNS[direction]} />,
    },
    {
      title: 'Purpose',
      place: 'what',
      cell: ({ purpose, direction }) => (
        <Chip kind={TOLD[purpose].kind} why={TOLD[purpose].why}>
          {PURPOSES.find((one) => one.purpose === purpose)?.title ?? purpose}, {DIRECTIONS[direction]}
        </Chip>
      ),
    },
    { title: 'From or to', place: 'account', cell: (row) => <OtherSide {...row} /> },
    {
      title: 'Treasury after it',
      figure: 'treasury.balance',
      place: 'after',
      cell: ({ treasuryBalance }) => <RowAmount baseUnits={treasuryBalance} asset={stable} />,
    },
    ...placeColumns(finalBlock),
  ]
}

const SIGNS = { IN: '+', OUT: '-', WITHIN: undefined } as const

function OtherSide({ direction, from, to }: FlowRowFragment) {
  return (
    <span class="side">
      {direction === 'OUT' ? 'to' : 'from'} <Party address={direction === 'OUT' ? to : from} />
      {direction === 'WITHIN' && (
        <>
          {' '}
          to <Party address={to} />
        </>
      )}
    </span>
  )
}
