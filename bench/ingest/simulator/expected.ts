import { CONTRACT, PERSON } from './cast'
import type { SimulatedChain } from './chain'

/** What every contestant has to have stored in the end, as text and digests. */
export interface Expected {
  readonly head: number
  readonly headHash: string
  readonly startBlock: number
  readonly chainId: number
  readonly contracts: { readonly token: string; readonly staking: string; readonly stable: string }
  readonly treasury: readonly string[]
  readonly internal: readonly string[]
  readonly economyFile: string
  readonly events: number
  /** SHA-256 of one line for each event, in chain order. */
  readonly eventsDigest: string
  /** `address|balance|stake`, for everyone who has either. */
  readonly accounts: readonly string[]
  readonly totals: Readonly<Record<TotalName, string>>
  /** `day|events|transfers|volume|burned|staked|rewards|supply|treasury` */
  readonly days: readonly string[]
}

export const TOTAL_NAMES = [
  'events',
  'transfers',
  'volume',
  'supply',
  'burned',
  'staked',
  'rewards',
  'treasury',
  'revenue',
] as const
export type TotalName = (typeof TOTAL_NAMES)[number]

export function expectedOf(chain: SimulatedChain): Expected {
  const truth = chain.truth()
  const address = (contract: number): string => chain.cast.contracts[contract]?.text ?? ''
  return {
    head: truth.blockNumber,
    headHash: truth.blockHash,
    startBlock: 1,
    chainId: chain.options.chainId,
    contracts: {
      token: address(CONTRACT.token),
      staking: address(CONTRACT.staking),
      stable: address(CONTRACT.stable),
    },
    treasury: [PERSON.treasury, PERSON.secondTreasury].map(chain.cast.address),
    internal: [chain.cast.address(PERSON.internal)],
    economyFile: chain.economyFile(),
    events: truth.events,
    eventsDigest: truth.eventsDigest,
    accounts: [...truth.accounts]
      .filter(([, { balance, stake }]) => balance !== 0n || stake !== 0n)
      .map(([account, { balance, stake }]) => `${account}|${balance}|${stake}`)
      .sort(),
    totals: {
      events: String(truth.events),
      transfers: String(truth.counts.transfer),
      volume: String(truth.volume),
      supply: String(truth.totalSupply),
      burned: String(truth.burned),
      staked: String(truth.staked),
      rewards: String(truth.rewardsPaid),
      treasury: String(truth.treasuryBalance),
      revenue: String(truth.treasuryRevenue),
    },
    days: truth.days.map((day) =>
      [
        day.day,
        day.events,
        day.transfers,
        day.volume,
        day.burned,
        day.staked,
        day.rewardsPaid,
        day.supply,
        day.treasuryBalance,
      ].join('|'),
    ),
  }
}
