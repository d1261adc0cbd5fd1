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

test('statements that each take little are ended when together they take too long', async () => {
  await withPool(database.url, async (pool) => {
    const limits = { statement: 10_000, answer: 300 }
    let done = 0
    const slow = inTransaction(
      pool,
      async (query) => {
        for (;;) {
          await query('select pg_sleep(0.05)')
          done += 1
        }
      },
      limits,
    )
    await expect(slow).rejects.toMatchObject({ code: 'E5009', facts: { limitMilliseconds: 300 } })
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThanOrEqual(6)
    const next = inTransaction(pool, (query) => query('show statement_timeout'))
    expect(await next).toEqual([{ statement_timeout: '10s' }])
  })
})

test('the last of several statements is ended when the answer has to be', async () => {
  await withPool(database.url, async (pool) => {
    const begun = performance.now()
    const slow = inTransaction(pool, (query) => query('select pg_sleep(60)'), {
      statement: 10_000,
      answer: 100,
    })
    await expect(slow).rejects.toMatchObject({ code: 'E5009', facts: { limitMilliseconds: 100 } })
    expect(performance.now() - begun).toBeLessThan(5_000)
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
