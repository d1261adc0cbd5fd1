import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { BOUGHT, FIRST, GREW } from '../../support/lived-economy'
import { type ServedExports, serveExports } from './served-exports'

/** So much that no buffer of a socket holds it: some 70 MB of CSV. */
const TRANSFERS = 200_000
const MOST = 2
const STALL_LIMIT = 1_500
const FILE = `/api/export/transfers.csv?fromBlock=${FIRST}&toBlock=${GREW}`

/** Says that the file is whole. */
const LAST_CHUNK = '\r\n0\r\n\r\n'

let served: ServedExports

beforeAll(async () => {
  served = await serveExports(TRANSFERS, { most: MOST, stallLimit: STALL_LIMIT })
})
beforeEach(() => served.until((downloads) => downloads.length === 0))
afterAll(() => served.close())

const isBlocked = ({ waits }: { waits: string | null }) => waits === 'ClientWrite'

/** A client that asks and takes nothing of the answer until it is told to. */
async function reader(path = FILE, coding = 'identity'): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: served.port })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.pause()
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ashao\r\nAccept-Encoding: ${coding}\r\n\r\n`)
  return socket
}

/** All that comes from now on, until the connection ends in whatever way. */
function rest(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
    socket.resume()
  })
}

const memory = () => {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test('a slow reader makes the database wait, and nothing pile up', async () => {
  const before = memory()
  const socket = await reader()
  await served.until((downloads) => downloads.some(isBlocked))
  expect((memory() - before) / 2 ** 20).toBeLessThan(40)
  // What it does not take for a second is there when it takes it: all of it, to the end.
  socket.write('GET /api/export/none HTTP/1.1\r\nHost: ashao\r\nConnection: close\r\n\r\n')
  const text = await rest(socket)
  const [head = '', ...chunks] = text.split('\r\n\r\n')
  expect(head).toContain('200 OK')
  expect(text).toContain(`${LAST_CHUNK}HTTP/1.1 404`)
  expect(chunks.join('').split('\n').length).toBeGreaterThan(TRANSFERS)
  await served.until((downloads) => downloads.length === 0)
  expect(served.reported).toEqual([])
})

test.each(['identity', 'gzip', 'zstd'])('who goes away leaves nothing running (%s)', async (coding) => {
  const socket = await reader(FILE, coding)
  await once(socket, 'readable')
  socket.destroy()
  await served.until((downloads) => downloads.length === 0)
  expect(served.reported).toEqual([])
})

test('no more are made at once than there are places, and each that ends makes room', async () => {
  const sockets = [await reader(), await reader()]
  await served.until((downloads) => downloads.length === MOST)
  const refused = await served.get('/api/export/burns.csv')
  expect([refused.status, JSON.parse(refused.body.toString())]).toMatchObject([
    503,
    { code: 'E7060', facts: { most: MOST, found: MOST } },
  ])
  expect(refused.headers['retry-after']).toBe('30')
  sockets[0]?.destroy()
  await served.until((downloads) => downloads.length < MOST)
  expect((await served.get('/api/export/burns.csv')).status).toBe(200)
})

test('a database that fails leaves no file that looks whole', async () => {
  const socket = await reader()
  await served.until((downloads) => downloads.some(isBlocked))
  const reported = served.nextReport()
  const [download] = await served.downloads()
  await served.outside.query('select pg_terminate_backend($1)', [download?.pid])
  const text = await rest(socket)
  expect(await reported).toMatchObject({
    code: 'E7064',
    facts: { file: '/api/export/transfers.csv' },
    cause: { code: 'E5005' },
  })
  expect(text.startsWith('HTTP/1.1 200 OK')).toBe(true)
  expect(text.endsWith(LAST_CHUNK)).toBe(false)
})

test('a failure before the first row is refused as usual', async () => {
  await served.tables.run('alter table burn rename to burnt')
  onTestFinished(() => served.tables.run('alter table burnt rename to burn'))
  const { status, body } = await served.get('/api/export/burns.csv')
  expect([status, JSON.parse(body.toString())]).toMatchObject([503, { code: 'E5001' }])
})

test('who takes nothing is cut off', async () => {
  const reported = served.nextReport()
  const socket = await reader()
  expect(await reported).toMatchObject({
    code: 'E7063',
    facts: { file: '/api/export/transfers.csv', limitMilliseconds: STALL_LIMIT },
  })
  const text = await rest(socket)
  expect(text.endsWith(LAST_CHUNK)).toBe(false)
  await served.until((downloads) => downloads.length === 0)
})

test('who goes away while the database has sent nothing yet is not waited for', async () => {
  await served.tables.run('begin; lock table burn in access exclusive mode')
  const socket = await reader(`/api/export/burns.csv?toBlock=${BOUGHT}`)
  await served.until((downloads) => downloads.some(({ waits }) => waits === 'relation'))
  const other = await reader()
  socket.destroy()
  await served.until((downloads) => downloads.some(isBlocked))
  // The place is free, though PostgreSQL itself notices only when it gets to write.
  expect((await served.get('/api/export/stakes.csv')).status).toBe(200)
  other.destroy()
  await served.tables.run('commit')
  await served.until((downloads) => downloads.length === 0)
})

test('one connection can ask for several files, one after the other', async () => {
  const socket = await reader('/api/export/burns.csv')
  socket.write('GET /api/export/stakes.csv HTTP/1.1\r\nHost: ashao\r\nConnection: close\r\n\r\n')
  const text = await rest(socket)
  expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
  expect(text.endsWith(LAST_CHUNK)).toBe(true)
})

test('a server that closes breaks off what does not end soon', async () => {
  const closing = await serveExports(50_000, { closingLimit: 100 })
  const socket = connect({ host: '127.0.0.1', port: closing.port })
  await once(socket, 'connect')
  socket.write(`GET ${FILE} HTTP/1.1\r\nHost: ashao\r\n\r\n`)
  socket.pause()
  await closing.until((downloads) => downloads.some(isBlocked))
  await closing.close()
  expect((await rest(socket)).endsWith(LAST_CHUNK)).toBe(false)
})
