import { ashao } from './amounts'
import { AWKWARD_CASES, GRANT_AT } from './awkward-cases'
import type { BlockProducer } from './block-producer'
import type { EconomyContext } from './economy-context'
import {
  burnVoluntarily,
  claim,
  payJob,
  stake,
  stakeMore,
  trade,
  transferBetweenHolders,
  unstakeSome,
} from './everyday'
import { advanceSplit, SPLIT_BEGINNING } from './revenue-split'
import { demandAt, type Schedule } from './schedule'

/** Mean value of a paid session, in credits. */
const SESSION_CREDITS = 40_000

/** The other actions of an hour, with how often each happens in it. */
const HABITS: readonly (readonly [
  probability: number,
  action: (context: EconomyContext) => Promise<void>,
])[] = [
  [0.34, transferBetweenHolders],
  [0.3, claim],
  [0.28, stakeMore],
  [0.1, unstakeSome],
  [0.16, (context) => trade(context, 6_000)],
  [0.012, burnVoluntarily],
]

export interface History {
  /** Number of the block from which the receiver of the grant does not circulate. */
  readonly grantBlock: number
}

/** Plays the whole history, one block an hour, on a chain whose contracts are deployed and funded. */
export async function playHistory(
  context: EconomyContext,
  producer: BlockProducer,
  schedule: Schedule,
  onBlock: (hoursDone: number) => void,
): Promise<History> {
  const { random } = context
  const { hours } = schedule
  // A short history has as many rounds of distribution as shows every way of buying back.
  const roundHours = Math.max(4, Math.min(24, Math.floor(hours / 6)))
  const hourOf = (at: number): number => Math.floor(at * (hours - 1))
  let split = SPLIT_BEGINNING
  let grantBlock = 0
  await stakeFirst(context)
  for (let hour = 0; hour < hours; hour += 1) {
    const timestamp = schedule.hourTimestamp(hour)
    const demand = demandAt(timestamp, hour / hours)
    const due = hour % roundHours === roundHours >> 1
    split = await advanceSplit(context, split, due)
    for (const each of AWKWARD_CASES) if (hourOf(each.at) === hour) await each.run(context)
    if (hourOf(GRANT_AT) === hour) grantBlock = producer.head + 1
    const sessions = 1 + Math.floor(random.next() * 5 * demand)
    for (let session = 0; session < sessions; session += 1) await payJob(context, sessionCredits(context))
    for (const [probability, action] of HABITS) if (random.chance(probability)) await action(context)
    await producer.mine(timestamp)
    onBlock(hour + 1)
  }
  return { grantBlock }
}

/** Most sessions are small and a few are large: a skewed distribution with the mean of SESSION_CREDITS. */
function sessionCredits({ random }: EconomyContext): number {
  return 1 + Math.floor(-Math.log(1 - random.next()) * SESSION_CREDITS)
}

/** A third of the stakers and of the workers stake before the first job, the rest over time. */
async function stakeFirst(context: EconomyContext): Promise<void> {
  const { random, roles } = context
  for (const account of roles.stakers.filter((_, index) => index % 3 === 0)) {
    await stake(context, account, ashao(random.integer(500_000, 2_500_000)))
  }
  for (const account of roles.workers.filter((_, index) => index % 3 === 0)) {
    await stake(context, account, ashao(random.integer(20_000, 200_000)))
  }
}
