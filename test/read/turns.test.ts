import { setTimeout as sleep, setImmediate as tick } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTurns } from '../../src/read/turns'

const held = (): { readonly work: () => Promise<void>; readonly end: () => void } => {
  let end = (): void => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { work: () => ended, end }
}

test('so many are at work at once, and the others follow in the order in which they came', async () => {
  const turns = createTurns(2, 5_000)
  const begun: number[] = []
  const works = Array.from({ length: 6 }, held)
  const all = works.map(({ work }, index) =>
    turns.take(() => {
      begun.push(index)
      return work()
    }),
  )
  await tick()
  expect(begun).toEqual([0, 1])
  works[1]?.end()
  await all[1]
  await tick()
  expect(begun).toEqual([0, 1, 2])
  for (const { end } of works) end()
  await Promise.all(all)
  expect(begun).toEqual([0, 1, 2, 3, 4, 5])
})

test('one that fails gives its turn on, and fails alone', async () => {
  const turns = createTurns(1, 5_000)
  const failing = turns.take(async () => {
    await tick()
    throw new RangeError('not this one')
  })
  const next = turns.take(async () => 7)
  await expect(failing).rejects.toThrow('not this one')
  expect(await next).toBe(7)
  expect(await turns.take(async () => 8)).toBe(8)
})

test('who waits too long is refused, and takes no turn from anybody', async () => {
  const turns = createTurns(1, 20)
  const { work, end } = held()
  const first = turns.take(work)
  await expect(turns.take(async () => 1)).rejects.toMatchObject({ code: 'E5005' })
  end()
  await first
  expect(await turns.take(async () => 2)).toBe(2)
  await sleep(40)
  expect(await turns.take(async () => 3)).toBe(3)
})
