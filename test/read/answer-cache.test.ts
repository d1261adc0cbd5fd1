import { expect, test } from 'vitest'
import { type Answer, createAnswerCache } from '../../src/read/answer-cache'

function kept(mostCharacters = 1_000) {
  const state = { version: 1 as number | undefined, now: 10.2, made: 0 }
  const cache = createAnswerCache({ version: () => state.version, now: () => state.now, mostCharacters })
  const ask = (key: string, status = 200) =>
    cache.answer(key, async () => {
      state.made += 1
      return { status, headers: {}, body: `${key} ${state.made}` }
    })
  return { state, cache, ask }
}

test('the same question gets the same answer within a second and a commit', async () => {
  const { state, ask } = kept()
  const first = await ask('a')
  state.now = 10.9
  expect(await ask('a')).toBe(first)
  expect((await ask('b')).body).toBe('b 2')
  state.now = 11
  expect((await ask('a')).body).toBe('a 3')
  state.version = 2
  expect((await ask('a')).body).toBe('a 4')
})

test('those who ask while it is made wait with the first; a commit meanwhile is not missed', async () => {
  const { state, cache } = kept()
  let finish: (answer: Answer) => void = () => undefined
  const make = () => new Promise<Answer>((resolve) => (finish = resolve))
  const both = [cache.answer('a', make), cache.answer('a', () => Promise.reject(new Error('asked twice')))]
  state.version = 2
  const later = cache.answer('a', async () => ({ status: 200, headers: {}, body: 'new' }))
  finish({ status: 200, headers: {}, body: 'old' })
  expect((await Promise.all(both)).map(({ body }) => body)).toEqual(['old', 'old'])
  expect((await later).body).toBe('new')
  expect((await cache.answer('a', () => Promise.reject(new Error('not kept')))).body).toBe('new')
})

test('what failed is asked again', async () => {
  const { state, cache, ask } = kept()
  await expect(cache.answer('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect((await ask('a', 503)).body).toBe('a 1')
  expect((await ask('a')).body).toBe('a 2')
  expect((await ask('a')).body).toBe('a 2')
  expect(state.made).toBe(2)
})

test('nothing is kept while commits may go unheard', async () => {
  const { state, ask } = kept()
  state.version = undefined
  expect((await ask('a')).body).toBe('a 1')
  expect((await ask('a')).body).toBe('a 2')
})

test('only so much is kept', async () => {
  const { ask } = kept(20)
  expect((await ask('a')).body).toBe('a 1')
  expect((await ask('a')).body).toBe('a 1')
  const long = 'b'.repeat(12)
  expect((await ask(long)).body).toBe(`${long} 2`)
  expect((await ask(long)).body).toBe(`${long} 3`)
  expect((await ask('a')).body).toBe('a 1')
})
