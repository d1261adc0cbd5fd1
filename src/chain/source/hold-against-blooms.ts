import type { LogFilter, NodeHeader, NodeLog } from '../rpc/node-types'
import { bloomHolds, bloomTest } from '../verify/log-bloom'
import { matchesFilter } from '../verify/matches-filter'
import { Disagreement } from './disagreement'
import type { LogsRead } from './read-logs'
import type { Wanted } from './wanted-logs'

export interface Held {
  /** Without an answer to one of the questions, although their bloom could hold one. */
  readonly suspicious: readonly NodeHeader[]
  /** About the first log that the bloom of its block excludes. */
  readonly lie: string | undefined
}

/**
 * Holds logs against the blooms of their blocks.
 * @param headers of every block that the logs were asked of
 * @param mayBeEmpty whether a bloom may be empty although there are logs: some chains keep none
 * @throws Disagreement if the logs are of other blocks
 */
export function holdAgainstBlooms(
  headers: readonly NodeHeader[],
  { blocks, endpoints }: LogsRead,
  wanted: Wanted,
  mayBeEmpty: boolean,
): Held {
  const questions = questionsOf(wanted)
  const byNumber = new Map(blocks.map((block) => [block.number, block]))
  const suspicious: NodeHeader[] = []
  let lie: string | undefined
  for (const header of headers) {
    const number = Number(header.number)
    const block = byNumber.get(number)
    if (hasUnanswered(questions, header.logsBloom, block?.logs ?? [])) suspicious.push(header)
    if (block === undefined) continue
    if (block.hash !== header.hash) {
      const message = `block ${number} is ${header.hash} in its header, but ${block.hash} in its logs`
      throw new Disagreement(message, endpoints)
    }
    if (mayBeEmpty && EMPTY.test(header.logsBloom)) continue
    const log = block.logs.find((log) => !bloomHolds(header.logsBloom, log))
    if (log !== undefined) lie ??= `the bloom of block ${number} excludes its log ${Number(log.logIndex)}`
  }
  return { suspicious, lie }
}

/** The share of wrong yeses to the question for one address with one topic: six bits that happen to be set. */
export function wrongYeses(logsBloom: string): number {
  let ones = 0
  for (const digit of logsBloom.slice(2)) ones += ONES[Number.parseInt(digit, 16)] ?? 0
  return (ones / 2_048) ** 6
}

/** What chains that keep no blooms put in their place. */
export const EMPTY = /^0x0*$/

/** Bits that are set in a hex digit. */
const ONES = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]

interface Question {
  readonly filter: readonly LogFilter[]
  /** Whether a block with such a bloom could hold a wanted log that answers it. */
  readonly mayHold: (logsBloom: string) => boolean
}

/** Questions are answered one by one, so that one of them alone may be answered wrongly. */
function hasUnanswered(questions: readonly Question[], logsBloom: string, logs: readonly NodeLog[]): boolean {
  return questions.some(
    ({ filter, mayHold }) => mayHold(logsBloom) && !logs.some((log) => matchesFilter(log, filter)),
  )
}

const known = new WeakMap<Wanted, readonly Question[]>()

/** Building the tests hashes every address and topic: once for each thing that is wanted. */
function questionsOf(wanted: Wanted): readonly Question[] {
  const questions = known.get(wanted) ?? wanted.questions.map((question) => asTested(question, wanted))
  known.set(wanted, questions)
  return questions
}

/** A question that joins several filters may be answered by more than is wanted: only what is wanted is missed. */
function asTested(question: LogFilter, { exactly }: Wanted): Question {
  const [any] = question.topics
  const isPart = ({ addresses, topics }: LogFilter): boolean =>
    addresses.every((address) => question.addresses.includes(address)) &&
    (topics[0] ?? []).every((topic) => any?.includes(topic) ?? true)
  const joined = exactly.filter(isPart)
  const tested = question.topics.length === 1 && joined.length > 0 ? joined : [question]
  return { filter: [question], mayHold: bloomTest(tested) }
}
