import { writeSync } from 'node:fs'
import { EconomyError } from '../core/errors'
import { ProcessReported } from './errors'
import { tell } from './messages'

/** Exit codes of sysexits.h: what to do about it differs, so the supervisor tells them apart. */
export const EXIT = {
  /** Something unforeseen; starting again may help. */
  crashed: 1,
  /** A figure is not what the chain says. */
  different: 65,
  /** A place that should answer does not (yet). */
  unavailable: 75,
  /** Wrong until someone changes something; starting again cannot help. */
  misconfigured: 78,
} as const

/** Errors that may be over by the next start: something that is away, late, or about to be given up. */
const PASSING = new Set([
  ...['E3002', 'E3009', 'E3014', 'E3016', 'E3018', 'E4003', 'E4004', 'E4005'],
  ...['E5100', 'E7040', 'E7043'],
  ...['E6006', 'E6007', 'E6111', 'E6205', 'E6207', 'E6208'],
])

/** One paragraph for a person: code, what is wrong, and the mend. Never a stack for an error of our own. */
export function reportOf(error: unknown, redact: (text: string) => string): string {
  if (error instanceof ProcessReported) return redact(error.report)
  if (error instanceof EconomyError) {
    const sentence = [`${error.code}: ${error.message}`, error.mend].filter(Boolean).join(' ')
    return redact([sentence, ...outputIn(error.facts)].join('\n'))
  }
  return redact(error instanceof Error ? (error.stack ?? error.message) : String(error))
}

/** What another program printed, indented: the mend of such an error says to read it. */
function outputIn({ output, log, failed }: EconomyError['facts']): string[] {
  return [output, log, failed]
    .flat()
    .filter((text) => typeof text === 'string')
    .flatMap((text) => text.trimEnd().split('\n'))
    .map((line) => `  ${line}`)
}

/** Errors that say that something is not what it should be, rather than what keeps this program from looking. */
const DIFFERENT = new Set(['E7042'])

export function exitCodeOf(error: unknown): number {
  if (error instanceof ProcessReported) return error.exitCode
  if (!(error instanceof EconomyError)) return EXIT.crashed
  if (DIFFERENT.has(error.code)) return EXIT.different
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
