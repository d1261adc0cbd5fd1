import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { closeDatabase, connectDatabase } from '../../src/cli/connections'
import { createTestDatabase } from '../support/postgres'

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

let server: Server | undefined
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server?.close()
})

/** A way to the database that can fall silent: connections stay open, and nothing comes or goes any more. */
async function startWay(isOpen = true): Promise<{ url: string; fallSilent: () => void }> {
  const { hostname, port } = new URL(database.url)
  // Half open: it does not hang up because the other side did.
  const listening = createServer({ allowHalfOpen: true }, (near) => {
    sockets.push(near.on('error', () => undefined))
    if (!isOpen) return
    const far = connect(Number(port), hostname)
    sockets.push(far.on('error', () => undefined))
    near.pipe(far, { end: false })
    far.pipe(near, { end: false })
  })
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const url = new URL(database.url)
  const address = listening.address()
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const fallSilent = (): void => {
    for (const socket of sockets) socket.unpipe().pause()
  }
  return { url: url.href, fallSilent }
}

test('a server that accepts and says nothing is not waited for', async () => {
  const { url } = await startWay(false)
  await expect(connectDatabase(url, 'test', { connect: 200 })).rejects.toMatchObject({ code: 'E4004' })
}, 5_000)

test('a statement that is never answered fails, and so does goodbye', async () => {
  const { url, fallSilent } = await startWay()
  const client = await connectDatabase(url, 'test', { statement: 300 })
  client.on('error', () => undefined)
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  fallSilent()
  await expect(client.query('SELECT 1')).rejects.toThrow('timeout')
  await closeDatabase(client, 300)
}, 5_000)

test('goodbye does not wait for a server that is gone', async () => {
  const { url, fallSilent } = await startWay()
  const client = await connectDatabase(url, 'test')
  client.on('error', () => undefined)
  fallSilent()
  await closeDatabase(client, 300)
}, 5_000)

test('and is said to one that is there', async () => {
  const client = await connectDatabase(database.url, 'test')
  await closeDatabase(client)
  await closeDatabase(client)
}, 4_000)
