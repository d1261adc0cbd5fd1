import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  claimDeployment,
  type DeploymentIdentity,
  finalBlock,
  matchDeployment,
  writeSourceStatus,
} from '../../src/store/deployment'
import { addressOf, hashOf } from '../support/history'
import { createIndexerDatabase, type IndexerDatabase } from '../support/indexer-database'

const IDENTITY: DeploymentIdentity = {
  chainId: 8453,
  genesisHash: hashOf('genesis'),
  fingerprint: hashOf('rules'),
  historySeed: hashOf('seed'),
  token: addressOf(1),
  staking: addressOf(2),
  stable: addressOf(3),
  startBlock: 100,
  partial: ['stable'],
}

let database: IndexerDatabase

beforeAll(async () => {
  database = await createIndexerDatabase()
})

afterAll(() => database.close())

beforeEach(() => database.client.query('TRUNCATE deployment, source_status, head'))

/** Something has been indexed: from here on the claim counts. */
async function index(): Promise<void> {
  await database.client.query(
    `INSERT INTO head (id, block_number, hash, timestamp) VALUES ('head', 100, '0x', now())`,
  )
}

describe('a database belongs to one economy', () => {
  test('to none while it is fresh; to the one that claimed it from then on', async () => {
    const { client } = database
    expect(await matchDeployment(client, IDENTITY)).toBe(false)
    await claimDeployment(client, IDENTITY)
    await index()
    expect(await matchDeployment(client, IDENTITY)).toBe(true)
    const { rows } = await client.query('SELECT * FROM deployment')
    expect(rows).toEqual([
      {
        id: 'deployment',
        chain_id: 8453,
        genesis_hash: IDENTITY.genesisHash,
        fingerprint: IDENTITY.fingerprint,
        history_seed: IDENTITY.historySeed,
        token: IDENTITY.token,
        staking: IDENTITY.staking,
        stable: IDENTITY.stable,
        start_block: 100,
        partial: ['stable'],
        created_at: expect.any(Date),
        indexes_pending: false,
      },
    ])
  })

  test('may be claimed anew by a corrected configuration while nothing is indexed', async () => {
    const corrected = { ...IDENTITY, chainId: 1, fingerprint: hashOf('corrected') }
    await claimDeployment(database.client, IDENTITY)
    expect(await matchDeployment(database.client, corrected)).toBe(false)
    await claimDeployment(database.client, corrected)
    await index()
    expect(await matchDeployment(database.client, corrected)).toBe(true)
    await expect(matchDeployment(database.client, IDENTITY)).rejects.toMatchObject({ code: 'E4002' })
  })

  test.each<[keyof DeploymentIdentity, DeploymentIdentity[keyof DeploymentIdentity], string]>([
    ['chainId', 1, 'chain'],
    ['genesisHash', hashOf('another'), 'the chain that begins with block'],
    ['token', addressOf(9), 'token'],
    ['staking', addressOf(9), 'staking contract'],
    ['stable', addressOf(9), 'stable asset'],
    ['fingerprint', hashOf('other rules'), 'start blocks, wallets and exclusions with fingerprint'],
  ])('a different %s is named, with both values', async (key, value, what) => {
    await claimDeployment(database.client, IDENTITY)
    await index()
    const error = await matchDeployment(database.client, { ...IDENTITY, [key]: value }).catch(
      (thrown: unknown) => thrown,
    )
    const facts = { what, stored: String(IDENTITY[key]), configured: String(value) }
    expect(error).toMatchObject({ code: 'E4002', facts })
  })
})

describe('the newest final block', () => {
  test('is -1 before the first, and where the SDK has not even made its table', async () => {
    const fresh = await createIndexerDatabase()
    expect(await finalBlock(fresh.client)).toEqual({ height: -1, hash: '0x' })
    await fresh.client.query('DELETE FROM squid_processor.status')
    expect(await finalBlock(fresh.client)).toEqual({ height: -1, hash: '0x' })
    await fresh.client.query('DROP SCHEMA squid_processor CASCADE')
    expect(await finalBlock(fresh.client)).toEqual({ height: -1, hash: '0x' })
    await fresh.close()
  })

  test('is the one that the last batch ended with', async () => {
    const next = { height: 7, hash: hashOf('block', 7) }
    await database.finalized(next, async () => undefined)
    expect(await finalBlock(database.client)).toEqual(next)
  })
})

test('the state of the source is one row, the newest one', async () => {
  const { client } = database
  await writeSourceStatus(client, { url: 'http://one', chainHead: 10, chainFinalized: 4 })
  const first = await client.query<{ observed_at: Date }>('SELECT observed_at FROM source_status')
  await writeSourceStatus(client, { url: 'http://two', chainHead: 12, chainFinalized: 6 })
  const { rows } = await client.query<{ observed_at: Date }>('SELECT * FROM source_status')
  expect(rows).toMatchObject([{ id: 'source', url: 'http://two', chain_head: 12, chain_finalized: 6 }])
  expect(Number(rows[0]?.observed_at)).toBeGreaterThanOrEqual(Number(first.rows[0]?.observed_at))
})
