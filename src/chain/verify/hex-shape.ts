/** Whether a value is hex data of so many bytes, in either case; of any whole number of bytes if left out. */
export function isData(value: unknown, bytes?: number): value is string {
  return isDataIn(HEX, value, bytes)
}

/** Whether it is that in lower case, as nodes usually answer. */
export function isLowerData(value: unknown, bytes?: number): value is string {
  return isDataIn(LOWER_HEX, value, bytes)
}

/** Whether a value is a quantity that a number holds exactly: heights, indexes and times are. */
export function isQuantity(value: unknown): value is string {
  return isAmount(value) && value.length <= LONGEST_EXACT
}

/** Whether a value is a time in unix seconds: later than the year 5138, it counts something else, such as milliseconds. */
export function isTimestamp(value: unknown): value is string {
  return isQuantity(value) && Number(value) <= LATEST
}

/** Whether a value is a quantity of up to 256 bits. */
export function isAmount(value: unknown): value is string {
  return typeof value === 'string' && value.length > 2 && value.length <= 66 && HEX.test(value)
}

/** A value as a statement shows it that expected hex. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

const HEX = /^0x[0-9a-fA-F]*$/
const LOWER_HEX = /^0x[0-9a-f]*$/
const LATEST = 100_000_000_000
/** 52 bits. */
const LONGEST_EXACT = 2 + 13

function isDataIn(digits: RegExp, value: unknown, bytes: number | undefined): value is string {
  if (typeof value !== 'string') return false
  if (bytes === undefined ? value.length % 2 !== 0 : value.length !== 2 + 2 * bytes) return false
  return digits.test(value)
}
