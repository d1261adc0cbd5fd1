import DataLoader from 'dataloader'
import type { EconomyFile } from '../config/economy-file'
import { columnList } from './column-list'
import { DatabaseUnavailable } from './errors'
import { type Frame, type FrameAt, loadFrame, loadFrameAt } from './frame'
import type { State } from './kept-states'
import { type Row, type RunQuery, whole } from './row'
import type { SeenState } from './transaction'

/** Looks up how far the history reaches, and the newest snapshot up to a block, with every figure. */
export type LookUpShared = (block: number) => Promise<FrameAt>

/** Gives the statements of one transaction, whose state nobody else has to see. */
export type InOneState = <T>(use: (query: RunQuery, state: SeenState) => Promise<T>) => Promise<T>

// One walk down the index for each block, as many as there are.
const SNAPSHOTS = `
select asked.place::int, snapshot.*
from unnest($1::bigint[]) with ordinality as asked (block, place)
cross join lateral (
  select ${columnList('Snapshot')} from snapshot
  where block_number <= asked.block order by block_number desc limit 1
) as snapshot`

/** Most blocks of one statement. */
const MOST_BLOCKS = 200

/**
 * Collects the blocks that are asked for by requests that came at the same time, whose answers mostly need nothing else: of
 * such a one, asking and reading takes longer than finding.
 */
export function shareLookups(inOneState: InOneState, economy: EconomyFile): LookUpShared {
  const find = (blocks: readonly number[]): Promise<FrameAt[]> =>
    inOneState(async (query, state) => {
      const seen = await state()
      const [block] = blocks
      if (seen.frame === undefined && blocks.length === 1) {
        const first = await loadFrameAt(query, economy, block, 'whole')
        seen.frame = first.frame
        return [first]
      }
      const frame = await frameIn(seen, query, economy)
      const found = new Map<number, Row>()
      for (const row of await query(SNAPSHOTS, [blocks], 'snapshots')) found.set(whole(row, 'place'), row)
      return blocks.map((_, index) => ({ frame, snapshot: found.get(index + 1) }))
    })
  const loader = new DataLoader(find, {
    cache: false,
    maxBatchSize: MOST_BLOCKS,
    // After everything that has arrived was read.
    batchScheduleFn: (dispatch) => void setImmediate(dispatch),
  })
  return (block) => loader.load(block)
}

/** How one answer begins with what it shares with others. */
export interface SharedStart {
  /** Undefined where nothing is shared. */
  readonly lookUp: LookUpShared | undefined
  /** The statements of the answer's own transaction, which are refused where it does not see what the answer began with. */
  checked(query: RunQuery, state: SeenState): RunQuery
  /** Whether one was refused: then the answer is nothing, whatever it says. */
  isOutdated(): boolean
}

export const NOT_SHARED: SharedStart = {
  lookUp: undefined,
  checked: (query) => query,
  isOutdated: () => false,
}

export function startShared(lookUp: LookUpShared, economy: EconomyFile): SharedStart {
  let begunWith: Frame | undefined
  let isOutdated = false
  return {
    async lookUp(block) {
      const found = await lookUp(block)
      begunWith = found.frame
      return found
    },
    checked: (query, state) => async (text, values, name) => {
      if (begunWith !== undefined) {
        const frame = await frameIn(await state(), query, economy)
        if (!seeTheSame(frame, begunWith)) {
          isOutdated = true
          throw new DatabaseUnavailable({ reason: 'the history went on meanwhile' })
        }
      }
      return query(text, values, name)
    },
    isOutdated: () => isOutdated,
  }
}

/** How far the history reaches in a state. */
async function frameIn(state: State, query: RunQuery, economy: EconomyFile): Promise<Frame> {
  state.frame ??= await loadFrame(query, economy)
  return state.frame
}

/** Whether two transactions see the same history: what its newest block and its last final one are decides the rest. */
function seeTheSame(one: Frame, other: Frame): boolean {
  return (
    one.head.hash === other.head.hash &&
    one.finalizedBlock === other.finalizedBlock &&
    one.history === other.history
  )
}
