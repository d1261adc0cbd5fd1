import { writeSync } from 'node:fs'
import { EconomyError } from '../core/errors'
import { ProcessReported } from './errors'
import { tell } from './messages'

/** Exit codes of sysexits.h: what to do about it differs, so the supervisor tells them apart. */
export const EXIT = {
  /** Something unforeseen; starting again may help. */
  crashed: 1,
  /** A place that should answer does not (yet). */
  unavailable: 75,
  /** Wrong until someone changes something; starting again cannot help. */
  misconfigured: 78,
} as const

/** Errors that may be over by the next start: a node or a database that is away, a lock about to be given up. */
const PASSING = new Set(['E3002', 'E4003', 'E4004'])

/** One paragraph for a person: code, what is wrong, and the mend. Never a stack for an error of our own. */
export function reportOf(error: unknown, redact: (text: string) => string): string {
  if (error instanceof ProcessReported) return redact(error.report)
  if (error instanceof EconomyError) {
    return redact([`${error.code}: ${error.message}`, error.mend].filter(Boolean).join(' '))
  }
  return redact(error instanceof Error ? (error.stack ?? error.message) : String(error))
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof ProcessReported) return error.exitCode
  if (!(error instanceof EconomyError)) return EXIT.crashed
  return PASSING.has(error.code) ? EXIT.unavailable : EXIT.misconfigured
}

/** Ends this process with the error's one sentence, told to the supervisor too if there is one. */
export function fail(error: unknown, redact: (text: string) => string): never {
  const report = reportOf(error, redact)
  tell({ type: 'failed', report })
  // Written at once, so that it is out before the process is.
  writeSync(process.stderr.fd, `${report}\n`)
  process.exit(exitCodeOf(error))
}
