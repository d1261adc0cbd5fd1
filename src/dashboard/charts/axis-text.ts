/** Marks of axes: round numbers and round times, in en-US and UTC. */

const HOUR = 3_600
const DAY = 86_400
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Steps between two marks of time; beyond the last of them months are counted. */
const STEPS = [HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY]
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60]

const utc = (seconds: number) => new Date(seconds * 1_000)

/** Instants to mark between two, both in unix seconds. @param most how many have room */
export function timeMarks(from: number, to: number, most: number): number[] {
  const step = STEPS.find((length) => (to - from) / length <= most)
  return step === undefined ? monthMarks(from, to, most) : evenMarks(from, to, step)
}

function evenMarks(from: number, to: number, step: number): number[] {
  const marks: number[] = []
  for (let mark = Math.ceil(from / step) * step; mark <= to; mark += step) marks.push(mark)
  return marks
}

function monthMarks(from: number, to: number, most: number): number[] {
  const months = (to - from) / (30.44 * DAY)
  const step = MONTH_STEPS.find((length) => months / length <= most) ?? 120
  const first = utc(from)
  const since = first.getUTCFullYear() * 12 + first.getUTCMonth()
  const marks: number[] = []
  for (let month = Math.ceil(since / step) * step; ; month += step) {
    const mark = Date.UTC(Math.floor(month / 12), month % 12) / 1_000
    if (mark > to) return marks
    if (mark >= from) marks.push(mark)
  }
}

/** What is written at marks: only as much as tells them apart, and the larger unit where it begins. */
export function timeTexts(marks: readonly number[]): string[] {
  const [first = 0, second = first + DAY] = marks
  const step = second - first
  return marks.map((mark, index) => {
    const date = utc(mark)
    const month = MONTHS[date.getUTCMonth()]
    const day = `${month} ${date.getUTCDate()}`
    if (step < DAY) {
      const isMidnight = mark % DAY === 0
      return isMidnight ? day : `${String(date.getUTCHours()).padStart(2, '0')}:00`
    }
    if (step < 28 * DAY) return day
    const isNewYear = date.getUTCMonth() === 0 || index === 0
    return isNewYear ? `${month} ${date.getUTCFullYear()}` : (month ?? '')
  })
}

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 6 })
const PERCENT = new Intl.NumberFormat('en-US', { style: 'percent', maximumSignificantDigits: 6 })
const PLAIN = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 })

/** A mark of a scale: `600M`, `12.5%`. Marks are round, so that no digit is lost. */
export function scaleText(mark: number, unit: string): string {
  // What hangs from zero is an amount as well, and no negative one.
  if (unit === 'ratio') return PERCENT.format(mark)
  return unit === 'price' ? PLAIN.format(mark) : COMPACT.format(mark)
}
