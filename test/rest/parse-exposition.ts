/** Samples by metric, then by labels as they are written; '' where there are none. */
export type Exposition = ReadonlyMap<string, Readonly<Record<string, number>>>

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const LABEL = '[a-z]+="[^"\\\\]*"'
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (-?\\d+(?:\\.\\d+)?)$`)

/**
 * Reads gauges in Prometheus' text format 0.0.4 and refuses anything that a scraper might: a sample without help and
 * type before it, one twice, a metric in two places, a line that is none of these, no end of line at the end.
 */
export function parseExposition(text: string): Exposition {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const metrics = new Map<string, Record<string, number>>()
  let helped = ''
  let typed = ''
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, help] = new RegExp(`^# HELP (${NAME}) \\S.*$`).exec(line) ?? []
    const [, type] = new RegExp(`^# TYPE (${NAME}) gauge$`).exec(line) ?? []
    if (help !== undefined) helped = help
    else if (type !== undefined) {
      if (type !== helped || metrics.has(type)) throw new Error(`out of place: ${line}`)
      typed = type
      metrics.set(type, {})
    } else {
      const [, name, labels = '', value] = SAMPLE.exec(line) ?? []
      const samples = metrics.get(name ?? '')
      if (samples === undefined || name !== typed || labels in samples) throw new Error(`refused: ${line}`)
      samples[labels] = Number(value)
    }
  }
  for (const [name, samples] of metrics) {
    if (Object.keys(samples).length === 0) throw new Error(`${name} has no sample`)
  }
  return metrics
}
