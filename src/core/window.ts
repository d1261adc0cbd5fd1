import { accrue } from './accrual'
import { type Economy, GENESIS } from './economy'
import type { Known } from './known'
import type { Policy } from './policy'

/** Lengths of the windows that end at the instant of an answer, in seconds; `all` begins with the history. */
export const WINDOWS = {
  h1: 3_600,
  d1: 86_400,
  d7: 7 * 86_400,
  d30: 30 * 86_400,
  d365: 365 * 86_400,
  all: undefined,
} as const

export type WindowName = keyof typeof WINDOWS
export const WINDOW_NAMES = Object.keys(WINDOWS) as readonly WindowName[]

/** Figures as they were written down, and when (unix seconds). */
export interface Mark {
  readonly economy: Economy
  readonly timestamp: number
}

/** A span of time with the figures at both of its ends. Events at `from` are before it, events at `to` are in it. */
export interface Span {
  readonly policy: Policy
  /** Unix seconds. */
  readonly from: number
  /** Unix seconds. */
  readonly to: number
  readonly opening: Economy
  readonly closing: Economy
}

/** When a window begins that ends at `to`; both in unix seconds. */
export function windowStart(name: WindowName, to: number, historyStart: number): number {
  const length = WINDOWS[name]
  return length === undefined ? historyStart : to - length
}

/**
 * The span of a window.
 * @param opening the last mark not after `from`; undefined where the history begins later
 * @param closing the last mark not after `to`
 */
export function spanOf(
  name: WindowName,
  bounds: { readonly from: number; readonly to: number },
  opening: Mark | undefined,
  closing: Mark,
  policy: Policy,
): Known<Span> {
  const { from, to } = bounds
  // Over all time, what happened in the very first block is inside as well.
  const first = name === 'all' ? { economy: GENESIS, timestamp: from } : opening
  if (first === undefined) return { unknown: 'WINDOW_NOT_COVERED' }
  return { policy, from, to, opening: figuresAt(first, from), closing: figuresAt(closing, to) }
}

/** Figures at an instant at or after their mark: between two snapshots, only time goes on. */
export function figuresAt({ economy, timestamp }: Mark, instant: number): Economy {
  return { ...economy, ...accrue(economy, instant - timestamp) }
}
