import type { Address } from './address'
import type { Books, Place } from './books'
import { unreachable } from './errors'
import type { StableTransferEvent } from './events'
import { HistoryIncomplete } from './history-errors'
import type { FlowDirection, FlowPurpose } from './ledger'
import type { Policy } from './policy'

/**
 * Books what entered or left the treasury, by purpose. A transfer between treasury wallets changes nothing; one with
 * no treasury wallet is a buyback wallet's (src/core/price.ts).
 */
export function applyTreasuryFlow(books: Books, event: StableTransferEvent, place: Place): void {
  const { economy, policy } = books
  const { from, to, value } = event
  if (!policy.treasury.has(from) && !policy.treasury.has(to)) return
  const { direction, purpose } = classifyFlow(from, to, policy)
  if (direction === 'IN') economy.treasuryBalance += value
  if (direction === 'OUT') economy.treasuryBalance -= value
  if (economy.treasuryBalance < 0n && !policy.partial.stable) {
    const figure = 'treasury balance'
    throw new HistoryIncomplete({ figure, account: from, value: economy.treasuryBalance, ...place })
  }
  if (direction !== 'WITHIN') addByPurpose(books, purpose, value)
  const { treasuryBalance } = economy
  books.ledger.treasuryFlows.push({ direction, purpose, from, to, value, treasuryBalance, ...place })
}

/** What a transfer of the stable asset is to the treasury; at least one side must be one of its wallets. */
export function classifyFlow(
  from: Address,
  to: Address,
  policy: Policy,
): { direction: FlowDirection; purpose: FlowPurpose } {
  const leaves = policy.treasury.has(from)
  const enters = policy.treasury.has(to)
  if (leaves && enters) return { direction: 'WITHIN', purpose: 'INTERNAL' }
  if (enters) return { direction: 'IN', purpose: policy.internal.has(from) ? 'INTERNAL' : 'REVENUE' }
  if (policy.buyback.has(to)) return { direction: 'OUT', purpose: 'BUYBACK' }
  if (policy.rewards.has(to)) return { direction: 'OUT', purpose: 'REWARDS' }
  return { direction: 'OUT', purpose: 'OTHER' }
}

function addByPurpose({ economy }: Books, purpose: FlowPurpose, value: bigint): void {
  switch (purpose) {
    case 'REVENUE':
      economy.treasuryRevenue += value
      break
    case 'INTERNAL':
      economy.treasuryInternalInflow += value
      break
    case 'BUYBACK':
      economy.treasuryOutflowBuyback += value
      break
    case 'REWARDS':
      economy.treasuryOutflowRewards += value
      break
    case 'OTHER':
      economy.treasuryOutflowOther += value
      break
    default:
      unreachable(purpose)
  }
}
