import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { ashao } from '../contestants/ashao'
import type { PrivatePostgres } from '../harness/private-postgres'
import { differences } from '../harness/verify'
import { expectedOf } from '../simulator/expected'
import { createRandom } from '../simulator/random'
import { type Simulator, startSimulator } from '../simulator/simulator'
import type { HeadOptions } from './head-options'
import { runProduct } from './run-product'
import { type HeadWatch, type ShownHead, watchHead } from './shown-head'

export type Transport = 'ws' | 'http'

/** What was waited for, in milliseconds each, and what differed from the truth in the end. */
export interface HeadMeasurement {
  readonly transport: Transport
  readonly blocks: readonly number[]
  readonly reorgs: readonly number[]
  readonly differences: readonly string[]
}

/** Two epochs of Ethereum: as deep as its chain may be replaced before it is final. */
const REORG_DEPTH = 64
const CHAIN = { blocks: 1_000, events: 4_000, noise: 20, finality: 128 }
const EVENTS_IN_BLOCK = 4

/** Runs the product over one transport, and waits for each new head to be shown. */
export async function measureHead(
  transport: Transport,
  options: HeadOptions & { readonly log: string },
  postgres: PrivatePostgres,
): Promise<HeadMeasurement> {
  const simulator = await startSimulator({ chain: CHAIN, latencyMs: options.latency })
  const databaseUrl = await postgres.createDatabase(`bench_head_${transport}`)
  const { chain, url, webSocketUrl } = simulator
  const product = await runProduct({
    rpcUrl: transport === 'ws' ? webSocketUrl : url,
    databaseUrl,
    economyFile: chain.economyFile(),
    pollMs: options.poll,
    build: options.build,
    log: options.log,
  })
  const watch = watchHead(product.port, product.isAlive)
  try {
    const random = createRandom(transport.length)
    await watch.shows(hashOfHead(simulator))
    const waitFor = async (times: number, change: () => void): Promise<number[]> => {
      const taken: number[] = []
      for (let time = 0; time < times; time += 1) {
        // At any moment between two questions of the indexer.
        await wait(random.below(options.poll))
        taken.push(await untilShown(simulator, watch, change))
      }
      return taken
    }
    const blocks = await waitFor(options.blocks, () => chain.advance(1, { events: EVENTS_IN_BLOCK }))
    const reorgs = await waitFor(options.reorgs, () => chain.reorg(REORG_DEPTH))
    const wrong = await wrongFigures(simulator, await watch.shows(hashOfHead(simulator)), databaseUrl)
    return { transport, blocks, reorgs, differences: wrong }
  } finally {
    watch.close()
    await product.stop()
    await simulator.close()
  }
}

function hashOfHead({ chain }: Simulator): string {
  return chain.store.facts(chain.head()).hash
}

/** @returns milliseconds from the change until its last block is shown */
async function untilShown(simulator: Simulator, watch: HeadWatch, change: () => void): Promise<number> {
  // The node makes its blocks in this process: it has them from here on.
  change()
  const since = performance.now()
  const { at } = await watch.shows(hashOfHead(simulator))
  return at - since
}

/** Everything that is stored, and what is shown of it. */
async function wrongFigures(
  { chain }: Simulator,
  { body }: ShownHead,
  databaseUrl: string,
): Promise<string[]> {
  const shown = JSON.parse(body) as Readonly<Record<string, unknown>>
  const truth = chain.truth()
  const figures = {
    balance: truth.treasuryBalance,
    totalSupply: truth.totalSupply,
    cumulativeBurn: truth.burned,
    staked: truth.staked,
    rewardsPaid: truth.rewardsPaid,
  }
  const wrong = Object.entries(figures)
    .filter(([name, value]) => shown[name] !== String(value))
    .map(([name, value]) => `the API shows ${name} ${shown[name]} instead of ${value}`)
  const database = new Client({ connectionString: databaseUrl })
  await database.connect()
  try {
    return [...wrong, ...(await differences(database, ashao.queries, expectedOf(chain)))]
  } finally {
    await database.end()
  }
}
