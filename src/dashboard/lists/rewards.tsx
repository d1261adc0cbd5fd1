import { useAnswer } from '../data/answers'
import { askNewest } from '../data/ask'
import { RewardsDocument } from '../generated'
import { Moment, Party, RowAmount } from './cells'
import { ListPanel } from './list-panel'
import { pagesOf } from './paged'
import { placeColumns } from './place-columns'
import { rewardAsset } from './wallet-names'

/** Rewards that reached stakers, newest first. */
export function RewardsPaid() {
  const known = useAnswer(
    'rewards',
    pagesOf((page) => askNewest(RewardsDocument, page), true),
    'commit',
  )
  return (
    <ListPanel
      known={known}
      kind="rewards"
      what="rewards"
      caption="Rewards paid to stakers, newest first"
      empty="No reward has been paid yet."
      file="/api/export/rewards.csv"
      columns={({ economy, finalBlock, now }) => {
        const asset = rewardAsset(economy)
        return [
          { title: 'Time', place: 'time', cell: ({ timestamp }) => <Moment iso={timestamp} now={now} /> },
          {
            title: 'Reward',
            figure: 'staking.rewardsPaid',
            place: 'amount',
            cell: ({ amount }) => <RowAmount baseUnits={amount} asset={asset} />,
          },
          { title: 'Paid to', place: 'account', cell: ({ account }) => <Party address={account} /> },
          {
            title: 'Paid to it so far',
            figure: 'account.rewardsPaid',
            place: 'after',
            cell: ({ accountRewardsPaid }) => <RowAmount baseUnits={accountRewardsPaid} asset={asset} />,
          },
          ...placeColumns(finalBlock),
        ]
      }}
    />
  )
}
