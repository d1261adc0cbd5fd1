import { useAnswer } from '../data/answers'
import { askNewest } from '../data/ask'
import { AccountDocument } from '../generated'
import { Flows } from '../lists/flows'
import { useWalletNames } from '../lists/wallets'
import { Pending } from '../parts/pending'
import { AccountCards } from './account-cards'
import { AccountHead } from './account-head'
import { AccountSearch } from './account-search'
import { isAccount } from './account-text'
import { usePageTitle } from './page-title'
import { Statement } from './statement'

/** The API's word that an address is nobody's, such as one with a wrong checksum. */
const ADDRESS_INVALID = 'E5023'

/** An account: who it is, what it has, and how that came about. */
export function AccountPage({ address }: { readonly address: string }) {
  const name = useWalletNames().get(address.toLowerCase())
  const title = isAccount(address) ? `Account ${address.slice(0, 6)}…${address.slice(-4)}` : 'No such account'
  usePageTitle(name ?? title)
  return (
    <>
      <AccountSearch />
      {isAccount(address) ? (
        <Account key={address} address={address} name={name} />
      ) : (
        <NoAccount address={address} problem="it is not 0x and 40 hex digits." />
      )}
    </>
  )
}

interface Named {
  readonly address: string
  readonly name: string | undefined
}

function Account({ address, name }: Named) {
  const known = useAnswer(
    `account ${address}`,
    () => askNewest(AccountDocument, { account: address }),
    'commit',
  )
  if (known.failure?.code === ADDRESS_INVALID) {
    return <NoAccount address={address} problem={known.failure.message} />
  }
  // What the API answers is the address as it is written everywhere else.
  const written = known.answer?.data.accountFigures.address ?? address
  return (
    <>
      <AccountHead address={written} name={name} known={known} />
      <Pending known={known} what="figures of this account" lines={6}>
        {({ data, isStale }) => (
          <AccountCards account={data} isStale={isStale} since={known.since ?? Date.now()} />
        )}
      </Pending>
      <Statement address={address} />
      {known.answer && known.answer.data.flows.edges.length > 0 && (
        <section class="card activity" aria-labelledby="flows">
          <h2 id="flows">Treasury flows from and to this account</h2>
          <Flows account={address} />
        </section>
      )}
    </>
  )
}

/** What is said of an address that cannot be an account's. */
function NoAccount({ address, problem }: { readonly address: string; readonly problem: string }) {
  return (
    <section class="card no-account">
      <h1>No such account</h1>
      <p>
        <code>{address}</code>
      </p>
      <p>This is not the address of an account: {problem.replace(/^.* is not an account: /, '')}</p>
      <p class="note">
        An address is 0x and 40 hex digits, in lower case or with its checksum. Was it cut off, or mistyped?
      </p>
    </section>
  )
}
