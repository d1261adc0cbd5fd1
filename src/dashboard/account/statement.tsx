import { useState } from 'preact/hooks'
import { useAnswer } from '../data/answers'
import { askNewest } from '../data/ask'
import {
  type OrderDirection,
  StatementDocument,
  type StatementKind,
  type StatementQuery,
  type StatementRowFragment,
} from '../generated'
import { Chip, Moment, Party } from '../lists/cells'
import { ListPanel, type Told } from '../lists/list-panel'
import { pagesOf } from '../lists/paged'
import { placeColumns } from '../lists/place-columns'
import type { Column } from '../lists/row-table'
import { Amount } from '../parts/amount'

const KINDS: Readonly<
  Record<StatementKind, { readonly title: string; readonly kind: string; readonly why: string }>
> = {
  MINT: { title: 'Minted', kind: 'supply', why: 'Tokens came into being.' },
  TRANSFER_IN: { title: 'Received', kind: 'supply', why: 'Tokens came from the other account.' },
  TRANSFER_OUT: { title: 'Sent', kind: 'supply', why: 'Tokens went to the other account.' },
  TRANSFER_SELF: { title: 'Sent to itself', kind: 'plain', why: 'Nothing changed.' },
  BURN: { title: 'Burned', kind: 'burn', why: 'Tokens were destroyed.' },
  STAKE: { title: 'Staked', kind: 'stake', why: 'The stake grew.' },
  UNSTAKE: { title: 'Unstaked', kind: 'stake', why: 'The stake shrank.' },
  REWARD: { title: 'Reward', kind: 'stake', why: 'A reward was paid out of revenue.' },
}

const DIRECTIONS: readonly { readonly direction: OrderDirection; readonly title: string }[] = [
  { direction: 'desc', title: 'Newest first' },
  { direction: 'asc', title: 'Oldest first' },
]

/** Everything that named an account, with what it had after each event; from either end. */
export function Statement({ address }: { readonly address: string }) {
  const [direction, setDirection] = useState<OrderDirection>('desc')
  return (
    <section class="card activity" aria-labelledby="statement">
      <header>
        <h2 id="statement">Statement</h2>
        <fieldset class="filter">
          <legend class="spoken">Order</legend>
          {DIRECTIONS.map((one) => (
            <button
              key={one.direction}
              type="button"
              aria-pressed={one.direction === direction}
              onClick={() => setDirection(one.direction)}
            >
              {one.title}
            </button>
          ))}
        </fieldset>
      </header>
      <Events key={direction} address={address} direction={direction} />
    </section>
  )
}

function Events({ address, direction }: { readonly address: string; readonly direction: OrderDirection }) {
  const known = useAnswer(
    `statement ${address} ${direction}`,
    pagesOf(
      (page) => askNewest(StatementDocument, { ...page, account: address, orderDirection: direction }),
      direction === 'desc',
    ),
    // At the old end nothing changes, but for the little that is not final.
    direction === 'desc' ? 'commit' : 'seldom',
  )
  return (
    <ListPanel
      known={known}
      kind="statement"
      what="events of this account"
      caption="Statement of the account"
      empty="No transfer, burn, stake or reward has ever named this account."
      file={`/api/export/statement.csv?account=${address}`}
      columns={columnsOf}
    />
  )
}

function columnsOf({ finalBlock, now }: Told<StatementQuery>): readonly Column<StatementRowFragment>[] {
  return [
    {
      title: 'Time, UTC',
      place: 'time',
      cell: ({ timestamp }) => <Moment iso={timestamp} now={now} isExact />,
    },
    {
      title: 'Event',
      place: 'what',
      cell: ({ kind }) => (
        <Chip kind={KINDS[kind].kind} why={KINDS[kind].why}>
          {KINDS[kind].title}
        </Chip>
      ),
    },
    { title: 'Change', place: 'amount', cell: ({ change }) => <Changed change={change} /> },
    {
      title: 'Other account',
      place: 'account',
      cell: ({ counterparty }) =>
        counterparty ? <Party address={counterparty} /> : <span class="none">none</span>,
    },
    {
      title: 'Balance after it',
      figure: 'account.balance',
      place: 'after',
      cell: ({ after }) => <Amount amount={after.balance} places={2} />,
    },
    {
      title: 'Stake after it',
      figure: 'account.staked',
      place: 'stake',
      cell: ({ after }) => <Amount amount={after.staked} places={2} />,
    },
    {
      title: 'Rewards so far',
      figure: 'account.rewardsPaid',
      place: 'paid',
      cell: ({ after }) => <Amount amount={after.rewardsPaid} places={2} />,
    },
    ...placeColumns(finalBlock),
  ]
}

/** What an event changed: one thing as a rule, and nothing now and then. */
function Changed({ change }: { readonly change: StatementRowFragment['change'] }) {
  const changed = HOLDINGS.filter((holding) => /[1-9]/.test(change[holding].decimal))
  const [first = 'balance', ...others] = changed
  return [first, ...others].map((holding) => (
    <Amount key={holding} amount={change[holding]} places={2} isChange />
  ))
}

const HOLDINGS = ['balance', 'staked', 'rewardsPaid'] as const
