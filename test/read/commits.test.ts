import { connect, createServer, type Server, type Socket } from 'node:net'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Commits, listenForCommits } from '../../src/read/commits'
import { createTestDatabase } from '../support/postgres'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let client: Client
beforeAll(async () => {
  database = await createTestDatabase()
  client = new Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const opened: Commits[] = []
const servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(async () => {
  await Promise.all(opened.splice(0).map((commits) => commits.close()))
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  for (const server of servers.splice(0)) server.close()
})

/** Listens, and notes what it is told. */
function listen(
  url = database.url,
  heartbeat?: number,
): { commits: Commits; errors: Error[]; told: () => Promise<void> } {
  const errors: Error[] = []
  const commits = listenForCommits(url, (error) => errors.push(error), heartbeat)
  opened.push(commits)
  const told = (): Promise<void> =>
    new Promise((resolve) => {
      const stop = commits.watch(() => {
        stop()
        resolve()
      })
    })
  return { commits, errors, told }
}

const announce = () => client.query(`SELECT pg_notify('ashao_commit', '7')`)

/** Ends the connections that listen. @returns how many there were */
async function cutOff(): Promise<number> {
  const { rowCount } = await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'ashao-api-commits' AND datname = current_database()`,
  )
  return rowCount ?? 0
}

/** A way to the database that can be opened and closed. */
interface Gate {
  readonly url: string
  open(): Promise<void>
  close(): void
  /** Nothing comes through any more on what is open, and nobody says so. */
  fallSilent(): void
}

async function startGate(): Promise<Gate> {
  const { hostname, port } = new URL(database.url)
  const url = new URL(database.url)
  const openAt = async (at: number): Promise<number> => {
    const server = createServer((near) => {
      const far = connect(Number(port), hostname)
      for (const socket of [near, far]) {
        sockets.add(socket)
        socket.on('error', () => undefined)
      }
      near.pipe(far).pipe(near)
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }
  const at = await openAt(0)
  url.host = `127.0.0.1:${at}`
  return {
    url: url.href,
    async open() {
      await openAt(at)
    },
    fallSilent() {
      for (const socket of sockets) socket.unpipe().pause()
    },
    close() {
      servers.pop()?.close()
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
  }
}

test('a commit is told when it happens, and the version changes', async () => {
  const { commits, errors, told } = listen()
  expect(commits.version()).toBeUndefined()
  await told()
  const before = commits.version()
  expect(before).toBeDefined()
  const next = told()
  await announce()
  await next
  expect(commits.version()).toBeGreaterThan(before ?? Number.NaN)
  expect(errors).toEqual([])
})

test('what is rolled back is not told, and neither is anything on another channel', async () => {
  const { commits, told } = listen()
  await told()
  const before = commits.version() ?? Number.NaN
  await client.query('BEGIN')
  await announce()
  await client.query('ROLLBACK')
  await client.query(`SELECT pg_notify('another', '')`)
  const next = told()
  await announce()
  await next
  expect(commits.version()).toBe(before + 1)
})

test('several watchers are told, each until it stops; one that fails keeps nobody from it', async () => {
  const { commits, errors, told } = listen()
  await told()
  let first = 0
  const stopped = commits.watch(() => {
    first += 1
  })
  const failing = new Error('a watcher failed')
  commits.watch(() => {
    throw failing
  })
  const one = told()
  await announce()
  await one
  stopped()
  const two = told()
  await announce()
  await two
  expect(first).toBe(1)
  expect(errors).toEqual([failing, failing])
})

test('a connection that is ended is replaced: meanwhile there is no version, then it counts as a commit', async () => {
  const { commits, errors, told } = listen()
  await told()
  const before = commits.version() ?? Number.NaN
  const again = told()
  expect(await cutOff()).toBe(1)
  await again
  expect(commits.version()).toBeGreaterThan(before)
  expect(errors.length).toBeGreaterThan(0)
  const next = told()
  await announce()
  await next
})

test('a database that is away is waited for, also from the start', async () => {
  const gate = await startGate()
  gate.close()
  const { commits, errors, told } = listen(gate.url)
  const listening = told()
  await expect.poll(() => errors.length).toBeGreaterThan(1)
  expect(commits.version()).toBeUndefined()
  await gate.open()
  await listening
  expect(commits.version()).toBeDefined()
  gate.close()
  await expect.poll(() => commits.version()).toBeUndefined()
  const again = told()
  await gate.open()
  await again
  const next = told()
  await announce()
  await next
})

test('a connection on which nothing comes any more, and nobody says so, is given up for another', async () => {
  const gate = await startGate()
  const { commits, told } = listen(gate.url, 200)
  await told()
  const again = told()
  gate.fallSilent()
  await expect.poll(() => commits.version()).toBeUndefined()
  await again
  const next = told()
  await announce()
  await next
})

test('closed, it leaves no connection behind', async () => {
  const { commits, told } = listen()
  await told()
  await commits.close()
  expect(commits.version()).toBeUndefined()
  expect(await cutOff()).toBe(0)
})
