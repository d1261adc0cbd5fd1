import { afterAll, expect, test } from 'vitest'
import { startSimulator } from '../../../bench/ingest/simulator/simulator'
import { createSimulatedDatabase, dropSimulatedTemplate } from '../../support/simulated-database'
import { startSimulatedIndex } from '../../support/simulated-index'

afterAll(dropSimulatedTemplate)

test('every block whose bloom was looked at is counted, those behind the last one with events, too', async () => {
  // Few blocks have events, so that ranges end with many that have none.
  const chain = { blocks: 900, events: 60, active: 0.05, accounts: 20, finality: 20, noise: 1 }
  const simulator = await startSimulator({ chain })
  const database = await createSimulatedDatabase()
  const index = await startSimulatedIndex({
    chain: simulator.chain,
    urls: [simulator.url],
    database,
    verification: { mode: 'bloom' },
  })
  try {
    await index.reachesHead()
    const { rows } = await database.client.query(
      `SELECT verification, sum(to_block - from_block + 1)::int AS blocks, sum(blocks_checked)::int AS checked
       FROM coverage GROUP BY verification`,
    )
    const blocks = simulator.chain.head() - Number(await first(database.client)) + 1
    expect(rows).toEqual([{ verification: 'BLOOM', blocks, checked: blocks }])
  } finally {
    await index.stop()
    await database.drop()
    await simulator.close()
  }
})

async function first(client: {
  query(text: string): Promise<{ rows: { start_block: number }[] }>
}): Promise<number> {
  const { rows } = await client.query('SELECT start_block FROM deployment')
  return rows[0]?.start_block ?? Number.NaN
}
