/** What an endpoint says that it would give. */
export interface RangeHint {
  /** Blocks from the first one that was asked for. */
  readonly blocks: number
  /** A limit of every range; false for one that suits the logs of this range. */
  readonly isLimit: boolean
}

const NUMBER = String.raw`(\d[\d,._]*)(k?)`
const limit = (pattern: string): RegExp => new RegExp(pattern.replace('N', NUMBER), 'i')

/** Alchemy and Infura name blocks in hex, reth in decimal. */
const SUGGESTED = [
  /(?:should work|this block range):? \[(0x[0-9a-f]+), ?(0x[0-9a-f]+)\]/i,
  /retry with the range (\d+) ?- ?(\d+)/i,
]

/** Limits of a range, in the words of whoever states one; none of these speak of a number of results. */
const LIMITS = [
  limit('limited to (?:a |at most )?N (?:blocks? ?)?(?:range|blocks?)'), // QuickNode, Blast, BlockPI
  limit('up to (?:a )?N block range'), // Alchemy, Aurora
  limit(String.raw`range \d+ exceeds limit of N`), // Infura
  limit('range limit (?:of )?N'), // Tenderly, erigon
  limit('ranges over N blocks'), // drpc
  limit('max(?:imum)? (?:block )?range(?: is)?:? N'), // reth, Cloudflare, BNB Chain, PublicNode
  limit('(?:range|blocks) greater than N max'), // op-geth
  limit('block range exceeds N'), // Somnia
  limit('max is N blocks'), // Merkle
  limit('at most N blocks'), // Coinbase
  limit('maximum is set to N'), // Avalanche
  limit('requested blocks is N'), // thirdweb
  limit('blocks distance: N'), // TAC
  limit('smaller than size N'), // Harmony
  limit(String.raw`too wide \(maximum N\)`), // Moonbeam
  limit(String.raw`allowed for your plan \(\d+ > N\)`), // Blast
]

/** Limits that are documented, but not told: Ankr's, and those of Chainstack's plans. */
const UNTOLD: readonly [pattern: RegExp, limits: readonly number[]][] = [
  [/block range is too wide/i, [3_000, 1_000]],
  [/block range limit exceeded/i, [10_000, 100]],
]

/**
 * How many blocks from the first one an endpoint says it would give, in answer to a question for `from` to `to`.
 * Undefined where it does not say, or says what was asked (reth names the refused range itself).
 */
export function rangeHint(text: string, from: number, to: number): RangeHint | undefined {
  const asked = to - from + 1
  const useful = (blocks: number, isLimit: boolean): RangeHint | undefined =>
    Number.isSafeInteger(blocks) && blocks >= 1 && blocks < asked ? { blocks, isLimit } : undefined
  for (const pattern of SUGGESTED) {
    const [, first, last] = pattern.exec(text) ?? []
    if (first === undefined || last === undefined) continue
    const begin = Number(first) <= from && from <= Number(last) ? from : Number(first)
    const hint = useful(Number(last) - begin + 1, /up to a/i.test(text) && !/response size/i.test(text))
    if (hint !== undefined) return hint
  }
  // A cap of the results is not one of the range, though the same sentence may name both.
  for (const pattern of /response size/i.test(text) ? [] : LIMITS) {
    const [, digits, thousands] = pattern.exec(text) ?? []
    if (digits === undefined) continue
    const hint = useful(Number(digits.replace(/[,._]/g, '')) * (thousands ? 1_000 : 1), true)
    if (hint !== undefined) return hint
  }
  const [, limits = []] = UNTOLD.find(([pattern]) => pattern.test(text)) ?? []
  const next = limits.find((blocks) => blocks < asked)
  return next === undefined ? undefined : useful(next, true)
}
