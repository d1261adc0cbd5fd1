import fc from 'fast-check'
import type { EventBlock } from '../../src/core/events'
import { hashOf, POLICY } from '../support/history'
import { type IndexerDatabase, nameOf } from '../support/indexer-database'
import { RULES } from './source-blocks'

// A branch goes on from balances that another branch made: only the changes are real.
export const BRANCHING_RULES = {
  ...RULES,
  policy: { ...POLICY, partial: { token: true, staking: true, stable: true } },
}

/** One move of the chain: some hot blocks are given up, others come, and more of them become final. */
export interface Move {
  readonly undo: number
  readonly add: number
  readonly finalize: number
  readonly branch: number
}

export const move: fc.Arbitrary<Move> = fc.record({
  undo: fc.nat(6),
  add: fc.nat(4),
  finalize: fc.nat(9),
  branch: fc.nat(2),
})

/** The chain as one node sees it over time, and the database that follows it. */
export class Follower {
  private readonly chain: EventBlock[]
  private final = 0

  constructor(
    private readonly database: IndexerDatabase,
    private readonly branches: readonly (readonly EventBlock[])[],
    genesis: EventBlock,
  ) {
    this.chain = [genesis]
  }

  get blocks(): readonly EventBlock[] {
    return this.chain
  }

  async start(): Promise<void> {
    await this.database.indexFinal(this.chain, BRANCHING_RULES)
  }

  async follow({ undo, add, finalize, branch }: Move, turn: number): Promise<void> {
    const undone = undo % (this.chain.length - this.final)
    this.chain.splice(this.chain.length - undone)
    const base = nameOf(this.top())
    // A chain is given up for a longer one, never for none.
    const added = undone > 0 ? Math.max(add, 1) : add
    const fresh = Array.from({ length: added }, () => this.mine(branch, turn))
    this.final += finalize % (this.chain.length - this.final)
    const final = this.chain[this.final] ?? this.top()
    await this.database.indexHot(base, fresh, nameOf(final), BRANCHING_RULES)
  }

  private mine(branch: number, turn: number): EventBlock {
    const { block } = this.top()
    const number = block.number + 1
    const candidates = this.branches[branch] ?? []
    const events = candidates[number % Math.max(candidates.length, 1)]?.events ?? []
    const hash = hashOf('block', number, branch, turn)
    const timestamp = block.timestamp + 12
    const mined: EventBlock = { block: { number, hash, parentHash: block.hash, timestamp }, events }
    this.chain.push(mined)
    return mined
  }

  private top(): EventBlock {
    const top = this.chain.at(-1)
    if (top === undefined) throw new RangeError('the chain has no block')
    return top
  }
}
