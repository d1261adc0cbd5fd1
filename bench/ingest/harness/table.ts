import type { Measurement } from './measure'

/** Against whom others are compared. */
const PEER = 'subsquid'
const FLOOR = 'floor'

const COLUMNS = [
  'contestant',
  'seconds',
  'events/s',
  'x subsquid',
  'x floor time',
  'peak MiB',
  'CPU s own / database / node',
  'MiB down',
  'requests',
  'commits',
  'WAL MiB',
  'verified',
]

/** A Markdown table: the run of median time of each contestant. */
export function resultTable(measurements: readonly Measurement[]): string {
  const names = [...new Set(measurements.map(({ contestant }) => contestant))]
  const medians = names.flatMap(
    (name) => medianRun(measurements.filter((run) => run.contestant === name)) ?? [],
  )
  const peer = medians.find(({ contestant }) => contestant === PEER)
  const floor = medians.find(({ contestant }) => contestant === FLOOR)
  const rows = medians.map((run) => [
    run.contestant,
    run.seconds.toFixed(2),
    Math.round(run.events / run.seconds).toLocaleString('en'),
    peer ? (peer.seconds / run.seconds).toFixed(1) : '',
    floor ? (run.seconds / floor.seconds).toFixed(2) : '',
    inMebibytes(run.memory),
    [run.cpu.own, run.cpu.database, run.cpu.node].map(inSeconds).join(' / '),
    (run.bytesDown / 2 ** 20).toFixed(1),
    run.requests.toLocaleString('en'),
    run.commits.toLocaleString('en'),
    inMebibytes(run.walBytes),
    verdict(measurements.filter(({ contestant }) => contestant === run.contestant)),
  ])
  return [COLUMNS, COLUMNS.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** The run in the middle by time; of an even number, the slower one. Runs that differ do not count. */
export function medianRun(runs: readonly Measurement[]): Measurement | undefined {
  const good = runs.filter(({ differences }) => differences.length === 0)
  const counted = good.length > 0 ? good : runs
  return counted.toSorted((one, other) => one.seconds - other.seconds)[Math.floor(counted.length / 2)]
}

function verdict(runs: readonly Measurement[]): string {
  const wrong = runs.filter(({ differences }) => differences.length > 0)
  return wrong.length === 0
    ? `yes, ${runs.length} of ${runs.length}`
    : `**no**, ${wrong.length} of ${runs.length} differ`
}

/** A server that somebody else runs does not tell. */
function inSeconds(seconds: number): string {
  return Number.isNaN(seconds) ? '?' : seconds.toFixed(1)
}

function inMebibytes(bytes: number): string {
  return Math.round(bytes / 2 ** 20).toLocaleString('en')
}
