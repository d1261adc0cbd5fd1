import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { LiveLimits } from '../../src/graphql/live-limits'
import { createLiveApi, type LiveApi } from './live-api'
import { beginChain } from './live-chain'
import { type Client, socketClient, streamClient } from './live-clients'

const closing: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(limits: Partial<LiveLimits>): Promise<LiveApi> {
  const api = await createLiveApi(limits)
  closing.push(api.close)
  await beginChain(api)
  return api
}

function opened(client: Client): Client {
  closing.push(client.close)
  return client
}

const HEADS = 'subscription { newBlocks { block } }'

test('one connection has only so many operations at once; one that is completed makes room', async () => {
  const client = opened(socketClient((await start({ operations: 2 })).webSocketUrl))
  const [first] = [client.follow(HEADS), client.follow(HEADS)]
  await first?.next()
  const refused = client.follow(HEADS)
  expect((await refused.next()).errors?.[0]).toMatchObject({
    extensions: { code: 'E5050', facts: { most: 2 } },
  })
  first?.stop()
  // Asked until the service has heard of it: what completes is not answered.
  await expect.poll(async () => (await client.follow(HEADS).next()).data).toEqual({ newBlocks: { block: 1 } })
})

test('there are only so many connections, of either kind; one that ends makes room', async () => {
  const { webSocketUrl, streamUrl } = await start({ connections: 2 })
  const [first, second] = [opened(socketClient(webSocketUrl)), opened(streamClient(streamUrl))]
  await first.follow(HEADS).next()
  const streaming = second.follow(HEADS)
  await streaming.next()
  const ended = opened(socketClient(webSocketUrl)).follow(HEADS).ended
  expect(await ended).toMatchObject({ code: 1013, reason: expect.stringMatching(/^E5051: .*2/) })
  const { status, headers, body } = await answerOf(`${streamUrl}?query=${encodeURIComponent(HEADS)}`)
  expect([status, headers['retry-after']]).toEqual([503, '30'])
  expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'E5051', facts: { most: 2 } } }] })
  streaming.stop()
  await expect
    .poll(async () => {
      const { next, ended: gone } = opened(socketClient(webSocketUrl)).follow(HEADS)
      return Promise.race([next().then(({ data }) => data), gone])
    })
    .toEqual({ newBlocks: { block: 1 } })
})

test('a request for a stream is refused like one for an answer', async () => {
  const { streamUrl } = await start({})
  const codeOf = async (search: string, accept?: string) => {
    const { status, body } = await answerOf(`${streamUrl}?${search}`, accept)
    return [status, JSON.parse(body).errors[0].extensions.code]
  }
  expect(await codeOf('')).toEqual([400, 'E5060'])
  expect(await codeOf('query={head{blockNumber}}&token=x')).toEqual([400, 'E5060'])
  expect(await codeOf('query={head{blockNumber}}', 'application/json')).toEqual([406, 'E5061'])
})

/** As many burns as no connection holds that nobody reads from. */
async function addBurns({ database }: LiveApi, count: number): Promise<void> {
  await database.client.query(
    `INSERT INTO burn SELECT '0000000001-' || lpad(place::text, 6, '0'), 1, place, to_timestamp(1700000000),
       '0x' || repeat('7', 64), '0x' || repeat('a', 40), place, 'OTHER', 'TRANSFER', 0, place
     FROM generate_series(100, 99 + $1::int) place`,
    [count],
  )
}

const COLUMNS = Array.from({ length: 20 }, (_, index) => `a${index}: transactionHash`).join(' ')
const ALL_BURNS = `subscription { newBurns(after: "0000000000-000000") { value ${COLUMNS} } }`
const MANY = 20_000

/** Subscribes on a bare socket, which reads nothing more once it is told that it may speak. */
async function pausedSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, 'graphql-transport-ws')
  closing.push(() => socket.terminate())
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send(JSON.stringify({ type: 'connection_init' }))
  await new Promise((resolve) => socket.once('message', resolve))
  socket.send(JSON.stringify({ type: 'subscribe', id: 'slow', payload: { query: ALL_BURNS } }))
  socket.pause()
  return socket
}

interface Told {
  readonly payload: { readonly data: { readonly newBurns: readonly { readonly value: string }[] } }
}

test('a client that takes nothing is sent away, and nothing more is read for it', async () => {
  const patience = 300
  const api = await start({ patience, farewell: 60_000 })
  await addBurns(api, MANY)
  const socket = await pausedSocket(api.webSocketUrl)
  let messages = 0
  socket.on('message', () => {
    messages += 1
  })
  const closed = new Promise((resolve) => {
    socket.once('close', (code, reason) => resolve([code, String(reason)]))
  })
  // Nothing could tell a client that reads nothing when it is sent away: it is, once nothing has moved for long enough.
  let looks: number
  do {
    looks = api.looks
    await sleep(4 * patience)
  } while (looks < 3 || looks !== api.looks)
  socket.resume()
  expect(await closed).toEqual([1013, 'Too slow: nothing was taken for 0.3 seconds'])
  expect(messages).toBeLessThan(MANY / 1_000)
  // One to begin with, one for each message, and the one that was not taken any more.
  expect(looks).toBeLessThanOrEqual(messages + 2)
  expect(api.looks).toBe(looks)
})

test('one that does not even see why is dropped', async () => {
  const api = await start({ patience: 100, farewell: 100 })
  await addBurns(api, MANY)
  await pausedSocket(api.webSocketUrl)
  await expect.poll(api.clients).toBe(0)
  // A stream has no other way to end.
  const response = await new Promise<IncomingMessage>((resolve) => {
    get(`${api.streamUrl}?query=${encodeURIComponent(ALL_BURNS)}`, { headers: STREAM }, resolve)
  })
  response.on('error', () => undefined)
  expect(await api.clients()).toBe(1)
  await expect.poll(api.clients).toBe(0)
  expect(api.reported).toEqual([])
})

test('one that takes its time gets everything, each once and in order', async () => {
  const api = await start({})
  await addBurns(api, MANY)
  const socket = await pausedSocket(api.webSocketUrl)
  const values: string[] = []
  const complete = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const { payload } = JSON.parse(String(data)) as Told
      values.push(...payload.data.newBurns.map(({ value }) => value))
      if (values.length >= MANY) resolve()
      socket.pause()
      setImmediate(() => socket.resume())
    })
  })
  socket.resume()
  await complete
  expect(values).toEqual(Array.from({ length: MANY }, (_, index) => String(100 + index)))
})

const STREAM = { accept: 'text/event-stream' }

interface HttpAnswer {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

function answerOf(url: string, accept = STREAM.accept): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { accept } }, async (response) => {
      let body = ''
      for await (const chunk of response) body += chunk
      resolve({ status: response.statusCode, headers: response.headers, body })
    }).on('error', reject)
  })
}

test('one connection begins only so many operations a minute', async () => {
  const client = opened(socketClient((await start({ operationsPerMinute: 2 })).webSocketUrl))
  const heads = [client.follow(HEADS), client.follow(HEADS), client.follow(HEADS)]
  const codes = (await Promise.all(heads.map((head) => head.next()))).map(
    ({ errors }) => errors?.[0]?.extensions?.code,
  )
  expect(codes).toEqual([undefined, undefined, 'E5052'])
})

test('streams that are asked for one behind the other take no connection for ever', async () => {
  const { streamUrl } = await start({ connections: 2 })
  const { hostname, port, pathname } = new URL(streamUrl)
  const request = `GET ${pathname}?query=${encodeURIComponent(HEADS)} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n`
  const socket = connect(Number(port), hostname)
  closing.push(() => socket.destroy())
  socket.write(request.repeat(4))
  await once(socket, 'data')
  socket.destroy()
  await once(socket, 'close')
  const search = `${streamUrl}?query=${encodeURIComponent('{ head { blockNumber } }')}`
  const both = () => Promise.all([answerOf(search), answerOf(search)])
  await expect.poll(async () => (await both()).map(({ status }) => status)).toEqual([200, 200])
})

test('an upgrade that is refused leaves no connection, whatever the client does', async () => {
  const { streamUrl, clients } = await start({})
  const { hostname, port } = new URL(streamUrl)
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
  closing.push(() => socket.destroy())
  socket.write('GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toContain('404')
  await expect.poll(clients).toBe(0)
})
