import { afterEach, expect, test } from 'vitest'
import { createPool } from '../../../src/chain/rpc/pool'
import type { ErrorClass, Rpc } from '../../../src/chain/rpc/rpc'
import type { RpcRequest } from './node-server'
import { startWsNode, type WsNode } from './ws-node'

const closing: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

async function start(
  options: { heartbeat?: number; answerLimit?: number } = {},
): Promise<{ node: WsNode; rpc: Rpc }> {
  const node = await startWsNode()
  const url = `${node.url.replace('//', '//user:p%40ss@')}/v3/key`
  const rpc = createPool({ endpoints: [{ url, shownUrl: 'a' }], admit: async () => {}, ...options })
  closing.push(node, rpc)
  await rpc.ready(5_000)
  return { node, rpc }
}

/** The next head that is pushed. */
function nextHead(rpc: Rpc): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = rpc.onNewHead((head, endpoint) => {
      stop()
      resolve([head, endpoint])
    })
  })
}

const errorsOf = (rpc: Rpc): Partial<Record<ErrorClass, number>> | undefined => rpc.status()[0]?.errors

test('questions go over one connection, with the credentials of the URL', async () => {
  const { node, rpc } = await start()
  const answers = await Promise.all(['eth_a', 'eth_b', 'eth_c'].map((method) => rpc.call(method, [])))
  expect(answers.map(({ value }) => value)).toEqual(['eth_a', 'eth_b', 'eth_c'])
  expect(node.sockets).toHaveLength(1)
  expect(node.upgrades[0]?.url).toBe('/v3/key')
  expect(node.upgrades[0]?.headers.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`)
})

test('answers belong to their ids, whatever the order, single or in batches', async () => {
  const { node, rpc } = await start()
  const held: (() => void)[] = []
  const reply = ({ id, params }: RpcRequest): object => ({ jsonrpc: '2.0', id, result: params[0] })
  node.behave((socket, request) => {
    const answer = Array.isArray(request) ? request.map(reply).reverse() : reply(request)
    held.push(() => socket.send(JSON.stringify(answer)))
    if (held.length === 3) for (const send of held.reverse()) send()
  })
  const [one, many, two] = await Promise.all([
    rpc.call('eth_a', [1]),
    rpc.callEach('eth_b', [[2], [3], [4]]),
    rpc.call('eth_c', [5]),
  ])
  expect([one.value, many.map(({ value }) => value), two.value]).toEqual([1, [2, 3, 4], 5])
})

test('one error without an id refuses the batch that waits', async () => {
  const { node, rpc } = await start()
  node.behave((socket, request) => {
    const one = request as RpcRequest
    const refusal = { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'batch too large' } }
    socket.send(
      JSON.stringify(
        Array.isArray(request) ? refusal : { jsonrpc: '2.0', id: one.id, result: one.params[0] },
      ),
    )
  })
  const answers = await rpc.callEach('eth_a', [[1], [2], [3]])
  expect(answers.map(({ value }) => value)).toEqual([1, 2, 3])
  expect(errorsOf(rpc)).toEqual({ 'batch-too-large': expect.any(Number) })
})

test('a cut connection fails what is under way, and the next question opens another', async () => {
  const { node, rpc } = await start()
  node.behave((socket, request) => {
    if (node.sockets.length === 1) socket.terminate()
    else socket.send(JSON.stringify({ jsonrpc: '2.0', id: (request as RpcRequest).id, result: 'again' }))
  })
  expect((await rpc.call('eth_a', [])).value).toBe('again')
  expect(errorsOf(rpc)).toEqual({ unavailable: 1 })
})

test('a message that is not JSON is malformed, and one that is too large is no block of ours', async () => {
  const { node, rpc } = await start({ answerLimit: 1_000 })
  node.behave((socket) => socket.send(node.sockets.length === 1 ? '<html>' : 'x'.repeat(2_000)))
  const error = await rpc.call('eth_a', []).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    errorClass: 'unsupported',
    message: 'the answer is larger than is read here',
  })
  expect(errorsOf(rpc)).toEqual({ malformed: 1, 'too-large': 5 })
})

test('heads are pushed once somebody listens, also after the connection was cut', async () => {
  const { node, rpc } = await start()
  expect(rpc.isPushed()).toBe(false)
  const first = nextHead(rpc)
  await node.subscribed(1)
  node.push({ number: '0x1' })
  expect(await first).toEqual([{ number: '0x1' }, 'a'])
  expect(rpc.isPushed()).toBe(true)
  const second = nextHead(rpc)
  node.sockets[0]?.terminate()
  await node.subscribed(2)
  node.push({ number: '0x2' })
  expect(await second).toEqual([{ number: '0x2' }, 'a'])
  expect(node.sockets).toHaveLength(2)
})

test('a connection that does not answer pings is replaced', async () => {
  const { node, rpc } = await start({ heartbeat: 20 })
  const dead = new Promise<void>((resolve) => {
    rpc.onNewHead(() => {})
    void node.subscribed(1).then(() => {
      const [socket] = node.sockets
      // As if the network had swallowed it: nothing is read any more, so no ping is answered.
      socket?.pause()
      void node.subscribed(2).then(resolve)
    })
  })
  await dead
  const head = nextHead(rpc)
  node.push({ number: '0x3' })
  expect(await head).toEqual([{ number: '0x3' }, 'a'])
})

test('heads of an endpoint that was not admitted are not passed on', async () => {
  const node = await startWsNode()
  let look: () => void = () => {}
  const looked = new Promise<void>((resolve) => {
    look = resolve
  })
  const rpc = createPool({
    endpoints: [{ url: node.url, shownUrl: 'a' }],
    admit: async (call) => {
      await looked
      // Its answer comes after what was pushed before.
      await call('eth_a', [])
    },
  })
  closing.push(node, rpc)
  const heads: unknown[] = []
  rpc.onNewHead((head) => heads.push(head))
  await node.subscribed(1)
  node.push({ number: '0x1' })
  expect(rpc.isPushed()).toBe(false)
  look()
  await rpc.ready(5_000)
  expect(heads).toEqual([])
  const head = nextHead(rpc)
  node.push({ number: '0x2' })
  expect(await head).toEqual([{ number: '0x2' }, 'a'])
})

test('closing ends the connection, and nothing opens another', async () => {
  const { node, rpc } = await start()
  rpc.onNewHead(() => {})
  await node.subscribed(1)
  const gone = new Promise<void>((resolve) => node.sockets[0]?.on('close', () => resolve()))
  await rpc.close()
  await gone
  expect(node.sockets).toHaveLength(1)
  await expect(rpc.call('eth_a', [])).rejects.toMatchObject({ name: 'AbortError' })
})
