import { afterAll, afterEach, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../../bench/ingest/simulator/simulator'
import { passOn, serveOnLoopback } from '../../support/loopback-server'
import { createSimulatedDatabase, dropSimulatedTemplate } from '../../support/simulated-database'
import { startSimulatedIndex } from '../../support/simulated-index'
import { equalsTruth } from '../../support/simulated-truth'

const CHAIN = { blocks: 200, events: 400, accounts: 40, finality: 30, noise: 2 }

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})
afterAll(dropSimulatedTemplate)

async function indexOf(simulator: Simulator, urls: readonly string[]) {
  const database = await createSimulatedDatabase()
  opened.push(database.drop)
  const index = await startSimulatedIndex({ chain: simulator.chain, urls, database })
  opened.push(index.stop)
  return { index, database }
}

test('a node that falls far behind while history is read cuts no range without being asked how far it is', async () => {
  let asked = 0
  const simulator = await startSimulator({
    chain: CHAIN,
    limits: { maxRange: 20 },
    onCall: ({ method }) => {
      if (method === 'eth_getLogs') asked += 1
      // Beyond its own head it gives no logs, and does not say so.
      if (asked === 3) simulator.setLag(150)
    },
  })
  opened.push(simulator.close)
  const honest = await simulator.endpoint({})
  opened.push(honest.close)
  const { index, database } = await indexOf(simulator, [simulator.url, honest.url])
  await index.reachesHead()
  expect(asked).toBeGreaterThan(3)
  await equalsTruth(database.client, simulator.chain)
})

test('a node that calls its head final is not believed alone: a reorganisation is followed all the same', async () => {
  const simulator = await startSimulator({ chain: CHAIN })
  opened.push(simulator.close)
  let lies = 0
  const liar = await serveOnLoopback(async (body) => {
    lies += body.split('"finalized"').length - 1
    return passOn(simulator.url, body.replaceAll('"finalized"', '"latest"'))
  })
  opened.push(liar.close)
  const { index, database } = await indexOf(simulator, [liar.url, simulator.url])
  await index.reachesHead()
  simulator.chain.advance(3, { events: 6 })
  await index.reachesHead()
  simulator.chain.reorg(5, { blocks: 6, events: 9 })
  await index.reachesHead()
  expect(lies).toBeGreaterThan(0)
  await equalsTruth(database.client, simulator.chain)
})
