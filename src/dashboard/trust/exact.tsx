import { exact, signed } from '../format/amount'
import type { AmountPartsFragment, SidePartsFragment } from '../generated'
import { Unknown } from '../parts/amount'

interface Shown {
  readonly amount: AmountPartsFragment | null | undefined
  readonly isChange?: boolean
  /** Why it is not known, where it is not. */
  readonly unknown?: string | undefined
}

/** An amount with every digit there is: what is compared is not shortened. */
export function Exact({ amount, isChange = false, unknown }: Shown) {
  if (amount === null || amount === undefined) return <Unknown why={unknown} />
  const { decimal, symbol } = amount
  const [whole, fraction] = (isChange ? signed(exact(decimal), decimal) : exact(decimal)).split('.')
  return (
    <data class="amount digits" value={decimal}>
      {whole}
      {fraction !== undefined && <span class="fraction">.{fraction}</span>}{' '}
      <span class="symbol">{symbol}</span>
    </data>
  )
}

/** One side of an invariant: an amount, or a count. */
export function Side({ side, unknown }: { readonly side: SidePartsFragment; readonly unknown?: string }) {
  if (side.amount === null || side.amount === undefined) {
    return side.count === null || side.count === undefined ? (
      <Unknown why={unknown} />
    ) : (
      <data class="amount digits" value={side.count}>
        {exact(side.count)}
      </data>
    )
  }
  return <Exact amount={side.amount} />
}
