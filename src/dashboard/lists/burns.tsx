import { useAnswer } from '../data/answers'
import { askNewest } from '../data/ask'
import { type BurnPurpose, type BurnRowFragment, BurnsDocument, type BurnsQuery } from '../generated'
import { Bar, Chip, Moment, Party, RowAmount, Share } from './cells'
import { ListPanel, type Told } from './list-panel'
import { pagesOf } from './paged'
import { placeColumns } from './place-columns'
import type { Column } from './row-table'
import { fractionOf } from './share'

const PURPOSES: Readonly<Record<BurnPurpose, { readonly title: string; readonly why: string }>> = {
  BUYBACK: { title: 'Buyback', why: 'Bought with revenue of the treasury, and burned by a buyback wallet.' },
  BRIDGE: { title: 'Bridge', why: 'Comes back on another chain, so it is not counted as burned for good.' },
  OTHER: { title: 'Voluntary', why: 'Burned by its owner.' },
}

type BurnColumn = Column<BurnRowFragment>

/** Burns, newest first. */
export function LatestBurns() {
  const known = useAnswer(
    'burns latest',
    pagesOf((page) => askNewest(BurnsDocument, page), true),
    'commit',
  )
  return (
    <ListPanel
      known={known}
      kind="burns"
      what="burns"
      caption="Latest burns, newest first"
      empty="Nothing has been burned yet."
      file="/api/export/burns.csv"
      columns={(told) => {
        const { time, amount, burner, purpose, block, transaction } = columnsOf(told)
        return [time, amount, purpose, burner, block, transaction]
      }}
    />
  )
}

/** Burns, largest first. */
export function BiggestBurns() {
  const known = useAnswer(
    'burns biggest',
    pagesOf((page) => askNewest(BurnsDocument, { ...page, orderBy: 'value' }), false),
    'commit',
  )
  return (
    <ListPanel
      known={known}
      kind="biggest"
      what="burns"
      caption="Biggest burns, largest first"
      empty="Nothing has been burned yet."
      columns={(told, rows) => {
        const { rank, time, amount, burner, purpose, block, transaction } = columnsOf(told)
        return [rank, amount, shareColumn(told, rows), purpose, burner, time, block, transaction]
      }}
    />
  )
}

function columnsOf({ economy: { token }, finalBlock, now }: Told<BurnsQuery>) {
  const [block, transaction] = placeColumns<BurnRowFragment>(finalBlock)
  return {
    rank: { title: 'Rank', place: 'rank', cell: (_, index) => index + 1 },
    time: { title: 'Time', place: 'time', cell: ({ timestamp }) => <Moment iso={timestamp} now={now} /> },
    amount: {
      title: 'Burned',
      figure: 'supply.cumulativeBurn',
      place: 'amount',
      cell: ({ value }) => <RowAmount baseUnits={value} asset={token} />,
    },
    burner: { title: 'Burned by', place: 'account', cell: ({ burner }) => <Party address={burner} /> },
    purpose: {
      title: 'Purpose',
      place: 'what',
      cell: ({ purpose }) => (
        <Chip kind="burn" why={PURPOSES[purpose].why}>
          {PURPOSES[purpose].title}
        </Chip>
      ),
    },
    block,
    transaction,
  } as const satisfies Record<string, BurnColumn>
}

function shareColumn({ answer }: Told<BurnsQuery>, [largest]: readonly BurnRowFragment[]): BurnColumn {
  const { baseUnits } = answer.supply.totalSupply
  return {
    title: 'Of total supply',
    figure: 'supply.totalSupply',
    place: 'share',
    cell: ({ value }) => (
      <>
        <Share fraction={fractionOf(value, baseUnits)} />
        <Bar kind="burn" fraction={largest && fractionOf(value, largest.value)} />
      </>
    ),
  }
}
