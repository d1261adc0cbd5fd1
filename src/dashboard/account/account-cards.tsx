import { useEconomy } from '../data/overview'
import { exact } from '../format/amount'
import type { AccountQuery, EconomyQuery } from '../generated'
import { Share } from '../lists/cells'
import { fractionOf } from '../lists/share'
import { AsOfMark } from '../parts/age'
import { Amount, Unknown } from '../parts/amount'
import { FigureCard } from '../parts/figure-card'

interface Told {
  readonly account: AccountQuery
  readonly isStale: boolean
  /** When it came, by the reader's clock. */
  readonly since: number
}

/** What an account has, at which block, and what that is of the whole. */
export function AccountCards({ account, isStale, since }: Told) {
  const { accountFigures, supply, staking, excludedWallets } = account
  const { address, asOf, balance, staked, rewardsPaid, workerShareBps, partial, unknown } = accountFigures
  const policy = useEconomy().answer?.economy.policy
  const excluded = excludedWallets.find((wallet) => wallet.address === address)
  const dated = <AsOfMark asOf={asOf} since={since} isOld={isStale} />
  const why = unknown.find(({ figure }) => figure === 'workerShareBps')?.explanation
  return (
    <>
      {partial && (
        <p class="note">
          The history before the start block was left out: amounts count what changed since then.
        </p>
      )}
      <div class={isStale ? 'story old' : 'story'}>
        <FigureCard
          kind="supply"
          title="Balance"
          figure="account.balance"
          dated={dated}
          value={<Amount amount={balance} places={2} />}
        >
          {excluded ? (
            'Does not circulate, as one of the economy’s own wallets.'
          ) : (
            <>
              <Share fraction={fractionOf(balance.baseUnits, supply.circulatingSupply.baseUnits)} /> of the
              circulating supply
            </>
          )}
        </FigureCard>
        <FigureCard
          kind="rewards"
          title="Stake"
          figure="account.staked"
          dated={dated}
          value={<Amount amount={staked} places={2} />}
        >
          <Share fraction={fractionOf(staked.baseUnits, staking.staked.baseUnits)} /> of all stakes
        </FigureCard>
        <FigureCard
          kind="treasury"
          title="Share as a worker"
          figure="account.workerShareBps"
          dated={dated}
          value={workerShareBps === null ? <Unknown why={why} /> : shareOf(workerShareBps)}
        >
          {policy && <WorkerRule policy={policy} />}
        </FigureCard>
        <FigureCard
          kind="rewards"
          title="Rewards paid"
          figure="account.rewardsPaid"
          dated={dated}
          value={<Amount amount={rewardsPaid} places={2} />}
        >
          Paid out of revenue, never in new tokens.
        </FigureCard>
      </div>
    </>
  )
}

const shareOf = (bps: number) => `${bps / 100}%`

/** From which stake on a worker keeps more. */
function WorkerRule({ policy }: { readonly policy: EconomyQuery['economy']['policy'] }) {
  const { minimumWorkerStake, stakedWorkerBps, unstakedWorkerBps } = policy
  const { decimal, symbol } = minimumWorkerStake
  const from = /[1-9]/.test(decimal) ? `a stake of ${exact(decimal)} ${symbol} or more` : 'any stake'
  return (
    <>
      Of a job’s value a worker keeps {shareOf(stakedWorkerBps)} with {from}, else{' '}
      {shareOf(unstakedWorkerBps)}.
    </>
  )
}
