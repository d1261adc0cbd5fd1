import { Presets, SingleBar } from 'cli-progress'

/** A progress bar: one moving line on a terminal, a line every few seconds in a file. */
export interface Progress {
  update(done: number, total: number, note?: string): void
  finish(): void
}

/** @param unit what is counted, such as `blocks`; `note` of an update is shown after the ETA */
export function openProgress(title: string, unit: string): Progress {
  let bar: SingleBar | undefined
  return {
    update(done, total, note = '') {
      if (bar === undefined) {
        bar = new SingleBar(
          {
            format: `${title} {bar} {percentage} % · {value}/{total} ${unit}{note} · ETA {eta_formatted}`,
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
