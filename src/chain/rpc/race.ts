import { type Endpoint, LOST } from './endpoint'
import { Failure } from './failure'
import type { Group, Open } from './group'
import { BadAnswer } from './rpc'
import type { Place } from './scheduler'
import type { Reply } from './transport'

/** A question that got no good answer from an endpoint. */
export interface Miss {
  readonly endpoint: Endpoint
  readonly question: Open
  readonly failure: Failure
}

export interface Hedge {
  /** Milliseconds after which a second endpoint is asked as well, if the first one has not answered. */
  readonly after: (endpoint: Endpoint) => number
  /** A place at an endpoint that is not one of these. */
  readonly elsewhere: (but: ReadonlySet<Endpoint>) => Place | undefined
}

/**
 * Asks one endpoint, and further ones where it is slow; the first good answer of each question counts, and who is still
 * busy when all have theirs is stopped.
 * @returns what went wrong for the questions that are still open
 */
export function race(group: Group, first: Place, hedge: Hedge | undefined): Promise<Miss[]> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController()
    const stop = (): void => controller.abort(group.signal.reason)
    const misses: Miss[] = []
    const asked = new Set<Endpoint>()
    let underWay = 0
    let timer: NodeJS.Timeout | undefined
    let isOver = false

    const end = (finish: () => void): void => {
      isOver = true
      clearTimeout(timer)
      group.signal.removeEventListener('abort', stop)
      if (underWay > 0) controller.abort(LOST)
      finish()
    }

    const start = ({ endpoint, startedAt }: Place): void => {
      const questions = group.open
      asked.add(endpoint)
      underWay += 1
      endpoint.ask(questions, startedAt, controller.signal).then(
        (replies) => {
          underWay -= 1
          if (isOver) return
          try {
            misses.push(...accept(group, endpoint, questions, replies))
          } catch (error) {
            end(() => reject(error))
            return
          }
          if (group.open.length === 0 || underWay === 0) {
            end(() => resolve(misses.filter(({ question }) => group.open.includes(question))))
          }
        },
        (error) => {
          underWay -= 1
          if (!isOver) end(() => reject(error))
        },
      )
    }

    const hedgeLater = (endpoint: Endpoint): void => {
      timer = setTimeout(() => {
        const place = hedge?.elsewhere(asked)
        if (place !== undefined) start(place)
        hedgeLater(place?.endpoint ?? endpoint)
      }, hedge?.after(endpoint))
    }

    if (group.signal.aborted) stop()
    else group.signal.addEventListener('abort', stop, { once: true })
    start(first)
    if (hedge !== undefined) hedgeLater(first.endpoint)
  })
}

/** Takes the good answers; what is left stays open. An error of the check that is no BadAnswer is thrown on. */
function accept(
  group: Group,
  endpoint: Endpoint,
  questions: readonly Open[],
  replies: readonly Reply[],
): Miss[] {
  const misses: Miss[] = []
  let bad: Failure | undefined
  let hasAnswered = false
  for (const [index, question] of questions.entries()) {
    const reply = replies[index]
    if (question.isAnswered || reply === undefined) continue
    const failure = reply instanceof Failure ? reply : badAnswer(group, endpoint, question, reply.value)
    if (failure === undefined && !(reply instanceof Failure)) {
      group.answer(question, { value: reply.value, endpoint: endpoint.name })
      question.isAnswered = true
      hasAnswered = true
    } else if (failure !== undefined) {
      misses.push({ endpoint, question, failure })
      if (failure.facts.isBadAnswer) bad ??= failure
    }
  }
  if (bad !== undefined) endpoint.blame(bad)
  else if (hasAnswered) endpoint.accepted()
  if (hasAnswered) group.open = group.open.filter(({ isAnswered }) => !isAnswered)
  return misses
}

function badAnswer(group: Group, endpoint: Endpoint, question: Open, value: unknown): Failure | undefined {
  try {
    group.check?.(value, question.index, endpoint.name)
    return undefined
  } catch (error) {
    if (!(error instanceof BadAnswer)) throw error
    return new Failure(error.errorClass, error.message, { isBadAnswer: true })
  }
}
