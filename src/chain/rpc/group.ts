import type { Endpoint } from './endpoint'
import type { Failure } from './failure'
import type { Answer, EndpointName } from './rpc'
import type { Question } from './transport'

/** A question without an answer yet; `index` is its place in the call. */
export interface Open extends Question {
  readonly index: number
  isAnswered: boolean
}

/** Questions that are asked together, and what came of asking so far. */
export interface Group {
  open: readonly Open[]
  readonly method: string
  readonly check: ((value: unknown, index: number, endpoint: EndpointName) => void) | undefined
  readonly avoid: ReadonlySet<EndpointName>
  readonly priority: number
  readonly signal: AbortSignal
  readonly answer: (question: Open, answer: Answer<unknown>) => void
  /** Endpoints that failed in this round. */
  readonly failed: Set<Endpoint>
  /** Endpoints that cannot answer it at all, and why. */
  readonly declined: Map<Endpoint, Failure>
  /** Rounds in which every endpoint failed. */
  rounds: number
  /** Answers in a row that failed their check; those of class `behind` apart, which get time instead. */
  badAnswers: number
  behindSince: number | undefined
  /** Failures that may be due to a range that is too wide, though nobody said so. */
  suspicions: number
  /** Answers of the node with an error that nobody knows. */
  unexplained: number
  /** The last failure, for people: what the caller is told if it does not want to wait longer. */
  readonly fail: (endpoint: Endpoint, failure: Failure) => void
}

/** The same questions in groups of `size`, each with its own history from here on. */
export function splitGroup(group: Group, size: number): Group[] {
  const parts: Group[] = []
  for (let start = 0; start < group.open.length; start += size) {
    parts.push({
      ...group,
      open: group.open.slice(start, start + size),
      failed: new Set(group.failed),
      declined: new Map(group.declined),
    })
  }
  return parts
}
