import type { BlockLayout, PlacedLog, PlacedTransaction } from './block-layout'
import { BLOOM_BYTES, setBits } from './bloom'
import { type Cast, type Hex, PERSON } from './cast'
import { encodeRlp, hexBytes, quantityBytes } from './rlp'
import { listTrieRoot } from './trie-root'

const GAS = 90_000

/** Gas of a transaction: the same for each. */
export function gasUsedBy(transactions: number): number {
  return transactions * GAS
}

/** EIP-2718 type of a transaction: all that receipts are encoded differently for occur. */
export function typeOf(index: number): number {
  return index % 3
}

/** 1, or 0 for a payment that failed. */
export function statusOf({ contract }: PlacedTransaction, index: number): number {
  return contract === -1 && index % 5 === 4 ? 0 : 1
}

export function topicsOf(cast: Cast, { signature, first, second }: PlacedLog): Hex[] {
  const topics = [cast.signatures[signature]?.text ?? '0x']
  for (const person of [first, second]) if (person >= PERSON.zero) topics.push(cast.word(person).text)
  return topics
}

/** The bloom filter of these logs. */
export function bloomOf(cast: Cast, logs: readonly PlacedLog[]): Buffer {
  const bloom = Buffer.alloc(BLOOM_BYTES)
  for (const { contract, signature, first, second } of logs) {
    setBits(bloom, cast.contracts[contract]?.bits ?? [])
    setBits(bloom, cast.signatures[signature]?.bits ?? [])
    if (first >= PERSON.zero) setBits(bloom, cast.word(first).bits)
    if (second >= PERSON.zero) setBits(bloom, cast.word(second).bits)
  }
  return bloom
}

/** The root that a header commits to its receipts with. */
export function receiptsRootOf(cast: Cast, { transactions, logs }: BlockLayout): Hex {
  return listTrieRoot(
    transactions.map((transaction, index) => {
      const own = logs.slice(transaction.start, transaction.end)
      const payload = encodeRlp([
        quantityBytes(statusOf(transaction, index)),
        quantityBytes(gasUsedBy(index + 1)),
        bloomOf(cast, own),
        own.map((log) => [
          hexBytes(cast.contracts[log.contract]?.text ?? '0x'),
          topicsOf(cast, log).map(hexBytes),
          hexBytes(`0x${log.data}`),
        ]),
      ])
      const type = typeOf(index)
      return type === 0 ? payload : Buffer.concat([Buffer.from([type]), payload])
    }),
  )
}
