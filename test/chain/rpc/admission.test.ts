import { afterEach, expect, test } from 'vitest'
import { ChainMismatch, FinalityTagUnknown } from '../../../src/chain/errors'
import { createPool, type PoolOptions } from '../../../src/chain/rpc/pool'
import { type NodeServer, refuseWith, startNode } from './node-server'
import { closeAll, closing, nodes, pool, statusOf } from './open-pool'

afterEach(closeAll)

test('an endpoint that fails in a row rests, is probed, admitted anew, and used again', async () => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  let admitted = 0
  const told: string[] = []
  let comesBack: () => void = () => {}
  const back = new Promise<void>((resolve) => {
    comesBack = resolve
  })
  const tell = (_: object, message: string): void => {
    told.push(message)
    if (message.includes('answers again')) comesBack()
  }
  const rpc = await pool([first, second], {
    admit: async (_, name) => {
      if (name === 'a') admitted += 1
    },
    log: { debug: tell, info: tell, warn: tell, error: tell },
  })
  first.behave(({ send }) => send('oops', 500))
  for (let calls = 0; calls < 5; calls += 1) await rpc.call('eth_a', [])
  expect(statusOf(rpc, 'a')).toMatchObject({
    state: 'resting',
    reason: 'HTTP 500',
    errors: { unavailable: 5 },
  })
  expect(first.count('eth_a')).toBe(5)
  await rpc.call('eth_a', [])
  expect(first.count('eth_a')).toBe(5)
  first.behave(({ answer }) => answer(() => '0x1'))
  await back
  expect(admitted).toBe(2)
  expect(first.count('eth_chainId')).toBeGreaterThanOrEqual(1)
  expect((await rpc.call('eth_b', [])).endpoint).toBe('a')
  expect(told).toEqual(['a rests: HTTP 500', 'a answers again'])
})

test('an endpoint that is refused is never asked, and the statement is told', async () => {
  const servers = await nodes(2)
  const told: string[] = []
  const tell = (_: object, message: string): void => void told.push(message)
  const rpc = await pool(servers, {
    admit: async (_, name) => {
      if (name === 'a') throw new ChainMismatch({ url: 'a', expected: 1, found: 2 })
    },
    log: { debug: tell, info: tell, warn: tell, error: tell },
  })
  expect((await rpc.call('eth_a', [])).endpoint).toBe('b')
  expect(servers[0]?.received).toEqual([])
  expect(statusOf(rpc, 'a')).toMatchObject({ state: 'refused' })
  expect(told).toEqual([expect.stringMatching(/^a is refused: The node at a is on chain 2/)])
})

test('where all are refused, calls and the wait for readiness end with the statement of the most preferred', async () => {
  const rpc = createPool({
    endpoints: (await nodes(2)).map(({ url }, index) => ({ url, shownUrl: 'ab'[index] ?? '' })),
    admit: async (_, url) => {
      throw new ChainMismatch({ url, expected: 1, found: 2 })
    },
  })
  closing.push(rpc)
  const called = rpc.call('eth_a', [])
  await expect(rpc.ready(5_000)).rejects.toMatchObject({ code: 'E3003', facts: { url: 'a' } })
  await expect(called).rejects.toMatchObject({ code: 'E3003', facts: { url: 'a' } })
  await expect(rpc.call('eth_a', [])).rejects.toMatchObject({ code: 'E3003', facts: { url: 'a' } })
})

test('one that worked once is not refused for what it says when it comes back: it rests until it is well', async () => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  const looks: ('well' | 'ill')[] = ['well', 'ill', 'ill']
  const told: [level: string, message: string][] = []
  let comesBack: () => void = () => {}
  const back = new Promise<void>((resolve) => {
    comesBack = resolve
  })
  const tell =
    (level: string) =>
    (_: object, message: string): void => {
      told.push([level, message])
      if (message.includes('answers again')) comesBack()
      if (level === 'error') comesBack()
    }
  const rpc = await pool([first, second], {
    admit: async (_, name) => {
      if (name !== 'a' || looks.shift() !== 'ill') return
      expect(statusOf(rpc, 'a')?.state).toBe('resting')
      throw new ChainMismatch({ url: 'a', expected: 1, found: 2 })
    },
    log: { debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error') },
  })
  first.behave(({ send, answer, requests }) => {
    if (requests[0]?.method === 'eth_a') send('oops', 500)
    else answer(() => '0x1')
  })
  for (let calls = 0; calls < 5; calls += 1) await rpc.call('eth_a', [])
  await back
  expect(looks).toEqual([])
  expect((await rpc.call('eth_b', [])).endpoint).toBe('a')
  expect(told).toEqual([
    ['warn', 'a rests: HTTP 500'],
    ['warn', expect.stringMatching(/^a cannot be used again yet: The node at a is on chain 2/)],
    ['info', 'a answers again'],
  ])
})

test('one that does not know the finalized block yet is looked at again where there are several', async () => {
  const servers = await nodes(2)
  let isYoung = true
  const admit: PoolOptions['admit'] = async (_, url) => {
    if (!isYoung) return
    isYoung = url !== 'b'
    throw new FinalityTagUnknown({ url, tag: 'finalized', reason: 'finalized block not found' })
  }
  const rpc = await pool(servers, { admit })
  expect(rpc.status().map(({ state }) => state)).not.toContain('refused')
  isYoung = true
  await expect(pool(servers.slice(0, 1), { admit })).rejects.toMatchObject({ code: 'E3009' })
})

test('a Retry-After beyond what a timer can hold is not answered by asking at once, again and again', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  node.behave(refuseWith({ code: 429, message: 'slow down' }, 429, { 'retry-after': '99999999' }))
  const rpc = createPool({
    endpoints: [{ url: node.url, shownUrl: 'a' }],
    admit: async (call) => void (await call('eth_chainId', [])),
  })
  closing.push(rpc)
  await expect(rpc.ready(500)).rejects.toMatchObject({ code: 'E3002' })
  expect(node.received).toHaveLength(1)
})

test('what is concluded from an endpoint that does not answer does not refuse it', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  node.behave(({ send, answer }) => {
    if (node.received.length < 5) send('oops', 500)
    else answer(() => '0x1')
  })
  const rpc = await pool([node], {
    admit: async (call) => {
      await call('eth_chainId', []).catch(() => {
        throw new ChainMismatch({ url: 'a', expected: 1, found: Number.NaN })
      })
    },
  })
  expect(statusOf(rpc, 'a')?.state).toBe('ready')
})

test('nobody answers: the wait ends with the patience, and an endpoint that comes up later is used', async () => {
  const [gone] = (await nodes(1)) as [NodeServer]
  await gone.close()
  const rpc = createPool({
    endpoints: [{ url: gone.url, shownUrl: 'a' }],
    admit: async (call) => void (await call('eth_chainId', [])),
  })
  closing.push(rpc)
  await expect(rpc.ready(1_000)).rejects.toMatchObject({
    code: 'E3002',
    facts: { url: 'a', reason: 'the connection failed (ECONNREFUSED)' },
  })
  const called = rpc.call('eth_a', [])
  closing.push(await startNode(Number(new URL(gone.url).port)))
  expect((await called).value).toBe('eth_a')
})
