import { afterEach, expect, test } from 'vitest'
import { ChainMismatch, FinalityTagUnknown, NodeUnreachable, NodeUntrusted } from '../../../src/chain/errors'
import { createPool, type PoolOptions } from '../../../src/chain/rpc/pool'
import { BadAnswer, RangeTooLarge, type Rpc, RpcRejected } from '../../../src/chain/rpc/rpc'
import { type NodeServer, type Received, refuseWith, startNode } from './node-server'

const closing: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

async function nodes(count: number): Promise<NodeServer[]> {
  const started = await Promise.all(Array.from({ length: count }, () => startNode()))
  closing.push(...started)
  return started
}

/** A pool that admits everybody, ready; endpoints are shown as a, b, c. */
async function pool(servers: readonly { url: string }[], options: Partial<PoolOptions> = {}): Promise<Rpc> {
  const rpc = createPool({
    endpoints: servers.map(({ url }, index) => ({ url, shownUrl: 'abc'[index] ?? 'd' })),
    admit: async () => {},
    ...options,
  })
  closing.push(rpc)
  await rpc.ready(5_000)
  return rpc
}

const logs = (from: number, to: number) => [
  { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` },
]
const statusOf = (rpc: Rpc, name: string) => rpc.status().find((each) => each.name === name)

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

test.each(['eth_call', 'eth_estimateGas'])(
  'what %s is refused for is thrown at once, with its data',
  async (method) => {
    const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
    const rpc = await pool([first, second])
    first.behave(refuseWith({ code: 3, message: 'execution reverted', data: '0x08c379a0' }))
    const error = await rpc.call(method, []).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RpcRejected)
    expect(error).toMatchObject({ errorClass: 'rejected', code: 3, data: '0x08c379a0', endpoint: 'a' })
    expect(second.received).toHaveLength(0)
  },
)

test.each([
  ['unsupported', -32601, 'Method not found'],
  ['rejected', -32602, 'Invalid params'],
])(
  'what everybody takes to be %s is refused, once everybody was asked',
  async (errorClass, code, message) => {
    const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
    const rpc = await pool([first, second])
    for (const node of [first, second]) node.behave(refuseWith({ code, message }))
    const error = await rpc.call('eth_a', []).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RpcRejected)
    expect(error).toMatchObject({ errorClass, code })
    expect([first.received.length, second.received.length]).toEqual([1, 1])
  },
)

test('a method that an endpoint lacks is not asked for there again', async () => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  const rpc = await pool([first, second])
  first.behave(refuseWith({ code: -32601, message: 'Method not found' }))
  await rpc.call('eth_a', [])
  await rpc.call('eth_a', [])
  expect(first.count('eth_a')).toBe(1)
})

test("a range that is too large is the caller's to divide, and is learned", async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  expect(rpc.logRange()).toBe(2_000)
  node.behave(refuseWith({ code: -32614, message: 'eth_getLogs is limited to a 1,000 range' }))
  const error = await rpc.call('eth_getLogs', logs(0, 1_999)).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(RangeTooLarge)
  expect(error).toMatchObject({ blocks: 1_000, endpoint: 'a' })
  expect(rpc.logRange()).toBe(1_000)
})

test('a block whose logs are too many goes elsewhere, and is refused where there is nowhere', async () => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  const rpc = await pool([first, second])
  const tooMany = refuseWith({ code: -32005, message: 'query returned more than 10000 results' })
  first.behave(tooMany)
  expect((await rpc.call('eth_getLogs', logs(5, 5))).endpoint).toBe('b')
  second.behave(tooMany)
  await expect(rpc.call('eth_getLogs', logs(5, 5))).rejects.toMatchObject({ errorClass: 'unsupported' })
})

test('a range that fails again and again without a reason is taken to be too large', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  node.behave(refuseWith({ code: -32603, message: 'Internal error' }))
  await expect(rpc.call('eth_getLogs', logs(0, 9))).rejects.toBeInstanceOf(RangeTooLarge)
  expect(node.received).toHaveLength(3)
})

test('batches shrink to what is taken, down to none at all, and every question is answered in order', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  node.behave((received) => {
    const { requests, isBatch } = received
    if (isBatch && requests.length > 1) {
      received.send({
        jsonrpc: '2.0',
        id: null,
        error: { code: -32600, message: 'Batched requests are not supported' },
      })
    } else received.answer(({ params }) => params[0])
  })
  const numbers = Array.from({ length: 50 }, (_, index) => index)
  const answers = await rpc.callEach(
    'eth_a',
    numbers.map((number) => [number]),
  )
  expect(answers.map(({ value }) => value)).toEqual(numbers)
  expect(statusOf(rpc, 'a')?.batchSize).toBe(1)
})

test('only what failed of a batch is asked again', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  node.behave(({ requests, send, answer }) => {
    if (node.received.length > 1) {
      answer(({ params }) => params[0])
      return
    }
    send(
      requests.map(({ id, params }) => ({
        ...{ jsonrpc: '2.0', id },
        ...(Number(params[0]) % 2
          ? { error: { code: -32603, message: 'Internal error' } }
          : { result: params[0] }),
      })),
    )
  })
  const answers = await rpc.callEach('eth_a', [[0], [1], [2], [3]])
  expect(answers.map(({ value }) => value)).toEqual([0, 1, 2, 3])
  expect(node.received.map(({ requests }) => requests.length)).toEqual([4, 2])
})

test('an empty list of questions is answered without asking', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  expect(await rpc.callEach('eth_a', [])).toEqual([])
  expect(node.received).toEqual([])
})

test('an answer that fails its check is asked for elsewhere, and counted', async () => {
  const [first, second] = (await nodes(2)) as [NodeServer, NodeServer]
  const rpc = await pool([first, second])
  const check = (_: unknown, __: number, endpoint: string): void => {
    if (endpoint === 'a') throw new BadAnswer('untrusted', 'a lie')
  }
  expect((await rpc.call('eth_a', [], { check })).endpoint).toBe('b')
  expect(statusOf(rpc, 'a')?.errors).toEqual({ untrusted: 1 })
})

test('where every answer fails its check, the call fails with a statement', async () => {
  const servers = await nodes(2)
  const rpc = await pool(servers)
  const check = (): void => {
    throw new BadAnswer('untrusted', 'the hash is another')
  }
  const error = await rpc.call('eth_a', [], { check }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(NodeUntrusted)
  expect(error).toMatchObject({
    code: 'E3014',
    facts: { method: 'eth_a', what: 'the hash is another', tries: 10 },
  })
})

test('an error of the check that judges nothing is thrown on', async () => {
  const rpc = await pool(await nodes(1))
  const check = (): void => {
    throw new TypeError('a fault of ours')
  }
  await expect(rpc.call('eth_a', [], { check })).rejects.toThrow(TypeError)
})

test('a lagging replica is asked until it has the block', async () => {
  const [node] = (await nodes(1)) as [NodeServer]
  const rpc = await pool([node])
  node.behave((received) => {
    if (node.received.length < 6) refuseWith({ code: -32000, message: 'header not found' })(received)
    else received.answer(() => 'there')
  })
  expect((await rpc.call('eth_a', [])).value).toBe('there')
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

test('one that worked once is not refused for what it says when it comes back: it rests, and is used once it is well', async () => {
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
