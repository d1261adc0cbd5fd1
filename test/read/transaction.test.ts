import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, openPool } from '../../src/read/transaction'
import { createTestDatabase } from '../support/postgres'

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const withPool = async <T>(
  url: string,
  use: (pool: ReturnType<typeof openPool>) => Promise<T>,
): Promise<T> => {
  const pool = openPool(url, () => undefined)
  try {
    return await use(pool)
  } finally {
    await pool.end()
  }
}

test('an answer that reads nothing needs no database', async () => {
  expect(
    await withPool('postgres://nobody@127.0.0.1:1/none', (pool) => inTransaction(pool, async () => 7)),
  ).toBe(7)
})

test('an unreachable database is said in a word that names no place', async () => {
  const failure = withPool('postgres://someone:secret@127.0.0.1:1/none', (pool) =>
    inTransaction(pool, (query) => query('select 1')),
  )
  await expect(failure).rejects.toMatchObject({ code: 'E5005', facts: { reason: 'ECONNREFUSED' } })
})

test('a connection that is cut costs one answer; the next one works', async () => {
  await withPool(database.url, async (pool) => {
    const cut = inTransaction(pool, (query) => query('select pg_terminate_backend(pg_backend_pid())'))
    await expect(cut).rejects.toMatchObject({ code: 'E5005' })
    expect(await inTransaction(pool, (query) => query('select 1 as one'))).toEqual([{ one: 1 }])
    expect(pool.totalCount).toBe(1)
  })
})

test('a statement that takes too long is ended', async () => {
  await withPool(database.url, async (pool) => {
    const slow = inTransaction(pool, async (query) => {
      await query('set local statement_timeout = 20')
      return query('select pg_sleep(60)')
    })
    await expect(slow).rejects.toMatchObject({ code: 'E5009' })
  })
})

test('nothing can be written', async () => {
  await withPool(database.url, async (pool) => {
    await expect(inTransaction(pool, (query) => query('create table x ()'))).rejects.toMatchObject({
      code: '25006',
    })
    await expect(pool.query('create table x ()')).rejects.toMatchObject({ code: '25006' })
  })
})

test('statements of one answer may be asked for at once; after the answer there are none', async () => {
  await withPool(database.url, async (pool) => {
    const query = await inTransaction(pool, async (run) => {
      const rows = await Promise.all([run('select 1 as n'), run('select 2 as n'), run('select 3 as n')])
      expect(rows.flat()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
      return run
    })
    await expect(query('select 1')).rejects.toThrow('after its answer')
    expect(pool.idleCount).toBe(1)
  })
})
