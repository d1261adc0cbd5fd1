import { ZERO_ADDRESS } from '../../src/core/address'
import type { EconomyEvent, EventBlock } from '../../src/core/events'
import { fold } from '../../src/core/fold'
import type { Span } from '../../src/core/window'
import { BRIDGE, BUYBACK, INTERNAL, POLICY, STAKING, START, sha256 } from '../support/history'

/** What happened in a span of time. */
export interface Flows {
  readonly minted: bigint
  readonly burned: bigint
  readonly revenue: bigint
  readonly buybackSpent: bigint
  readonly rewardsFunded: bigint
  readonly rewardsPaid: bigint
  readonly transfers: number
}

const NOTHING: Flows = {
  minted: 0n,
  burned: 0n,
  revenue: 0n,
  buybackSpent: 0n,
  rewardsFunded: 0n,
  rewardsPaid: 0n,
  transfers: 0,
}

function add(flows: Flows, event: EconomyEvent): Flows {
  const { treasury } = POLICY
  switch (event.kind) {
    case 'transfer': {
      const { from, to, value, callers = [] } = event
      const isBridged = from === BRIDGE || (callers.includes(BRIDGE) && from !== BUYBACK)
      return {
        ...flows,
        transfers: flows.transfers + 1,
        minted: flows.minted + (from === ZERO_ADDRESS ? value : 0n),
        burned: flows.burned + (to === ZERO_ADDRESS && !isBridged ? value : 0n),
      }
    }
    case 'stableTransfer': {
      const { from, to, value } = event
      const enters = treasury.has(to) && !treasury.has(from) && from !== INTERNAL
      const leavesFor = treasury.has(from) ? to : undefined
      return {
        ...flows,
        revenue: flows.revenue + (enters ? value : 0n),
        buybackSpent: flows.buybackSpent + (leavesFor === BUYBACK ? value : 0n),
        rewardsFunded: flows.rewardsFunded + (leavesFor === STAKING ? value : 0n),
      }
    }
    case 'reward':
      return { ...flows, rewardsPaid: flows.rewardsPaid + event.amount }
    default:
      return flows
  }
}

/** Adds up the events of those blocks of a history that are in a span, one after the other. */
export function countEvents(blocks: readonly EventBlock[], isInside: (timestamp: number) => boolean): Flows {
  const inside = blocks.filter(({ block }) => isInside(block.timestamp))
  return inside.flatMap(({ events }) => events).reduce(add, NOTHING)
}

/** The same, as the figures at both ends of a span say it. */
export function flowsOf({ opening, closing }: Pick<Span, 'opening' | 'closing'>): Flows {
  return {
    minted: closing.minted - opening.minted,
    burned: closing.cumulativeBurn - opening.cumulativeBurn,
    revenue: closing.treasuryRevenue - opening.treasuryRevenue,
    buybackSpent: closing.treasuryOutflowBuyback - opening.treasuryOutflowBuyback,
    rewardsFunded: closing.treasuryOutflowRewards - opening.treasuryOutflowRewards,
    rewardsPaid: closing.rewardsPaid - opening.rewardsPaid,
    transfers: closing.transferCount - opening.transferCount,
  }
}

/** Base units × seconds, and × price, of what was staked. */
export interface Integrals {
  readonly stakeSeconds: bigint
  readonly unpricedStakeSeconds: bigint
  readonly stakeValueSeconds: bigint
}

/** Adds up stake × time from block to block between two times; the price of each block is taken as the fold has it. */
export function countStake(blocks: readonly EventBlock[], from: number, to: number): Integrals {
  const { snapshots } = fold(START, blocks, POLICY, sha256)
  const prices = new Map(snapshots.map(({ blockNumber, price }) => [blockNumber, price]))
  let integrals: Integrals = { stakeSeconds: 0n, unpricedStakeSeconds: 0n, stakeValueSeconds: 0n }
  let staked = 0n
  let price: bigint | null = null
  for (const [index, { block, events }] of blocks.entries()) {
    for (const event of events) {
      if (event.kind === 'stake') staked += event.amount
      if (event.kind === 'unstake') staked -= event.amount
    }
    price = prices.get(block.number) ?? price
    const until = Math.min(blocks[index + 1]?.block.timestamp ?? to, to)
    const seconds = until - Math.max(block.timestamp, from)
    if (seconds <= 0) continue
    const area = staked * BigInt(seconds)
    integrals = {
      stakeSeconds: integrals.stakeSeconds + area,
      unpricedStakeSeconds: integrals.unpricedStakeSeconds + (price === null ? area : 0n),
      stakeValueSeconds: integrals.stakeValueSeconds + area * (price ?? 0n),
    }
  }
  return integrals
}

export function integralsOf({ opening, closing }: Pick<Span, 'opening' | 'closing'>): Integrals {
  return {
    stakeSeconds: closing.stakeSeconds - opening.stakeSeconds,
    unpricedStakeSeconds: closing.unpricedStakeSeconds - opening.unpricedStakeSeconds,
    stakeValueSeconds: closing.stakeValueSeconds - opening.stakeValueSeconds,
  }
}

/** Blocks of which figures are written down: those with events, the first one, and where the exclusion list changes. */
export function hasFigures({ block, events }: EventBlock): boolean {
  const changes = POLICY.excluded.map(({ fromBlock }) => fromBlock)
  return events.length > 0 || [POLICY.startBlock, ...changes].includes(block.number)
}
