import { compact, cut, exact, signed } from '../format/amount'

/** Characters from which on an amount may be broken into lines, as no real one has to be. */
const LONG = 24

interface Shown {
  readonly amount: { readonly decimal: string; readonly symbol: string } | null | undefined
  /** Digits after the point; left out for four digits and a word for the size. */
  readonly places?: number
  readonly isChange?: boolean
  /** Why it is not known, where it is not. */
  readonly unknown?: string | undefined
}

/** An amount, shortened for the eye; every digit of it for who points at it, and for machines. */
export function Amount({ amount, places, isChange = false, unknown }: Shown) {
  if (amount === null || amount === undefined) return <Unknown why={unknown} />
  const { decimal, symbol } = amount
  const short = places === undefined ? compact(decimal) : cut(decimal, places)
  return (
    <data
      class={short.length > LONG ? 'amount long' : 'amount'}
      value={decimal}
      title={`${exact(decimal)} ${symbol}`}
    >
      {isChange ? signed(short, decimal) : short} <span class="symbol">{symbol}</span>
    </data>
  )
}

/** What is not known is said to be so: it is never 0. */
export function Unknown({ why = 'It is not known at this block.' }: { readonly why?: string | undefined }) {
  return (
    <span class="unknown" title={why}>
      unknown
    </span>
  )
}
