import { useEffect } from 'preact/hooks'
import { CheckYourself } from './check-yourself'
import { Corrections } from './corrections'
import { Coverage } from './coverage'
import { Dictionary } from './dictionary'
import { Digest } from './digest'
import { Invariants } from './invariants'
import { Reconciliation } from './reconciliation'
import { Seals } from './seals'
import '../trust.css'

/** Why the figures of the page can be believed, and how to do without believing. */
export function TrustSection() {
  useEffect(() => {
    // The browser looked for what the address names before it was there; figures look for themselves.
    const named = document.getElementById(location.hash.slice(1))
    named?.scrollIntoView()
  }, [])
  return (
    <section class="trust" id="trust" aria-labelledby="trust-title">
      <h2 id="trust-title">
        Do not trust, check
        <small>What is checked all the time, how it came out, and how to check it without us.</small>
      </h2>
      <Seals />
      <Invariants />
      <div class="column">
        <Digest />
        <Coverage />
      </div>
      <Reconciliation />
      <Corrections />
      <Dictionary />
      <CheckYourself />
    </section>
  )
}
