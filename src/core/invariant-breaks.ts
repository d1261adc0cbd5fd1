import type { Books } from './books'
import type { BlockRef } from './events'
import { INVARIANT_NAMES, type InvariantName, judge } from './invariants'

/** Adds the invariants that a block is the first to break, to the ledger and to `broken`. */
export function noteBreaks(books: Books, broken: Set<InvariantName>, block: BlockRef): void {
  for (const invariant of INVARIANT_NAMES) {
    if (broken.has(invariant)) continue
    const { status, left, right } = judge(invariant, books.economy, books.policy)
    if (status !== 'BROKEN') continue
    broken.add(invariant)
    const { number: blockNumber, timestamp } = block
    books.ledger.invariantBreaks.push({ invariant, blockNumber, timestamp, left, right })
  }
}
