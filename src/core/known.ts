/** Why a figure has no value. A missing value is never 0: it is null, with one of these beside it. */
export const UNKNOWN_REASONS = {
  HISTORY_PARTIAL:
    'The history of a contract that the figure depends on was left out before its start block.',
  WINDOW_NOT_COVERED: 'The window begins before the history does.',
  EMPTY_WINDOW: 'The window has no length yet.',
  NO_PRICE:
    'No price of the token was seen yet: there was no executed buyback, and no pair is configured or has traded.',
  PRICE_NOT_COVERED: 'For a part of the window no price of the token was known.',
  NO_BUYBACK: 'No token was burned by a buyback, up to the block or in the window.',
  NO_REVENUE:
    'The treasury had no revenue, up to the block or in the window, so that there is nothing to compare with.',
  NO_STAKE: 'Nothing was staked.',
  NOTHING_CIRCULATES: 'No token circulates.',
  NO_MINT: 'Nothing was minted yet.',
  OTHER_ASSET: 'Both sides are amounts of different assets.',
  UNBOUNDED: 'The rule leaves the treasury nothing, so that its revenue says nothing about the whole.',
} as const

export type UnknownReason = keyof typeof UNKNOWN_REASONS

/** Stands where a figure would: why there is none. */
export interface Unknown {
  readonly unknown: UnknownReason
}

/** A figure, or why there is none. */
export type Known<T> = T | Unknown

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'unknown' in value
}
