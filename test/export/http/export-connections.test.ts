import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { BOUGHT, FIRST, GREW } from '../../support/lived-economy'
import { type ServedExports, serveExports } from './served-exports'

/** So much that no buffer of a socket holds it: some 100 MB of CSV. */
const TRANSFERS = 300_000
const MOST = 2
const STALL_LIMIT = 1_500
const FILE = `/api/export/transfers.csv?fromBlock=${FIRST}&toBlock=${GREW}`

let served: ServedExports

beforeAll(async () => {
  served = await serveExports(TRANSFERS, { most: MOST, stallLimit: STALL_LIMIT })
})
afterAll(() => served.close())

const isBlocked = ({ waits }: { waits: string | null }) => waits === 'ClientWrite'

/** A client that asks and takes nothing of the answer until it is told to. */
async function reader(path = FILE, version = '1.1'): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: served.port })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.pause()
  socket.write(`GET ${path} HTTP/${version}\r\nHost: ashao\r\n\r\n`)
  return socket
}

/** All that comes from now on, and how it ended. */
function rest(socket: Socket): Promise<{ readonly text: string; readonly error: string | undefined }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let error: string | undefined
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', (failure: NodeJS.ErrnoException) => (error = failure.code))
    socket.on('close', () => resolve({ text: Buffer.concat(chunks).toString('latin1'), error }))
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
  expect((memory() - before) / 2 ** 20).toBeLessThan(48)
  // What it does not take for a second is there when it takes it: all of it, to the end.
  socket.write('GET /api/export/none HTTP/1.1\r\nHost: ashao\r\nConnection: close\r\n\r\n')
  const { text, error } = await rest(socket)
  expect(error).toBeUndefined()
  const [head = '', ...chunks] = text.split('\r\n\r\n')
  expect(head).toContain('200 OK')
  expect(text).toContain('\r\n0\r\n\r\nHTTP/1.1 404')
  expect(chunks.join('').split('\n').length).toBeGreaterThan(TRANSFERS)
  await served.until((downloads) => downloads.length === 0)
  expect(served.reported).toEqual([])
})

test('who goes away leaves nothing running', async () => {
  const socket = await reader()
  await served.until((downloads) => downloads.some(isBlocked))
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

test.each(['1.1', '1.0'])(
  'a database that fails leaves no file that looks whole (HTTP/%s)',
  async (version) => {
    const socket = await reader(FILE, version)
    await served.until((downloads) => downloads.some(isBlocked))
    const reported = served.nextReport()
    const [download] = await served.downloads()
    await served.outside.query('select pg_terminate_backend($1)', [download?.pid])
    const { text, error } = await rest(socket)
    expect(await reported).toMatchObject({
      code: 'E7064',
      facts: { file: '/api/export/transfers.csv' },
      cause: { code: 'E5005' },
    })
    expect(text.startsWith('HTTP/1.1 200 OK')).toBe(true)
    expect(text.endsWith('\r\n0\r\n\r\n')).toBe(false)
    expect(error).toBe('ECONNRESET')
  },
)

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
  const { text, error } = await rest(socket)
  expect(text.endsWith('\r\n0\r\n\r\n')).toBe(false)
  expect(error).toBe('ECONNRESET')
  await served.until((downloads) => downloads.length === 0)
})

test('a database that takes long is not held against the client', async () => {
  // The rows wait for a lock that the table is under, for longer than a client may.
  await served.outside.query('begin; lock table burn in access exclusive mode')
  const answer = served.get('/api/export/burns.csv')
  await served.until((downloads) => downloads.some(({ waits }) => waits === 'relation'))
  await served.outside.query(`select pg_sleep(${(STALL_LIMIT + 500) / 1000}); commit`)
  expect((await answer).status).toBe(200)
})

test('who goes away while the database has sent nothing yet is not waited for', async () => {
  await served.outside.query('begin; lock table burn in access exclusive mode')
  const socket = await reader(`/api/export/burns.csv?toBlock=${BOUGHT}`)
  await served.until((downloads) => downloads.some(({ waits }) => waits === 'relation'))
  const other = await reader()
  socket.destroy()
  await served.until((downloads) => downloads.some(isBlocked))
  // The place is free, though PostgreSQL itself notices only when it gets to write.
  expect((await served.get('/api/export/stakes.csv')).status).toBe(200)
  other.destroy()
  await served.outside.query('commit')
  await served.until((downloads) => downloads.length === 0)
})

test('one connection can ask for several files, one after the other', async () => {
  const socket = await reader('/api/export/burns.csv')
  socket.write('GET /api/export/stakes.csv HTTP/1.1\r\nHost: ashao\r\nConnection: close\r\n\r\n')
  const { text } = await rest(socket)
  expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
  expect(text.endsWith('\r\n0\r\n\r\n')).toBe(true)
})
