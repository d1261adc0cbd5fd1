import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { burnFeed, correctionFeed, headFeed } from '../../src/graphql/live-feeds'
import { follow, type Messages } from '../../src/graphql/live-subscription'
import { singleFlight } from '../../src/graphql/single-flight'
import type { AsOf } from '../../src/read/as-of'
import type { CorrectionRow } from '../../src/read/corrections'
import type { EntityRow } from '../../src/read/entities/entity'
import type { ReadStore } from '../../src/read/reads'
import { Follower, move } from '../indexer/follower'
import { history } from '../support/history'
import { createLiveApi, type LiveApi } from './live-api'
import { beginChain, burn } from './live-chain'

let api: LiveApi
const open: Messages[] = []
beforeEach(async () => {
  api = await createLiveApi()
})
afterEach(async () => {
  for (const messages of open.splice(0)) await messages.return()
  await api.close()
})

/** Follows burns without a transport; news are the messages. */
async function followBurns(store = api.store, share = singleFlight()): Promise<Messages> {
  const messages = await follow(burnFeed(undefined), {
    store,
    commits: api.commits,
    answer: async (_reads, news) => ({ data: { burns: news } }),
    share,
  })
  open.push(messages)
  return messages
}

async function valuesOf(messages: Messages): Promise<string[]> {
  const { value } = await messages.next()
  return ((value?.data?.burns ?? []) as EntityRow[]).map((row) => String(row.value))
}

test('what is committed while nobody takes a message is told by one, however much it is', async () => {
  const chain = await beginChain(api)
  const messages = await followBurns()
  for (let value = 1n; value <= 20n; value += 1n) await chain.grow([burn(value)])
  expect(await valuesOf(messages)).toEqual(Array.from({ length: 20 }, (_, index) => `${index + 1}`))
  const next = valuesOf(messages)
  await chain.grow([], [burn(21n)])
  expect(await next).toEqual(['21'])
})

test('burns in blocks that had no events before a reorganisation are told, and those that stayed are not', async () => {
  const chain = await beginChain(api)
  const messages = await followBurns()
  await chain.grow([burn(1n)], [], [], [burn(2n)])
  expect(await valuesOf(messages)).toEqual(['1', '2'])
  // Below the newest burn that was told: only the corrections show that it is gone.
  await chain.reorganise(3, [burn(3n)], [], [])
  expect(await valuesOf(messages)).toEqual(['3'])
})

/** The same store, and how many looks at it have ended. */
function counting(): { store: ReadStore; looks: () => number } {
  let looks = 0
  return {
    store: {
      snapshot: (use) =>
        api.store.snapshot(use).finally(() => {
          looks += 1
        }),
    },
    looks: () => looks,
  }
}

test('several who ask for the same at once are answered by one look at the database', async () => {
  const chain = await beginChain(api)
  const { store, looks } = counting()
  const share = singleFlight()
  const followers = await Promise.all(Array.from({ length: 50 }, () => followBurns(store, share)))
  const before = looks()
  const told = Promise.all(followers.map(valuesOf))
  await chain.grow([burn(7n)])
  expect(await told).toEqual(followers.map(() => ['7']))
  // One before the commit, when nothing was new, and one after it.
  expect(looks() - before).toBeLessThanOrEqual(2)
})

test('a reason why nothing can be told is told once, however many commits there are', async () => {
  const chain = await beginChain(api)
  const { store, looks } = counting()
  const messages = await follow(
    headFeed((reads) => reads.resolve({ kind: 'head' })),
    {
      store,
      commits: api.commits,
      answer: async (_reads, news) => ({ data: { head: (news as AsOf).block } }),
      share: singleFlight(),
    },
  )
  open.push(messages)
  expect((await messages.next()).value?.data).toEqual({ head: 1 })
  api.maxLagSeconds = 60
  await chain.grow([])
  expect((await messages.next()).value?.errors?.[0]?.message).toMatch(/seconds old/)
  const later = messages.next()
  const before = looks()
  await chain.grow([])
  await expect.poll(looks).toBe(before + 1)
  api.maxLagSeconds = Number.MAX_SAFE_INTEGER
  await chain.grow([])
  expect((await later).value?.data).toEqual({ head: 4 })
})

test('one that waits ends as soon as it is ended, and hears of no commit any more', async () => {
  const chain = await beginChain(api)
  const messages = await followBurns()
  const waiting = messages.next()
  await messages.return()
  expect(await waiting).toEqual({ done: true, value: undefined })
  await chain.grow([burn(1n)])
  expect(await messages.next()).toEqual({ done: true, value: undefined })
})

test('after any reorganisations, burns that were told and not taken back are those that are there', async () => {
  const branches = fc.tuple(history, history, history)
  let count = 0
  const step = { move, isLooking: fc.boolean() }
  await fc.assert(
    fc.asyncProperty(
      branches,
      fc.array(fc.record(step), { minLength: 4, maxLength: 10 }),
      async (pool, steps) => {
        const [[genesis]] = pool
        if (genesis === undefined) throw new RangeError('a history begins with a mint')
        const live = await createLiveApi()
        try {
          const follower = new Follower(live.database, pool, genesis)
          await follower.start()
          const feeds = [burnFeed(undefined), correctionFeed(undefined)] as const
          let [burns, corrections] = await live.store.snapshot(
            async (reads) => [await feeds[0].begin(reads), await feeds[1].begin(reads)] as const,
          )
          const known = new Map<string, EntityRow>()
          const look = async (): Promise<void> => {
            const [added, taken] = await live.store.snapshot(
              async (reads) =>
                [await feeds[0].next(reads, burns), await feeds[1].next(reads, corrections)] as const,
            )
            ;[burns, corrections] = [added.position, taken.position]
            const isBurn = ({ entity }: CorrectionRow) => entity === 'BURN'
            for (const { rowId } of (taken.news ?? []).filter(isBurn)) known.delete(rowId)
            for (const row of added.news ?? []) {
              expect(known.has(String(row.id)), 'told twice').toBe(false)
              known.set(String(row.id), row)
              count += 1
            }
          }
          for (const [turn, each] of [...steps, { move: noMove, isLooking: true }].entries()) {
            await follower.follow(each.move, turn)
            if (each.isLooking) await look()
          }
          const { rows } = await live.database.client.query<{ id: string; value: string }>(
            'SELECT id, value FROM burn WHERE block_number > $1 ORDER BY id',
            [genesis.block.number],
          )
          const told = [...known.values()].map(({ id, value }) => ({ id, value: String(value) }))
          expect(told.sort((one, other) => (String(one.id) < String(other.id) ? -1 : 1))).toEqual(rows)
        } finally {
          await live.close()
        }
      },
    ),
    { numRuns: 8 },
  )
  // Else nothing was compared.
  expect(count).toBeGreaterThan(0)
})

const noMove = { undo: 0, add: 0, finalize: 0, branch: 0 }
