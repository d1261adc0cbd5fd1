/** `1,234,567`. By hand: the first look at how a language writes numbers takes Node 40 ms of its start. */
export function spellCount(count: number): string {
  return String(Math.round(count)).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

/** `27,412`, or `0.4` where that would be none. */
export function spellRate(rate: number): string {
  return rate < 10 ? String(Math.round(rate * 10) / 10) : spellCount(rate)
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** `2 min 5 s`: begun seconds, in the largest unit that they fill and the next smaller one. */
export function spellDuration(seconds: number): string {
  let left = Math.ceil(seconds)
  const largest = Math.max(
    UNITS.findIndex(([, length]) => left >= length),
    0,
  )
  const words: string[] = []
  for (const [name, length] of UNITS.slice(largest, largest + 2)) {
    const count = Math.floor(left / length)
    left -= count * length
    if (count > 0) words.push(`${spellCount(count)} ${name}`)
  }
  return words.join(' ') || '0 s'
}

/** `3.1 MiB`. */
export function spellBytes(bytes: number): string {
  const kibibytes = bytes / 1_024
  return kibibytes < 1_000 ? `${spellRate(kibibytes)} KiB` : `${spellRate(kibibytes / 1_024)} MiB`
}
