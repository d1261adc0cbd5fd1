import type { Address } from './address'

/** A wallet whose tokens do not circulate from `fromBlock` on. */
export interface Exclusion {
  readonly address: Address
  readonly label: string
  readonly fromBlock: number
}

/** Contracts whose history before their start block was left out on purpose. */
export interface PartialHistory {
  readonly token: boolean
  readonly staking: boolean
  readonly stable: boolean
}

/** The rules that turn events into figures: who is who, and how revenue is split. */
export interface Policy {
  /** First indexed block: it has a snapshot even without events, so that every covered block has figures. */
  readonly startBlock: number
  readonly staking: Address
  /** Whether staked tokens move to the staking contract, rather than stay with their owner. */
  readonly custody: boolean
  /** Decimals of base units; `reward` is those of the token or of the stable asset. */
  readonly decimals: { readonly token: number; readonly stable: number; readonly reward: number }
  /** What `RewardPaid` is denominated in. */
  readonly rewardToken: 'stable' | 'token'
  readonly treasury: ReadonlySet<Address>
  readonly buyback: ReadonlySet<Address>
  readonly rewards: ReadonlySet<Address>
  readonly internal: ReadonlySet<Address>
  readonly bridges: ReadonlySet<Address>
  readonly dead: ReadonlySet<Address>
  readonly excluded: readonly Exclusion[]
  readonly partial: PartialHistory
  /** The cap on the token's supply, in base units. */
  readonly maxSupply: bigint
  /** Share of revenue that buys and burns, in basis points. */
  readonly burnBps: number
  /** Share of revenue that is paid to stakers, in basis points. */
  readonly rewardsBps: number
  readonly unstakedWorkerBps: number
  readonly stakedWorkerBps: number
  /** Stake from which a worker counts as staked, in base units; 0 means any stake. */
  readonly minimumWorkerStake: bigint
  /** US dollars for one credit, in units of 10⁻¹⁸. */
  readonly creditPrice: bigint
}

/** The wallets whose tokens do not circulate at `block`: the treasury's own, dead ones, and the versioned list. */
export function excludedWallets(policy: Policy, block: number): ReadonlySet<Address> {
  const wallets = new Set<Address>([...policy.treasury, ...policy.dead])
  for (const { address, fromBlock } of policy.excluded) if (fromBlock <= block) wallets.add(address)
  return wallets
}

/** The wallets that are excluded at any block: those whose balances the fold must always know. */
export function everExcluded(policy: Policy): ReadonlySet<Address> {
  return excludedWallets(policy, Number.POSITIVE_INFINITY)
}

/** The blocks that have a snapshot, events or not: the first one, and each at which the exclusion list changes. */
export function snapshotBlocks({ startBlock, excluded }: Policy): readonly number[] {
  const changes = excluded.map(({ fromBlock }) => fromBlock).filter((block) => block > startBlock)
  return [...new Set([startBlock, ...changes])].sort((a, b) => a - b)
}

/** The share of a job's value that a worker with this stake keeps, in basis points. */
export function workerShareBps(policy: Policy, staked: bigint): number {
  const qualifies = staked > 0n && staked >= policy.minimumWorkerStake
  return qualifies ? policy.stakedWorkerBps : policy.unstakedWorkerBps
}

/** A leg's claim on revenue, in base units of the stable asset, rounded down. */
export function allocated(revenue: bigint, bps: number): bigint {
  return (revenue * BigInt(bps)) / 10_000n
}
