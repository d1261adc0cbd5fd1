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

/** Markdown tables: what was measured, and what is demanded of it. */
export function resultTables(measurements: readonly Measurement[], verdicts: readonly Verdict[]): string {
  const rates = measurements.map((one) => [
    one.question,
    one.transfers.toLocaleString('en'),
    one.contestant,
    Math.round(one.requestsPerSecond).toLocaleString('en'),
    one.p50.toFixed(1),
    one.p99.toFixed(1),
    `${inPercent(one.cpu.server)} / ${inPercent(one.cpu.database)}`,
    one.failures === 0 ? '0' : `**${one.failures}**`,
  ])
  const targets = verdicts.map(({ question, demanded, measured, isMet }) => [
    question,
    demanded,
    measured,
    isMet ? 'yes' : '**no**',
  ])
  return `${markdown(RATES, rates)}\n\n${markdown(TARGETS, targets)}`
}

function markdown(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** A server that somebody else runs does not tell. */
function inPercent(share: number): string {
  return Number.isNaN(share) ? '?' : `${Math.round(share * 100)} %`
}
