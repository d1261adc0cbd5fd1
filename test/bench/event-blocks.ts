import type { SimulatedChain } from '../../bench/ingest/simulator/chain'
import type { ChainEvent } from '../../bench/ingest/simulator/truth'
import { type Hash, ZERO_ADDRESS } from '../../src/core/address'
import type { EconomyEvent, EventBlock } from '../../src/core/events'

/** The whole history of a simulated chain as the core folds it. */
export function eventBlocks(chain: SimulatedChain): EventBlock[] {
  const byBlock = new Map<number, ChainEvent[]>()
  for (const event of chain.events(0, chain.head())) {
    byBlock.set(event.blockNumber, [...(byBlock.get(event.blockNumber) ?? []), event])
  }
  return [...byBlock].map(([number, events]) => ({
    block: {
      number,
      hash: (events[0]?.blockHash ?? '0x') as Hash,
      parentHash: null,
      timestamp: events[0]?.timestamp ?? 0,
    },
    events: events.map(economyEvent),
  }))
}

function economyEvent(event: ChainEvent): EconomyEvent {
  const { kind, first, second = ZERO_ADDRESS, value, logIndex } = event
  const position = { logIndex, transactionHash: event.transactionHash as Hash }
  switch (kind) {
    case 'transfer':
      return { kind, from: first, to: second, value, ...position }
    case 'flow':
      return { kind: 'stableTransfer', from: first, to: second, value, ...position }
    case 'burn':
      return { kind, from: first, value, ...position }
    case 'stake':
      return { kind, name: 'Stake', account: first, amount: value, ...position }
    case 'unstake':
      return { kind, name: 'Unstake', account: first, amount: value, ...position }
    case 'reward':
      return { kind, account: first, amount: value, ...position }
  }
}
