import type { Address } from 'viem'
import { createBlockProducer } from './block-producer'
import type { Contracts } from './contracts'
import { deployContracts } from './deploy'
import { playHistory } from './economy-script'
import { allocateGenesis } from './genesis-allocation'
import { createRandom } from './random'
import type { Roles } from './roles'
import type { Rpc } from './rpc'
import { dumpHistoricalStates } from './saved-state'
import type { Schedule } from './schedule'

export interface SeededChain {
  readonly contracts: Contracts
  /** Number of the last block of the set-up. */
  readonly setupBlock: number
  /** States after each block of the set-up, as the node writes them. */
  readonly setupStates: string
  /** Block of the locked grant. */
  readonly grantBlock: number
  readonly transactions: number
  readonly blocks: number
}

/** Transactions of an average hour, for the progress bar; the set-up has about SETUP_TRANSACTIONS. */
const HOURLY_TRANSACTIONS = 4.4
const SETUP_TRANSACTIONS = 620

/**
 * Makes the whole history on a chain that has only its block 0.
 * @throws ScriptedTransactionFailed if any transaction of the script reverted or was left out
 */
export async function seedChain(
  rpc: Rpc,
  roles: Roles,
  schedule: Schedule,
  seed: number,
  onProgress: (done: number, total: number) => void,
): Promise<SeededChain> {
  const producer = createBlockProducer(rpc)
  const estimate = SETUP_TRANSACTIONS + Math.round(schedule.hours * HOURLY_TRANSACTIONS)
  const report = (hoursDone: number): void => {
    const rest = Math.round((schedule.hours - hoursDone) * HOURLY_TRANSACTIONS)
    onProgress(producer.sent, hoursDone === 0 ? Math.max(estimate, producer.sent) : producer.sent + rest)
  }
  const nextBlock = async (): Promise<void> => {
    await producer.mine(schedule.setupTimestamp(producer.head + 1))
    report(0)
  }
  const contracts = await deployContracts(rpc, producer, roles, nextBlock)
  await allocateGenesis(producer, roles, contracts, nextBlock)
  const setupBlock = producer.head
  const setupStates = await dumpHistoricalStates(rpc)
  const stakes = new Map<Address, bigint>()
  const context = { rpc, sender: producer, random: createRandom(seed), roles, contracts, stakes }
  const { grantBlock } = await playHistory(context, producer, schedule, report)
  await producer.verified()
  return {
    contracts,
    setupBlock,
    setupStates,
    grantBlock,
    transactions: producer.sent,
    blocks: producer.head,
  }
}
