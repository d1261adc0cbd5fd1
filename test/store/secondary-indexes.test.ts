import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimDeployment } from '../../src/store/deployment'
import { migrate } from '../../src/store/migrate'
import { buildIndexes, deferIndexes, indexesPending } from '../../src/store/secondary-indexes'
import { hashOf, SEED } from '../support/history'
import { createTestDatabase } from '../support/postgres'

let client: Client
let drop: () => Promise<void>

beforeEach(async () => {
  const database = await createTestDatabase()
  client = new Client({ connectionString: database.url })
  await client.connect()
  drop = database.drop
  await migrate(client, database.url)
  await claimDeployment(client, {
    chainId: 1,
    genesisHash: hashOf('genesis'),
    fingerprint: hashOf('rules'),
    historySeed: SEED,
    token: '0x01',
    staking: '0x02',
    stable: '0x03',
    startBlock: 1,
    partial: [],
  })
})

afterEach(async () => {
  await client.end()
  await drop()
})

/** Everything that can be asked about the indexes and constraints of the tables. */
async function schema(): Promise<unknown> {
  const { rows: indexes } = await client.query(
    `SELECT tablename, indexname, indexdef, indisunique, indisprimary, indisvalid
     FROM pg_indexes JOIN pg_index ON indexrelid = quote_ident(indexname)::regclass
     WHERE schemaname = current_schema() ORDER BY indexname`,
  )
  const { rows: constraints } = await client.query(
    `SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE connamespace = current_schema()::regnamespace ORDER BY conname`,
  )
  return { indexes, constraints }
}

const secondary = async (): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE NOT indisunique AND relnamespace = current_schema()::regnamespace
       AND indrelid::regclass::text NOT IN ('correction', 'coverage', 'reconciliation') ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

const indexSomething = (): Promise<unknown> =>
  client.query(`INSERT INTO head VALUES ('head', 7, '0x07', now())`)

test('what is built at the end is what the migrations had made, to the last name', async () => {
  const before = await schema()
  const names = await secondary()
  expect(names.length).toBeGreaterThan(8)
  expect(await deferIndexes(client)).toBe(true)
  expect(await indexesPending(client)).toBe(true)
  expect(await secondary()).toEqual([])
  await indexSomething()
  const told: [string, number][] = []
  expect(await buildIndexes(client, (name, left) => told.push([name, left]))).toBe(names.length)
  expect(told.map(([name]) => name).sort()).toEqual(names)
  expect(told.map(([, left]) => left)).toEqual(names.map((_, index) => names.length - index))
  expect(await schema()).toEqual(before)
  expect(await indexesPending(client)).toBe(false)
})

describe('nothing is dropped', () => {
  test('where something is indexed already', async () => {
    const before = await schema()
    await indexSomething()
    expect(await deferIndexes(client)).toBe(false)
    expect(await schema()).toEqual(before)
    expect(await indexesPending(client)).toBe(false)
  })

  test('where nobody has claimed the database', async () => {
    await client.query('DELETE FROM deployment')
    const before = await schema()
    expect(await deferIndexes(client)).toBe(false)
    expect(await buildIndexes(client)).toBe(0)
    expect(await schema()).toEqual(before)
  })

  test('where dropping is cut off halfway', async () => {
    const before = await schema()
    const query = client.query.bind(client) as (text: string) => Promise<unknown>
    const cutOff = new Error('power cut')
    let drops = 0
    const weak = Object.create(client, {
      query: {
        value: (text: string) => {
          const isDrop = text.startsWith('DROP INDEX')
          drops += Number(isDrop)
          return isDrop && drops === 3 ? Promise.reject(cutOff) : query(text)
        },
      },
    }) as Client
    await expect(deferIndexes(weak)).rejects.toBe(cutOff)
    expect(await schema()).toEqual(before)
    expect(await indexesPending(client)).toBe(false)
  })
})

test('building that is cut off goes on where it was, and a restart before it does not drop again', async () => {
  const before = await schema()
  const names = await secondary()
  await deferIndexes(client)
  await indexSomething()
  expect(await deferIndexes(client)).toBe(true)
  const cutOff = new Error('power cut')
  const building = buildIndexes(client, (_, left) => {
    if (left === 3) throw cutOff
  })
  await expect(building).rejects.toBe(cutOff)
  expect(await secondary()).toHaveLength(names.length - 3)
  expect(await indexesPending(client)).toBe(true)
  expect(await buildIndexes(client)).toBe(3)
  expect(await schema()).toEqual(before)
  expect(await buildIndexes(client)).toBe(0)
})
