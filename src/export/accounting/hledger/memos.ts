import type { ExportRange } from '../../../core/datasets/export-range'
import type { AccountingSource } from '../accounting-source'
import { pickColumns } from '../pick-columns'
import { MEMO } from './accounts'
import { amountOf, type Commodities } from './commodity'
import { eventTransaction, type Place } from './event-transaction'
import type { Posting } from './transaction'

/** What buyback wallets did, for the journal to tell where it comes to it. */
export interface Memos {
  /** UTC day of the first of them; undefined if there are none. */
  readonly firstDate: string | undefined
  /** The transactions that come before a place in the chain, or all that are left; each is told once. */
  before(place?: ChainPlace): string[]
}

type ChainPlace = Pick<Place, 'block_number' | 'log_index'>
type Memo = ChainPlace & ReturnType<typeof eventTransaction>

const PLACE = ['block_number', 'log_index', 'block_timestamp', 'transaction_hash'] as const
const pickPrice = pickColumns('prices', [...PLACE, 'source', 'stable_amount', 'token_amount'])
const pickBurn = pickColumns('burns', [...PLACE, 'purpose', 'burner', 'value'])

/**
 * Executed buybacks, and the burns by buyback wallets, in chain order. All at once: there are no more of them than the operator
 * made.
 */
export async function readMemos(
  source: AccountingSource,
  range: ExportRange,
  commodities: Commodities,
): Promise<Memos> {
  const { stable, token } = commodities
  const memos: Memo[] = []
  const add = (place: Place, description: string, postings: readonly Posting[], party = {}): void => {
    memos.push({ ...place, ...eventTransaction(place, description, party, postings) })
  }
  for await (const rows of source.rows('prices', range)) {
    for (const price of rows.map(pickPrice)) {
      if (price.source !== 'BUYBACK') continue
      const [paid, bought] = [BigInt(price.stable_amount), BigInt(price.token_amount)]
      add(price, 'executed buyback', [
        memo(MEMO.bought, `${amountOf(bought, token)} @@ ${amountOf(paid, stable)}`),
        memo(MEMO.paid, amountOf(-paid, stable)),
      ])
    }
  }
  for await (const rows of source.rows('burns', range)) {
    for (const burn of rows.map(pickBurn)) {
      if (burn.purpose !== 'BUYBACK') continue
      const value = BigInt(burn.value)
      const postings = [memo(MEMO.burned, amountOf(value, token)), memo(MEMO.supply, amountOf(-value, token))]
      add(burn, 'burn', postings, { burner: burn.burner })
    }
  }
  memos.sort(byPlace)
  let next = 0
  return {
    firstDate: memos[0]?.date,
    before(place) {
      const from = next
      const isDue = (memo: Memo | undefined): boolean =>
        memo !== undefined && (place === undefined || byPlace(memo, place) < 0)
      while (isDue(memos[next])) next += 1
      return memos.slice(from, next).map(({ text }) => text)
    },
  }
}

function memo(account: string, amount: string): Posting {
  return { account, amount, isMemo: true }
}

/** Chain order. */
function byPlace(one: ChainPlace, other: ChainPlace): number {
  return (
    Number(one.block_number) - Number(other.block_number) || Number(one.log_index) - Number(other.log_index)
  )
}
