import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { untilReady } from '../../src/cli/ready'

interface Reason {
  readonly code: string
  readonly reason: string
}

const STALE: Reason = { code: 'E5003', reason: 'The newest indexed block is old.' }
const DIFFERENT: Reason = { code: 'E5011', reason: 'At block 7, staked is derived as 1.' }
const EMPTY: Reason = { code: 'E5002', reason: 'Nothing is indexed yet.' }

let server: Server | undefined
afterEach(() => server?.close())

/** An API that gives these reasons, one question after the other, and then none. */
async function api(...answers: Reason[][]): Promise<{ url: () => string; asked: () => number }> {
  let asked = 0
  server = createServer((_, response) => {
    const reasons = answers[asked] ?? []
    asked += 1
    response.end(JSON.stringify({ ready: reasons.length === 0, reasons }))
  })
  const listening = server
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  return { url: () => `http://127.0.0.1:${port}`, asked: () => asked }
}
const { signal } = new AbortController()

test('waits for what waiting mends, and then has nothing to say', async () => {
  const { url, asked } = await api([EMPTY], [EMPTY, STALE])
  expect(await untilReady(url, () => true, signal)).toEqual([])
  expect(asked()).toBe(3)
})

test('does not wait for what waiting does not mend, and says so', async () => {
  const { url, asked } = await api([STALE, DIFFERENT])
  expect(await untilReady(url, () => true, signal)).toEqual([
    'Newest figures are refused: The newest indexed block is old. Name a block, or raise MAX_LAG_SECONDS.',
    'Figures differ from the chain (E5011): At block 7, staked is derived as 1.',
  ])
  expect(asked()).toBe(1)
})

test('waits for it while there is more to index', async () => {
  const { url, asked } = await api([STALE], [DIFFERENT])
  expect(await untilReady(url, () => false, signal)).toEqual([])
  expect(asked()).toBe(3)
})
