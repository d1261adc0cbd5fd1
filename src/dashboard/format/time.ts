const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })

/** A day, in UTC: `Nov 21, 2026`. */
export function day(iso: string): string {
  return DATE.format(new Date(iso))
}

/** To the second, in UTC: `2026-11-21 14:05:07 UTC`. */
export function second(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}

const STEPS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const

/** A length of time in its largest unit: `3 min`, `2 d`. */
export function span(seconds: number): string {
  for (const [unit, length] of STEPS) {
    if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}`
  }
  return `${Math.max(0, Math.floor(seconds))} s`
}
