import type { WindowFigures } from '../data/overview'
import { percent } from '../format/amount'
import type { AmountPartsFragment, OverviewQuery } from '../generated'
import { AsOfMark } from '../parts/age'
import { Amount, Unknown } from '../parts/amount'
import { FigureCard } from '../parts/figure-card'
import { BurnCounter } from './burn-counter'

interface Told {
  readonly figures: OverviewQuery
  readonly window: WindowFigures
  /** What the window is called. */
  readonly within: string
  /** When they came, by the reader's clock. */
  readonly since: number
  /** Whether the figures are too old to pass for now. */
  readonly isOld: boolean
}

/** The claim in four figures, each with what changed in the window, and at which block it is true. */
export function Story({ figures, window, within, since, isOld }: Told) {
  const { asOf, supply, staking, treasury } = figures
  const why = (figure: string) => window.unknown.find((one) => one.figure === figure)?.explanation
  const dated = <AsOfMark asOf={asOf} since={since} isOld={isOld} />
  return (
    <div class={isOld ? 'story old' : 'story'}>
      <FigureCard
        kind="supply"
        title="Circulating supply"
        figure="supply.circulatingSupply"
        dated={dated}
        value={<Amount amount={supply.circulatingSupply} places={0} />}
        change={
          <Change
            amount={window.circulatingSupplyChange}
            within={within}
            why={why('circulatingSupplyChange')}
          />
        }
      >
        of <Amount amount={supply.totalSupply} /> in all
      </FigureCard>
      <FigureCard
        kind="burn"
        title="Burned for good"
        figure="supply.cumulativeBurn"
        dated={dated}
        value={<BurnCounter burned={supply.cumulativeBurn} />}
        change={<Change amount={window.burned} within={within} why={why('burned')} />}
      >
        <Amount amount={window.buybackBurned} unknown={why('buybackBurned')} /> of that by buybacks
      </FigureCard>
      <FigureCard
        kind="treasury"
        title="Treasury balance"
        figure="treasury.balance"
        dated={dated}
        value={<Amount amount={treasury.balance} places={2} />}
        change={
          <Change amount={window.treasuryBalanceChange} within={within} why={why('treasuryBalanceChange')} />
        }
      >
        <Amount amount={treasury.revenue} /> revenue since the start
      </FigureCard>
      <FigureCard
        kind="rewards"
        title="Rewards paid"
        figure="staking.rewardsPaid"
        dated={dated}
        value={<Amount amount={staking.rewardsPaid} places={2} />}
        change={<Change amount={window.rewardsPaid} within={within} why={why('rewardsPaid')} />}
      >
        {staking.stakingRatio ? percent(staking.stakingRatio) : <Unknown />} of the circulating supply is
        staked
      </FigureCard>
    </div>
  )
}

interface Changed {
  readonly amount: AmountPartsFragment | null | undefined
  readonly within: string
  readonly why: string | undefined
}

function Change({ amount, within, why }: Changed) {
  return (
    <>
      <Amount amount={amount} isChange unknown={why} /> <span class="within">{within}</span>
    </>
  )
}
