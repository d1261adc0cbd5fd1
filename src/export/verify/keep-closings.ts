import type { DayClosing } from '../../core/datasets/daily-cells'
import { GENESIS } from '../../core/economy'
import { intervalStart } from '../../core/series'
import type { Rule } from './block-rows'
import type { Snapshots } from './check-snapshots'

/** How days closed, by a run of snapshots without a hole. */
export interface Run {
  /** Whether the history begins in it, and not before. */
  readonly isFromStart: boolean
  /** Time of its first snapshot, in unix seconds. */
  readonly start: number
  /** Block of its last snapshot. */
  toBlock: number
  /** The last snapshot of each day that has one, ascending. */
  readonly days: DayClosing[]
}

export interface Closings extends Rule {
  readonly runs: readonly Run[]
}

/** Keeps the last snapshot of each day as snapshots pass by. */
export function keepClosings(snapshots: Snapshots): Closings {
  const runs: Run[] = []
  let run: Run | undefined
  let begins = false
  return {
    runs,
    visit({ number }) {
      const step = snapshots.step()
      if (step === undefined) return
      const { blockNumber, timestamp, hash } = step.snapshot
      if (run === undefined) {
        run = { isFromStart: begins, start: timestamp, toBlock: number, days: [] }
        runs.push(run)
      }
      run.toBlock = number
      const last = run.days.at(-1)
      if (last !== undefined && intervalStart('DAY', last.timestamp) === intervalStart('DAY', timestamp)) {
        run.days.pop()
      }
      run.days.push({ blockNumber, timestamp, hash, economy: { ...GENESIS, ...step.snapshot } })
    },
    restart(dataset, fromStart) {
      if (dataset !== 'snapshots') return
      run = undefined
      begins = fromStart
    },
  }
}
