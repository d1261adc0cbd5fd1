import { exact } from '../format/amount'
import type { Bucket, Unit } from './model'

/** Symbols of what is counted. */
export type Symbols = Readonly<Record<'token' | 'stable' | 'reward', string>>

/** What follows a value of a unit; nothing for plain numbers and words. */
export function unitText(unit: Unit, symbols: Symbols): string {
  if (unit === 'price') return `${symbols.stable} per ${symbols.token}`
  return unit === 'token' || unit === 'stable' || unit === 'reward' ? symbols[unit] : ''
}

/** Every digit of a value: ratios as percent, amounts without their symbol. */
export function valueText(unit: Unit, value: string): string {
  if (unit === 'text') return value.charAt(0) + value.slice(1).toLowerCase()
  return unit === 'ratio' ? `${exact(hundredfold(value))}%` : exact(value)
}

/** A value with what it is counted in. */
export function amountText(unit: Unit, value: string, symbols: Symbols): string {
  return `${valueText(unit, value)} ${unitText(unit, symbols)}`.trim()
}

/** × 100, by moving the point. */
export function hundredfold(decimal: string): string {
  const sign = decimal.startsWith('-') ? '-' : ''
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.')
  const digits = fraction.padEnd(2, '0')
  const moved = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '')
  const rest = digits.slice(2).replace(/0+$/, '')
  return `${sign}${moved}${rest && `.${rest}`}`
}

const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })
const MONTH = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** The time of a bucket: `Nov 21, 2026, 14:00–15:00 UTC`, `Nov 16, 2026 – Nov 22, 2026`. */
export function bucketText({ start, end, isOpen }: Bucket, grain: string): string {
  const text = spanText(new Date(start), new Date(end), grain)
  return isOpen ? `${text}, going on` : text
}

function spanText(start: Date, end: Date, grain: string): string {
  const hour = (date: Date) => `${String(date.getUTCHours()).padStart(2, '0')}:00`
  if (grain === 'hour') return `${DAY.format(start)}, ${hour(start)}–${hour(end)} UTC`
  if (grain === 'month') return MONTH.format(start)
  const last = new Date(end.getTime() - 1)
  return grain === 'day' ? DAY.format(start) : `${DAY.format(start)} – ${DAY.format(last)}`
}
