import type { Bucket, Line } from './model'

/** A field as RFC 4180 has it: quoted where it would be torn apart. */
const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Why values of a bucket are unknown, each with its line. */
export function reasonsOf(lines: readonly Line[], index: number): string {
  return lines
    .filter(({ values }) => values[index] === null)
    .map(({ key, why }) => `${key}: ${why?.(index) ?? 'not known at this block'}`)
    .join('; ')
}

/**
 * Every bucket as a row of CSV (RFC 4180), every value exact. What is unknown is empty, and the last column says why.
 * @param unitOf what a line is counted in, such as `USDC`
 */
export function csvOf(
  buckets: readonly Bucket[],
  lines: readonly Line[],
  unitOf: (line: Line) => string,
): string {
  const named = lines.map((line) => [line.key, unitOf(line)].filter(Boolean).join(' in '))
  const header = ['start', 'end', 'isOpen', 'closingBlock', ...named, 'unknown']
  const rows = buckets.map(({ start, end, isOpen, closingBlock }, index) => [
    start,
    end,
    String(isOpen),
    String(closingBlock),
    ...lines.map(({ values }) => values[index] ?? ''),
    reasonsOf(lines, index),
  ])
  return [header, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
}
