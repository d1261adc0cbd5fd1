import type { ContestantName } from '../contestants/contestant'
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
  const of = (contestant: ContestantName, isLarge = true): Measurement | undefined =>
    all.find(
      (one) =>
        one.question === name && one.contestant === contestant && (one.transfers === transfers) === isLarge,
    )
  const own = of('ashao')
  if (own === undefined) return []
  const found: Verdict[] = []
  const note = (demanded: string, measured: string, isMet: boolean): void =>
    void found.push({ question: name, demanded, measured, isMet })
  const { rate, overPeer, overFloor, p99OverSmall } = targets
  const { requestsPerSecond, p99 } = own
  if (rate !== undefined) {
    const least = rate.toLocaleString('en')
    note(`at least ${least} requests/s on one core`, inWhole(requestsPerSecond), requestsPerSecond >= rate)
  }
  for (const [contestant, least, words] of [
    ['openreader', overPeer, 'times the rate of OpenReader'],
    ['sql', overFloor, 'of the rate of plain SQL'],
  ] as const) {
    const other = of(contestant)
    if (least === undefined || other === undefined) continue
    const quotient = requestsPerSecond / other.requestsPerSecond
    note(`at least ${least} ${words}`, quotient.toFixed(2), quotient >= least)
  }
  const small = of('ashao', false)
  if (p99OverSmall !== undefined && small !== undefined) {
    const quotient = p99 / small.p99
    const demanded = `p99 at most ${p99OverSmall} times that of ${small.transfers.toLocaleString('en')} transfers`
    note(
      demanded,
      `${quotient.toFixed(2)} (${p99.toFixed(1)} / ${small.p99.toFixed(1)} ms)`,
      quotient <= p99OverSmall,
    )
  }
  return found
}

function inWhole(number: number): string {
  return Math.round(number).toLocaleString('en')
}
