import type { Known } from '../data/answers'
import type { Newest } from '../data/ask'
import { useEconomy } from '../data/overview'
import { day } from '../format/time'
import type { AccountQuery } from '../generated'
import { Moment, useChainClock } from '../lists/cells'
import { CopyButton } from '../parts/copy-button'
import { ExplorerLink } from '../parts/explorer-link'

interface Head {
  readonly address: string
  readonly name: string | undefined
  readonly known: Known<Newest<AccountQuery>>
}

/** Whose page this is, and since when there is something to tell. */
export function AccountHead({ address, name, known: { answer, since } }: Head) {
  const explorer = useEconomy().answer?.economy.chain.explorer
  return (
    <header class="account-head">
      <h1>
        {name ?? 'Account'} <small class="address">{address}</small>
      </h1>
      <p class="ways">
        <CopyButton text={address} what="the address" />
        {explorer && (
          <a href={`${explorer}/address/${address}`} rel="noreferrer" target="_blank">
            In the explorer
          </a>
        )}
      </p>
      <p class="seen">{answer && <Seen account={answer.data} since={since ?? Date.now()} />}</p>
    </header>
  )
}

/** When the account was first and last named by an event. */
function Seen({ account, since }: { readonly account: AccountQuery; readonly since: number }) {
  const { asOf, partial } = account.accountFigures
  const now = useChainClock(asOf, since)
  const [first] = account.oldest.edges
  const [last] = account.newest.edges
  if (first === undefined || last === undefined) {
    return partial ? (
      <>Nothing has named this account since the history that is indexed here begins.</>
    ) : (
      <>
        This account has never held tokens, staked or been paid a reward: what it has of them is known to be
        0.
      </>
    )
  }
  return (
    <>
      First seen {day(first.node.timestamp)}, block <ExplorerLink kind="block" id={first.node.blockNumber} />.
      Last active <Moment iso={last.node.timestamp} now={now} />, block{' '}
      <ExplorerLink kind="block" id={last.node.blockNumber} />.
    </>
  )
}
