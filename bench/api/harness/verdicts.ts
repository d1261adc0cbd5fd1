import { quantile } from '../../ingest/head/head-table'
import type { Measurement } from './measure'
import type { Question } from './question'

/** A demand on this project's API, and whether it is met. */
export interface Verdict {
  readonly question: string
  readonly demanded: string
  readonly measured: string
  readonly isMet: boolean
}

/** Every demand that can be judged by what was measured. */
export function verdicts(
  questions: readonly Question[],
  measurements: readonly Measurement[],
  transfers: number,
): readonly Verdict[] {
  return questions.flatMap((question) => judge(question, measurements, transfers))
}

function judge({ name, targets }: Question, all: readonly Measurement[], transfers: number): Verdict[] {
  const asked = all.filter(({ question }) => question === name)
  const own = asked.filter((one) => one.contestant === 'ashao' && one.transfers === transfers)
  if (own.length === 0) return []
  const found: Verdict[] = []
  const note = (demanded: string, measured: string, isMet: boolean): void =>
    void found.push({ question: name, demanded, measured, isMet })
  /** How one compares with another in each round; nothing where there is no other. */
  const quotients = (
    of: 'requestsPerSecond' | 'p99',
    isOther: (one: Measurement) => boolean,
  ): readonly number[] =>
    own.flatMap((one) => {
      const other = asked.find((each) => each.round === one.round && isOther(each))
      return other === undefined ? [] : [one[of] / other[of]]
    })
  const { rate, overPeer, overFloor, p99OverSmall } = targets
  if (rate !== undefined) {
    const least = rate.toLocaleString('en')
    const rates = own.map(({ requestsPerSecond }) => requestsPerSecond)
    const median = quantile(rates, 0.5)
    note(`at least ${least} requests/s on one core`, withRounds(median, rates, inWhole), median >= rate)
  }
  for (const [contestant, least, words] of [
    ['openreader', overPeer, 'times the rate of OpenReader'],
    ['sql', overFloor, 'of the rate of plain SQL'],
  ] as const) {
    const overOther = quotients('requestsPerSecond', (one) => one.contestant === contestant)
    if (least === undefined || overOther.length === 0) continue
    const median = quantile(overOther, 0.5)
    note(`at least ${least} ${words}`, withRounds(median, overOther, inHundredths), median >= least)
  }
  const overSmall = quotients('p99', (one) => one.contestant === 'ashao' && one.transfers !== transfers)
  if (p99OverSmall !== undefined && overSmall.length > 0) {
    const median = quantile(overSmall, 0.5)
    const demanded = `p99 at most ${p99OverSmall} times that of the small database`
    note(demanded, withRounds(median, overSmall, inHundredths), median <= p99OverSmall)
  }
  return found
}

/** The median, and what it is the median of. */
function withRounds(median: number, rounds: readonly number[], spelled: (number: number) => string): string {
  return rounds.length === 1 ? spelled(median) : `${spelled(median)} (${rounds.map(spelled).join(', ')})`
}

function inHundredths(number: number): string {
  return number.toFixed(2)
}

function inWhole(number: number): string {
  return Math.round(number).toLocaleString('en')
}
