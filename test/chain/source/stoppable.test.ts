import { afterAll, expect, test } from 'vitest'
import { startSimulator } from '../../../bench/ingest/simulator/simulator'
import { createSimulatedDatabase, dropSimulatedTemplate } from '../../support/simulated-database'
import { startSimulatedIndex } from '../../support/simulated-index'
import { equalsTruth } from '../../support/simulated-truth'

const CHAIN = { blocks: 20_000, events: 2_000, active: 0.1, accounts: 100, finality: 16, noise: 0 }
/** Milliseconds between the signal and the end, of which a deployment gives ten thousand. */
const AT_MOST = 2_000

afterAll(dropSimulatedTemplate)

test('an indexer that is stopped ends between two batches, in its history and at the head', async () => {
  const simulator = await startSimulator({ chain: CHAIN, limits: { maxRange: 1_000 }, latencyMs: 250 })
  const { chain } = simulator
  const database = await createSimulatedDatabase()
  const options = { chain, urls: [simulator.url], database }
  const stopped = async (index: Awaited<ReturnType<typeof startSimulatedIndex>>): Promise<number> => {
    const began = performance.now()
    await index.stop()
    const took = performance.now() - began
    expect(took).toBeLessThan(AT_MOST)
    console.log(`stopped in ${took.toFixed(0)} ms, at block ${index.commits.at(-1)?.blocks.at(-1)?.height}`)
    return equalsTruth(database.client, chain)
  }
  try {
    const first = await startSimulatedIndex(options)
    await first.until(({ blocks }) => (blocks.at(-1)?.height ?? 0) > 200)
    const height = await stopped(first)
    expect(height).toBeGreaterThan(200)
    expect(height).toBeLessThan(chain.head())

    const second = await startSimulatedIndex(options)
    await second.reachesHead()
    expect(await stopped(second)).toBe(chain.head())
  } finally {
    await database.drop()
    await simulator.close()
  }
})
