import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Failure } from '../../../src/chain/rpc/failure'
import { createHttpTransport } from '../../../src/chain/rpc/http-transport'
import type { ErrorClass } from '../../../src/chain/rpc/rpc'
import type { Reply, Transport } from '../../../src/chain/rpc/transport'
import { type NodeServer, type Received, startNode } from './node-server'

let node: NodeServer
let transport: Transport
const traffic = { requests: 0, bytesSent: 0, bytesReceived: 0 }
const LIMIT = 10_000

beforeAll(async () => {
  node = await startNode()
  const url = new URL(`${node.url.replace('//', '//user:p%40ss@')}/v3/key?token=secret`)
  transport = createHttpTransport({ url, traffic, answerLimit: LIMIT, random: Math.random, onHead: () => {} })
})

afterAll(async () => {
  await transport.close()
  await node.close()
})

const question = (method: string) => ({ method, params: [] })

async function ask(
  methods: string[],
  behaviour: (received: Received) => void,
  timeout = 5_000,
): Promise<readonly Reply[]> {
  node.behave(behaviour)
  const signal = new AbortController().signal
  return (await transport.ask(methods.map(question), { timeout, signal })).replies
}

/** The class of what one question, or a batch of two, comes to. */
async function classOf(
  behaviour: (received: Received) => void,
  size = 1,
  timeout?: number,
): Promise<ErrorClass | 'answered'> {
  try {
    const [reply] = await ask(['eth_a', 'eth_b'].slice(0, size), behaviour, timeout)
    return reply instanceof Failure ? reply.errorClass : 'answered'
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    return (error as Failure).errorClass
  }
}

test('credentials, path and query of the URL arrive; nothing of them is in the body', async () => {
  expect(await ask(['eth_a'], ({ answer }) => answer(() => 'yes'))).toEqual([{ value: 'yes' }])
  const [{ http } = node.received[0] as Received] = node.received.slice(-1)
  expect(http.headers.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`)
  expect(http.url).toBe('/v3/key?token=secret')
})

test('answers of a batch belong to their ids, in whatever order they come', async () => {
  const replies = await ask(['eth_a', 'eth_b', 'eth_c'], ({ requests, send }) => {
    send([...requests].reverse().map(({ id, method }) => ({ jsonrpc: '2.0', id, result: method })))
  })
  expect(replies).toEqual([{ value: 'eth_a' }, { value: 'eth_b' }, { value: 'eth_c' }])
})

test('one that is missing in a batch, or has an error, does not spoil the others', async () => {
  const replies = await ask(['eth_a', 'eth_b', 'eth_c'], ({ requests, send }) => {
    const [, second, third] = requests
    send([
      { jsonrpc: '2.0', id: third?.id, error: { code: -32000, message: 'header not found' } },
      { jsonrpc: '2.0', id: 99, result: 'a stranger' },
      { jsonrpc: '2.0', id: second?.id, result: null },
    ])
  })
  expect(replies.map((reply) => (reply instanceof Failure ? reply.errorClass : reply.value))).toEqual([
    'malformed',
    null,
    'behind',
  ])
})

const envelope = { jsonrpc: '2.0', id: 1 }

test.each<[what: string, behaviour: (received: Received) => void, errorClass: ErrorClass | 'answered']>([
  ['HTML', ({ send }) => send('<html>busy</html>'), 'malformed'],
  ['nothing', ({ send }) => send(''), 'malformed'],
  ['half of the JSON', ({ send }) => send('{"jsonrpc":"2.0","id":1,"resu'), 'malformed'],
  ['a number', ({ send }) => send('17'), 'malformed'],
  ['another id', ({ send }) => send({ ...envelope, id: 7, result: 'yes' }), 'malformed'],
  ['the id as a text', ({ send }) => send({ ...envelope, id: '1', result: 'yes' }), 'answered'],
  ['neither result nor error', ({ send }) => send(envelope), 'malformed'],
  [
    'an error of null beside a result',
    ({ send }) => send({ ...envelope, error: null, result: 1 }),
    'answered',
  ],
  ['a list of one', ({ send }) => send([{ ...envelope, result: 1 }]), 'answered'],
  [
    'an error without an id',
    ({ send }) => send({ ...envelope, id: null, error: { code: 429, message: '' } }),
    'rate-limited',
  ],
  ['HTML with 502', ({ send }) => send('<html>Bad gateway</html>', 502), 'unavailable'],
  ['JSON of a gateway with 403', ({ send }) => send({ message: 'no' }, 403), 'unauthorized'],
  [
    'an error with 400',
    ({ send }) => send({ ...envelope, error: { code: -32600, message: 'block range is too wide' } }, 400),
    'too-large',
  ],
  ['a cut connection', ({ response }) => response.destroy(), 'unavailable'],
  [
    'half of a promised body',
    ({ response }) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write('{"json')
      setImmediate(() => response.destroy())
    },
    'unavailable',
  ],
  ['a broken gzip', ({ send }) => send('not packed', 200, { 'content-encoding': 'gzip' }), 'malformed'],
  ['more than is read', ({ send }) => send({ ...envelope, result: 'x'.repeat(LIMIT) }), 'too-large'],
  [
    'more than is read once unpacked',
    ({ response }) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync('x'.repeat(50 * LIMIT)))
    },
    'too-large',
  ],
  [
    'gzip',
    ({ response }) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync(JSON.stringify({ ...envelope, result: 1 })))
    },
    'answered',
  ],
])('a single question that is answered by %s', async (_, behaviour, errorClass) => {
  expect(await classOf(behaviour)).toBe(errorClass)
})

test.each<[what: string, body: unknown, errorClass: ErrorClass]>([
  [
    'invalid request',
    { ...envelope, id: null, error: { code: -32600, message: 'Invalid Request' } },
    'batch-too-large',
  ],
  [
    'one error in a list',
    [{ ...envelope, id: null, error: { code: -32600, message: 'batch too large' } }],
    'batch-too-large',
  ],
  ['a rate limit', { ...envelope, id: null, error: { code: 429, message: 'slow down' } }, 'rate-limited'],
  ['one result', { ...envelope, result: 1 }, 'malformed'],
])('a batch that is answered by %s', async (_, body, errorClass) => {
  expect(await classOf(({ send }) => send(body), 2)).toBe(errorClass)
})

test('an answer that trickles in ends with the deadline, and so does one that never begins', async () => {
  const trickle = ({ response }: Received): void => {
    response.writeHead(200)
    const timer = setInterval(() => response.write(' '), 5)
    response.on('close', () => clearInterval(timer))
  }
  expect(await classOf(trickle, 1, 100)).toBe('timeout')
  expect(await classOf(() => {}, 1, 100)).toBe('timeout')
})

test('an aborted question rejects with the reason, and hangs up', async () => {
  const controller = new AbortController()
  const hungUp = new Promise<void>((resolve) => {
    node.behave(({ response }) => {
      response.on('close', resolve)
      controller.abort(new Error('enough'))
    })
  })
  const asked = transport.ask([question('eth_a')], { timeout: 5_000, signal: controller.signal })
  await expect(asked).rejects.toThrow('enough')
  await hungUp
})

test('a closed port is unavailable, and what is told of it names nobody', async () => {
  const gone = await startNode()
  await gone.close()
  const url = new URL(`${gone.url}/secret`)
  const other = createHttpTransport({
    url,
    traffic,
    answerLimit: LIMIT,
    random: Math.random,
    onHead: () => {},
  })
  const signal = new AbortController().signal
  const error = await other
    .ask([question('eth_a')], { timeout: 5_000, signal })
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ errorClass: 'unavailable', message: 'the connection failed (ECONNREFUSED)' })
  await other.close()
})

test('bytes and requests are counted', async () => {
  const before = { ...traffic }
  await ask(['eth_a'], ({ send }) => send('{"jsonrpc":"2.0","id":1,"result":1}'))
  expect(traffic.requests - before.requests).toBe(1)
  expect(traffic.bytesReceived - before.bytesReceived).toBe(35)
  expect(traffic.bytesSent - before.bytesSent).toBe(
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_a', params: [] }).length,
  )
})
