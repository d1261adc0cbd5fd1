import { useAnswer } from '../data/answers'
import { askNewest } from '../data/ask'
import { type StakerRowFragment, StakersDocument, type StakersQuery } from '../generated'
import { Bar, Block, Party, RowAmount, Share } from './cells'
import { ListPanel, type Told } from './list-panel'
import { pagesOf } from './paged'
import type { Column } from './row-table'
import { fractionOf } from './share'
import { rewardAsset } from './wallet-names'

/** Accounts with a stake, largest first. */
export function TopStakers() {
  const known = useAnswer(
    'stakers',
    pagesOf((page) => askNewest(StakersDocument, page), false),
    'commit',
  )
  return (
    <ListPanel
      known={known}
      kind="stakers"
      what="stakers"
      caption="Top stakers, largest stake first"
      empty="Nobody has a stake."
      columns={columnsOf}
    />
  )
}

function columnsOf(
  { economy, answer, finalBlock }: Told<StakersQuery>,
  [largest]: readonly StakerRowFragment[],
): readonly Column<StakerRowFragment>[] {
  const { token } = economy
  const { baseUnits } = answer.staking.staked
  return [
    { title: 'Rank', place: 'rank', cell: (_, index) => index + 1 },
    { title: 'Account', place: 'account', cell: ({ id }) => <Party address={id} /> },
    {
      title: 'Stake',
      figure: 'account.staked',
      place: 'amount',
      cell: ({ staked }) => <RowAmount baseUnits={staked} asset={token} />,
    },
    {
      title: 'Of all stakes',
      figure: 'staking.staked',
      place: 'share',
      cell: ({ staked }) => (
        <>
          <Share fraction={fractionOf(staked, baseUnits)} />
          <Bar kind="stake" fraction={largest && fractionOf(staked, largest.staked)} />
        </>
      ),
    },
    {
      title: 'Rewards paid',
      figure: 'account.rewardsPaid',
      place: 'paid',
      cell: ({ rewardsPaid }) => <RowAmount baseUnits={rewardsPaid} asset={rewardAsset(economy)} />,
    },
    {
      title: 'Balance',
      figure: 'account.balance',
      place: 'after',
      cell: ({ balance }) => <RowAmount baseUnits={balance} asset={token} />,
    },
    {
      title: 'Last active in',
      place: 'block',
      cell: ({ lastBlock }) => <Block number={lastBlock} finalBlock={finalBlock} />,
    },
  ]
}
