import { eventBlock } from '../chain/source/event-block'
import type { SourceBlock } from '../chain/source/source-block'
import { sha256 } from '../chain/verify/sha256'
import type { Address, Hash } from '../core/address'
import { type AccountState, GENESIS } from '../core/economy'
import { fold, type State, stateAfter } from '../core/fold'
import type { Ledger } from '../core/ledger'
import type { Policy } from '../core/policy'

/** What some blocks add, and how far they reach. */
export interface FoldedBlocks {
  readonly ledger: Ledger
  /** The last block that was read, and its time in unix seconds. */
  readonly toBlock: number
  readonly toTimestamp: number
}

/**
 * Folds history from its first block on. All accounts are kept in memory, of the rows only the newest bundle.
 * @param seed the history digest before the first event
 * @throws HistoryIncomplete (E2001), BurnModeMixed (E2002), EventsOutOfOrder (E2003), TimeReversed (E2006)
 */
export async function* foldChain(
  bundles: AsyncIterable<readonly SourceBlock[]>,
  policy: Policy,
  seed: Hash,
): AsyncGenerator<FoldedBlocks> {
  const accounts = new Map<Address, AccountState>()
  let state: State = {
    economy: GENESIS,
    digest: seed,
    timestamp: 0,
    broken: new Set(),
    blockNumber: -1,
    accounts,
  }
  for await (const bundle of bundles) {
    const blocks = bundle.map(eventBlock)
    const ledger = fold(state, blocks, policy, sha256)
    for (const { address, ...account } of ledger.accounts) accounts.set(address, account)
    const last = blocks.at(-1)?.block
    if (last === undefined) continue
    state = stateAfter(state, ledger, last.number)
    yield { ledger, toBlock: last.number, toTimestamp: last.timestamp }
  }
}
