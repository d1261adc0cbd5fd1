import type { Address } from 'viem'
import { CALL_GAS, GAS_PRICE, type TransactionSender } from './block-producer'
import { type Contracts, readNumber } from './contracts'
import type { EconomyContext } from './economy-context'
import {
  burnVoluntarily,
  claim,
  payJob,
  stakeMore,
  trade,
  transferBetweenHolders,
  unstakeSome,
} from './everyday'
import { createRandom } from './random'
import { advanceSplit, readSplitProgress } from './revenue-split'
import type { Roles } from './roles'
import { type Rpc, toQuantity } from './rpc'
import { demandAt } from './schedule'

const BLOCK_MILLISECONDS = 2_000
/** Blocks between two distributions: a burn a minute, so that whoever watches sees the rule at work. */
const ROUND_BLOCKS = 30
/** Mean credits of a job; a block of two seconds then earns what two seconds of the history did. */
const JOB_CREDITS = 130

/** What else happens in a block, with how often. */
const HABITS: readonly (readonly [
  probability: number,
  action: (context: EconomyContext) => Promise<void>,
])[] = [
  [0.12, transferBetweenHolders],
  [0.06, claim],
  [0.05, (context) => trade(context, 60)],
  [0.012, stakeMore],
  [0.005, unstakeSome],
  [0.003, burnVoluntarily],
]

export interface LiveChain {
  /** Ends after the block under construction. */
  stop(): Promise<void>
}

export interface LiveOptions {
  readonly rpc: Rpc
  readonly roles: Roles
  readonly contracts: Contracts
  readonly seed: number
  /** Called after each block; the next one waits for it, and does not come if the answer is no. */
  readonly afterBlock: () => Promise<boolean>
  readonly log: (message: string) => void
  /** Resolves when the node is gone: nothing can be mined any more. */
  readonly ended: Promise<void>
}

/** Goes on with a block every two seconds at the time of the clock. Strangers' transactions get in too. */
export async function startLive(options: LiveOptions): Promise<LiveChain> {
  const { rpc, roles, contracts, log } = options
  const head = await latestBlock(rpc)
  const random = createRandom(options.seed ^ head.number)
  const stakes = await readStakes(rpc, contracts, roles)
  const context = { rpc, sender: createLiveSender(rpc), random, roles, contracts, stakes }
  let split = await readSplitProgress(context, head.number)
  let running = true
  let wake: () => void = () => undefined
  void options.ended.then(() => {
    running = false
    wake()
  })

  const playBlock = async (): Promise<void> => {
    const { number, timestamp } = await latestBlock(rpc)
    split = await advanceSplit(context, split, number % ROUND_BLOCKS === 0)
    const now = Math.floor(Date.now() / 1000)
    const demand = demandAt(now, 1)
    if (random.chance(0.6 * demand)) await payJob(context, random.integer(JOB_CREDITS / 10, JOB_CREDITS * 2))
    for (const [probability, action] of HABITS) if (random.chance(probability)) await action(context)
    await rpc('evm_mine', [{ timestamp: Math.max(now, timestamp + 1) }])
    if (!(await options.afterBlock())) running = false
  }
  const loop = async (): Promise<void> => {
    while (running) {
      const begun = Date.now()
      await playBlock().catch((error: Error) => {
        if (running) log(`The local chain skipped a block: ${error.message}`)
      })
      const rest = Math.max(0, BLOCK_MILLISECONDS - (Date.now() - begun))
      if (running) await sleep(rest, (cancel) => (wake = cancel))
    }
  }
  const finished = loop()
  return {
    async stop() {
      running = false
      wake()
      await finished
    },
  }
}

/** Nonces are the node's: strangers may use the same accounts. */
function createLiveSender(rpc: Rpc): TransactionSender {
  return {
    async send({ from, to, data, gas = CALL_GAS }) {
      await rpc('eth_sendTransaction', [{ from, to, data, gas: toQuantity(gas), gasPrice: GAS_PRICE }])
    },
  }
}

async function latestBlock(rpc: Rpc): Promise<{ number: number; timestamp: number }> {
  const block = await rpc<{ number: string; timestamp: string }>('eth_getBlockByNumber', ['latest', false])
  return { number: Number(block.number), timestamp: Number(block.timestamp) }
}

async function readStakes(rpc: Rpc, contracts: Contracts, roles: Roles): Promise<Map<Address, bigint>> {
  const stakes = new Map<Address, bigint>()
  for (const account of [...roles.stakers, ...roles.workers]) {
    stakes.set(account, await readNumber(rpc, contracts.staking, 'stakeOf', [account]))
  }
  return stakes
}

function sleep(milliseconds: number, onCancel: (cancel: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    onCancel(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
