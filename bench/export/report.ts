import os from 'node:os'
import type { Ran } from './exporter'

export interface Measured extends Ran {
  readonly what: 'floor' | 'csv' | 'ndjson' | 'parquet'
  readonly transfers: number
}

/** Most memory of an exporting process, in MiB. */
const MOST_MEMORY = 300
/** How much more memory ten times the rows may take: what the garbage collector leaves lying differs from run to run. */
const SAME = 1.15

/** Markdown: what was measured, the median of the rounds, and what is demanded of it. */
export function report(
  measured: readonly Measured[],
  { transfers, smaller }: { readonly transfers: number; readonly smaller: number },
): string {
  const of = (what: Measured['what'], size: number): Measured[] =>
    measured.filter((one) => one.what === what && one.transfers === size)
  const rate = (what: Measured['what'], size: number): number =>
    size / median(of(what, size).map(({ seconds }) => seconds))
  const peak = (what: Measured['what'], size: number): number =>
    Math.max(...of(what, size).map((one) => one.peak))
  const kinds = ['floor', 'csv', 'ndjson', 'parquet'] as const
  const rates = [smaller, transfers].flatMap((size) =>
    kinds.map((what) => [
      size.toLocaleString('en'),
      what === 'floor' ? '`COPY … TO STDOUT`' : what,
      Math.round(rate(what, size)).toLocaleString('en'),
      (rate(what, size) / rate('floor', size)).toFixed(2),
      `${((of(what, size)[0]?.bytes ?? 0) / 1_048_576).toFixed(0)} MiB`,
      `${peak(what, size).toFixed(0)} MiB`,
    ]),
  )
  const share = (what: Measured['what'], least: number): string[] => {
    const found = rate(what, transfers) / rate('floor', transfers)
    return [`${what}: rate against the floor`, `≥ ${least.toFixed(2)}`, found.toFixed(2), met(found >= least)]
  }
  const demands = [
    share('csv', 1 / 3),
    share('parquet', 1 / 6),
    ...kinds.slice(1).flatMap((what) => {
      const [few, many] = [peak(what, smaller), peak(what, transfers)]
      return [
        [`${what}: peak memory`, `< ${MOST_MEMORY} MiB`, `${many.toFixed(0)} MiB`, met(many < MOST_MEMORY)],
        [
          `${what}: the same memory for ${transfers / smaller} times the rows`,
          `≤ ${SAME} times`,
          (many / few).toFixed(2),
          met(many <= few * SAME),
        ],
      ]
    }),
  ]
  const machine = `${os.cpus().length} cores, ${os.cpus()[0]?.model.trim()}, Node ${process.versions.node}`
  return [
    `Median of ${of('csv', transfers).length} rounds each (${machine}).`,
    '',
    table(['transfers', 'what', 'rows/s', 'of the floor', 'size', 'peak memory'], rates),
    '',
    table(['what', 'demanded', 'measured', 'met'], demands),
    '',
  ].join('\n')
}

function met(isMet: boolean): string {
  return isMet ? 'yes' : '**no**'
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
