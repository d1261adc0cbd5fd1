import { Presets, SingleBar } from 'cli-progress'
import { spellCount } from './spell-number'

/** A progress bar: one moving line on a terminal, a line every few seconds in a file. */
export interface Progress {
  update(done: number, total: number, note?: string): void
  finish(): void
}

/**
 * @param unit what is counted, such as `blocks`
 * @param eta `estimated` from the steps so far; or `noted`, with the rest of what `note` of an update says
 */
export function openProgress(
  title: string,
  unit: string,
  eta: 'estimated' | 'noted' = 'estimated',
): Progress {
  const tail = eta === 'estimated' ? ' · ETA {eta_formatted}' : '{note}'
  let bar: SingleBar | undefined
  return {
    update(done, total, note = '') {
      if (bar === undefined) {
        bar = new SingleBar(
          {
            format: `${title} {bar} {percentage} % · {value}/{total} ${unit}${tail}`,
            formatValue: (value) => spellCount(value),
            barsize: 24,
            stream: process.stdout,
            clearOnComplete: false,
            noTTYOutput: true,
            notTTYSchedule: 2_000,
            hideCursor: true,
            etaAsynchronousUpdate: false,
          },
          Presets.shades_classic,
        )
        bar.start(total, done, { note })
      }
      bar.setTotal(Math.max(total, done))
      bar.update(done, { note })
    },
    finish() {
      bar?.stop()
      bar = undefined
    },
  }
}
