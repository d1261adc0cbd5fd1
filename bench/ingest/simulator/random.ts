/** Random numbers that a seed decides: the same on every machine. */
export interface Random {
  /** A whole number below 2^32. */
  next(): number
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number
  /** True with this probability, from 0 to 1. */
  chance(probability: number): boolean
}

/** Scrambles whole numbers into one of 32 bits: near inputs give unrelated outputs. */
export function mix(...parts: readonly number[]): number {
  let state = 0x2545f491
  for (const part of parts) {
    state = Math.imul(state ^ (part + 0x9e3779b9), 0x85ebca6b)
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
    state ^= state >>> 16
  }
  return state >>> 0
}

/** A sequence of its own for each list of parts. */
export function createRandom(...parts: readonly number[]): Random {
  let state = mix(...parts)
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    return (word ^ (word >>> 15)) >>> 0
  }
  return {
    next,
    below: (limit) => Math.floor((next() / 2 ** 32) * limit),
    chance: (probability) => next() / 2 ** 32 < probability,
  }
}

/** All texts of four hex digits: hashes are made up by the million. */
const FOUR_DIGITS = Array.from({ length: 2 ** 16 }, (_, word) => word.toString(16).padStart(4, '0'))

/** Eight hex digits. */
export function hex8(word: number): string {
  return `${FOUR_DIGITS[word >>> 16]}${FOUR_DIGITS[word & 0xffff]}`
}

/** A made-up hash: unlike a real one only in that nothing hashes to it. */
export function inventHash(...parts: readonly number[]): `0x${string}` {
  const random = createRandom(...parts)
  let text = ''
  for (let index = 0; index < 8; index += 1) text += hex8(random.next())
  return `0x${text}`
}
