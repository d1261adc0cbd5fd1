import { type Address, type Hash, ZERO_ADDRESS } from '../../../src/core/address'
import type { EconomyEvent } from '../../../src/core/events'
import { inventHash, type Random } from '../../ingest/simulator/random'
import { addTo, moveStable, type Purses } from './purses'

/** Stands for the zero address among actors. */
export const NOBODY = -1

/** Says what happens in one block, and books it: each call is one log. */
export interface BlockWriter {
  readonly events: readonly EconomyEvent[]
  /** Token transfers among them. */
  readonly transfers: number
  /** What is said from here on happens in another transaction. */
  nextTransaction(): void
  transfer(from: number, to: number, value: bigint): void
  /** The Burn event, and the Transfer that it restates. */
  burn(burner: number, value: bigint): void
  stake(account: number, amount: bigint): void
  unstake(account: number, amount: bigint): void
  reward(account: number, amount: bigint): void
  flow(from: number, to: number, value: bigint): void
}

/** Opens a block that has nothing in it yet. */
export function openBlock(
  seed: number,
  blockNumber: number,
  actors: readonly Address[],
  purses: Purses,
  random: Random,
): BlockWriter {
  const events: EconomyEvent[] = []
  let [transfers, transactions, nextLog] = [0, 0, 0]
  let transactionHash: Hash = '0x'
  const addressOf = (actor: number): Address => actors[actor] ?? ZERO_ADDRESS
  const place = () => {
    // Logs of contracts that are none of ours lie between.
    const logIndex = nextLog
    nextLog += 1 + random.below(4)
    return { logIndex, transactionHash }
  }
  const writer: BlockWriter = {
    events,
    get transfers() {
      return transfers
    },
    nextTransaction() {
      transactionHash = inventHash(seed, blockNumber, transactions)
      transactions += 1
    },
    transfer(from, to, value) {
      if (from !== NOBODY) addTo(purses.balance, from, -value)
      if (to !== NOBODY) addTo(purses.balance, to, value)
      events.push({ kind: 'transfer', ...place(), from: addressOf(from), to: addressOf(to), value })
      transfers += 1
    },
    burn(burner, value) {
      events.push({ kind: 'burn', ...place(), from: addressOf(burner), value })
      writer.transfer(burner, NOBODY, value)
    },
    stake(account, amount) {
      addTo(purses.stake, account, amount)
      events.push({ kind: 'stake', name: 'Stake', ...place(), account: addressOf(account), amount })
    },
    unstake(account, amount) {
      addTo(purses.stake, account, -amount)
      events.push({ kind: 'unstake', name: 'Unstake', ...place(), account: addressOf(account), amount })
    },
    reward(account, amount) {
      purses.rewards -= amount
      events.push({ kind: 'reward', ...place(), account: addressOf(account), amount })
    },
    flow(from, to, value) {
      moveStable(purses, from, to, value)
      events.push({ kind: 'stableTransfer', ...place(), from: addressOf(from), to: addressOf(to), value })
    },
  }
  writer.nextTransaction()
  return writer
}
