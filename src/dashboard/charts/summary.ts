import { compare } from './decimals'
import type { Bucket, Line } from './model'

const date = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`

interface Said {
  readonly value: string
  readonly at: string
}

/**
 * A line for who cannot see it: its first, last, least and greatest value.
 * @param textOf a value as it is read out, exact
 */
export function summaryOf(
  buckets: readonly Bucket[],
  line: Line,
  textOf: (line: Line, value: string) => string,
): string {
  const known = line.values.flatMap((value, index): Said[] => {
    const bucket = buckets[index]
    return value === null || bucket === undefined ? [] : [{ value, at: bucket.start }]
  })
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined) return `${line.label}: unknown throughout.`
  const least = known.reduce((one, other) => (compare(other.value, one.value) < 0 ? other : one))
  const most = known.reduce((one, other) => (compare(other.value, one.value) > 0 ? other : one))
  const gaps = buckets.length - known.length
  const said = (word: string, { value, at }: Said) => `${word} ${textOf(line, value)} (${date(at)})`
  const parts = [said('first', first), said('last', last), said('least', least), said('greatest', most)]
  return `${line.label}: ${parts.join(', ')}${gaps > 0 ? `; unknown in ${gaps} of ${buckets.length}` : ''}.`
}
