import { afterEach, expect, test } from 'vitest'
import { NodeUnreachable } from '../../../src/chain/errors'
import { createPool } from '../../../src/chain/rpc/pool'
import { BadAnswer } from '../../../src/chain/rpc/rpc'
import { type NodeServer, type Received, refuseWith } from './node-server'
import { closeAll, closing, nodes, pool, statusOf } from './open-pool'

afterEach(closeAll)

const logs = (from: number, to: number) => [
  { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` },
]

test('the first endpoint in order of preference answers', async () => {
  const rpc = await pool(await nodes(2))
  const names = await Promise.all([1, 2, 3, 4].map(async () => (await rpc.call('eth_a', [])).endpoint))
  expect(names).toEqual(['a', 'a', 'a', 'a'])
})

test.each<[string, (received: Received) => void]>([
  ['HTTP 500', ({ send }) => send('oops', 500)],
  ['a cut connection', ({ response }) => response.destroy()],
  ['HTML', ({ send }) => send('<html>')],
  ['an internal error', refuseWith({ code: -32603, message: 'Internal error' })],
  ['a rate limit', refuseWith({ code: 429, message: 'Too many requests' }, 429, { 'retry-after': '60' })],
  ['no such method', refuseWith({ code: -32601, message: 'Method not found' })],
  ['an invalid request', refuseWith({ code: -32600, message: 'Invalid Request' })],
  ['invalid params', refuseWith({ code: -32602, message: 'Invalid params' })],
  ['a revert that is none', refuseWith({ code: 3, message: 'execution reverted' })],
  ['missing authorization', refuseWith({ code: -32000, message: 'invalid api key' }, 401)],
])('after %s another endpoint answers at once', async (_, behaviour) => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  const rpc = await pool([first, second])
  first.behave(behaviour)
  const started = performance.now()
  expect(await rpc.call('eth_a', [])).toEqual({ value: 'eth_a', endpoint: 'b' })
  expect(performance.now() - started).toBeLessThan(1_000)
  expect(first.received).toHaveLength(1)
  expect(second.received).toHaveLength(1)
})

test('alone, an endpoint is asked again until it answers', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  node.behave(({ send, answer }) => {
    if (node.received.length < 4) send('oops', 500)
    else answer(() => 'at last')
  })
  expect((await rpc.call('eth_a', [])).value).toBe('at last')
  expect(statusOf(rpc, 'a')?.errors).toEqual({ unavailable: 3 })
})

test('Retry-After is waited for, with nothing sent before', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  const arrivals: number[] = []
  node.behave((received) => {
    arrivals.push(performance.now())
    if (arrivals.length > 1) received.answer(() => 1)
    else refuseWith({ code: 429, message: 'slow down' }, 429, { 'retry-after': '0.4' })(received)
  })
  const first = rpc.call('eth_a', [])
  await expect.poll(() => statusOf(rpc, 'a')?.errors['rate-limited'], { interval: 1 }).toBe(1)
  await Promise.all([first, rpc.call('eth_b', []), rpc.call('eth_c', [])])
  const [refusedAt = 0, ...later] = arrivals
  expect(later).toHaveLength(3)
  for (const arrival of later) expect(arrival - refusedAt).toBeGreaterThanOrEqual(400)
})

test('patience ends a call with what was last said', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  node.behave(({ send }) => send('oops', 500))
  const error = await rpc.call('eth_a', [], { patience: 150 }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(NodeUnreachable)
  expect(error).toMatchObject({ code: 'E3002', facts: { url: 'a', reason: 'HTTP 500' } })
})

test('a signal ends a call', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  const controller = new AbortController()
  node.behave(() => controller.abort(new Error('enough')))
  await expect(rpc.call('eth_a', [], { signal: controller.signal })).rejects.toThrow('enough')
})

test('an endpoint to avoid is asked only where there is no other', async () => {
  const servers = await nodes(2)
  const rpc = await pool(servers)
  expect((await rpc.call('eth_a', [], { avoid: new Set(['a']) })).endpoint).toBe('b')
  expect((await rpc.call('eth_a', [], { avoid: new Set(['a', 'b']) })).endpoint).toBe('a')
  const alone = await pool(servers.slice(0, 1))
  expect((await alone.call('eth_a', [], { avoid: new Set(['a']) })).endpoint).toBe('a')
})

test('one that was contradicted is asked last', async () => {
  const rpc = await pool(await nodes(2))
  rpc.distrust('a', 'it left out a log')
  expect((await rpc.call('eth_a', [])).endpoint).toBe('b')
  expect((await rpc.call('eth_a', [], { avoid: new Set(['b']) })).endpoint).toBe('a')
})

test('a slow answer is asked for elsewhere as well, and the loser is hung up on', async () => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  const rpc = await pool([first, second])
  const hungUp = new Promise<void>((resolve) => {
    first.behave(({ response }) => response.on('close', resolve))
  })
  expect(await rpc.call('eth_a', [])).toEqual({ value: 'eth_a', endpoint: 'b' })
  await hungUp
  // What never answers is clearly slower: nobody waits for it again.
  await rpc.call('eth_a', [])
  expect(first.received).toHaveLength(1)
})

test('a slow answer is not hurried by one that is to be avoided', async () => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  const rpc = await pool([first, second])
  first.behave(({ answer }) => setTimeout(() => answer(() => 'slow'), 1_000))
  expect(await rpc.call('eth_a', [], { avoid: new Set(['b']) })).toEqual({ value: 'slow', endpoint: 'a' })
  expect(second.received).toEqual([])
})

test('where calls have to wait, those of lower priority go first', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  const held: Received[] = []
  let full: () => void = () => {}
  const isFull = new Promise<void>((resolve) => {
    full = resolve
  })
  node.behave((received) => {
    held.push(received)
    if (held.length === 8) full()
  })
  const busy = Array.from({ length: 8 }, () => rpc.call('eth_busy', []))
  await isFull
  const order: string[] = []
  const later = ['eth_low', 'eth_high'].map((method, index) =>
    rpc.call(method, [], { priority: 1 - index }).then(() => order.push(method)),
  )
  node.behave(({ answer }) => answer(() => 1))
  held[0]?.answer(() => 1)
  await Promise.all(later)
  expect(order).toEqual(['eth_high', 'eth_low'])
  for (const each of held.slice(1)) each.answer(() => 1)
  await Promise.all(busy)
})

test('endpoints that are shown alike are told apart', async () => {
  const rpc = await pool(await nodes(2), {})
  expect(rpc.status().map(({ name }) => name)).toEqual(['a', 'b'])
  const [one, two] = await nodes(2)
  const twins = createPool({
    endpoints: [one, two].map((node) => ({ url: node?.url ?? '', shownUrl: 'same' })),
    admit: async () => {},
  })
  closing.push(twins)
  expect(twins.status().map(({ name }) => name)).toEqual(['same', 'same #2'])
})

test('no secret of a URL is in an error, a log or the status, whoever repeats it', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const url = `${node.url.replace('//', '//someuser:passw0rd@')}/v3/0123456789abcdef?apikey=querysecret`
  const secrets = /passw0rd|0123456789abcdef|querysecret|someuser|custom-secret/
  const told: unknown[] = []
  const tell = (facts: object, message: string): void => void told.push(facts, message)
  const echo = ({ http }: Received): string =>
    `${url} ${http.url} ${http.headers.authorization} custom-secret`
  node.behave((received) => {
    const message = `${echo(received)} querysecret`
    const first = received.requests[0]?.method
    if (first === 'eth_chainId') received.answer(() => '0x1')
    else if (first === 'eth_call') refuseWith({ code: 3, message, data: { url: message } })(received)
    else refuseWith({ code: -32603, message, data: message })(received)
  })
  const rpc = createPool({
    endpoints: [{ url, shownUrl: `${node.url}/***` }],
    admit: async (call) => void (await call('eth_chainId', [])),
    redact: (text) => text.replaceAll('custom-secret', '***').replaceAll(/Basic \S+/g, '***'),
    log: { debug: tell, info: tell, warn: tell, error: tell },
  })
  closing.push(rpc)
  await rpc.ready(5_000)
  const check = (): void => {
    throw new BadAnswer('untrusted', `${url} lies`)
  }
  const thrown = [
    await rpc.call('eth_call', []).catch((error: unknown) => error),
    await rpc.call('eth_getLogs', logs(0, 9)).catch((error: unknown) => error),
    await rpc.call('eth_other', [], { patience: 400 }).catch((error: unknown) => error),
    await rpc.call('eth_chainId', [], { check }).catch((error: unknown) => error),
  ]
  expect(thrown.map((error) => (error as Error).constructor.name)).toEqual([
    'RpcRejected',
    'RangeTooLarge',
    'NodeUnreachable',
    'NodeUntrusted',
  ])
  const all = thrown.map((error) => ({
    ...(error as object),
    message: String(error),
    stack: (error as Error).stack,
  }))
  expect(JSON.stringify([all, told, rpc.status()])).not.toMatch(secrets)
})

test('closing ends what is under way, and nothing is left open', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  const arrived = new Promise<void>((resolve) => node.behave(() => resolve()))
  const hanging = rpc.call('eth_a', []).catch((error: unknown) => error)
  const queued = Promise.allSettled(Array.from({ length: 50 }, () => rpc.call('eth_b', [])))
  await arrived
  await rpc.close()
  expect(await hanging).toMatchObject({ name: 'AbortError' })
  await expect.poll(() => node.connections(), { interval: 5 }).toBe(0)
  expect((await queued).every(({ status }) => status === 'rejected')).toBe(true)
  await expect(rpc.call('eth_a', [])).rejects.toMatchObject({ name: 'AbortError' })
})
