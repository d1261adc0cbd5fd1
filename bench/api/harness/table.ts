import { quantile } from '../../ingest/head/head-table'
import type { Measurement } from './measure'
import type { Verdict } from './verdicts'

const RATES = [
  'question',
  'transfers',
  'contestant',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'CPU server / database',
  'failures',
]
const TARGETS = ['question', 'demanded of ashao', 'measured', 'met']

/** Markdown tables: what was measured, each figure the median of its rounds, and what is demanded of it. */
export function resultTables(measurements: readonly Measurement[], verdicts: readonly Verdict[]): string {
  const rates = [...inRounds(measurements).values()].map((rounds) => {
    const [{ question, transfers, contestant }] = rounds
    const median = (of: (one: Measurement) => number): number => quantile(rounds.map(of), 0.5)
    const failures = rounds.reduce((sum, one) => sum + one.failures, 0)
    return [
      question,
      transfers.toLocaleString('en'),
      contestant,
      Math.round(median((one) => one.requestsPerSecond)).toLocaleString('en'),
      median((one) => one.p50).toFixed(1),
      median((one) => one.p99).toFixed(1),
      `${inPercent(median((one) => one.cpu.server))} / ${inPercent(median((one) => one.cpu.database))}`,
      failures === 0 ? '0' : `**${failures}**`,
    ]
  })
  const targets = verdicts.map(({ question, demanded, measured, isMet }) => [
    question,
    demanded,
    measured,
    isMet ? 'yes' : '**no**',
  ])
  return `${markdown(RATES, rates)}\n\n${markdown(TARGETS, targets)}`
}

type Rounds = [Measurement, ...Measurement[]]

/** What was asked of the same server again and again, together. */
function inRounds(measurements: readonly Measurement[]): ReadonlyMap<string, Rounds> {
  const found = new Map<string, Rounds>()
  for (const one of measurements) {
    const key = [one.question, one.contestant, one.transfers].join()
    const rounds = found.get(key)
    if (rounds === undefined) found.set(key, [one])
    else rounds.push(one)
  }
  return found
}

function markdown(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** A server that somebody else runs does not tell. */
function inPercent(share: number): string {
  return Number.isNaN(share) ? '?' : `${Math.round(share * 100)} %`
}
