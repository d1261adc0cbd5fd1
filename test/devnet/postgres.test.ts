import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { access, chmod, chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../src/devnet/postgres'
import { boundLog, tail } from '../../src/devnet/postgres-log'
import { createTestDatabase } from '../support/postgres'
import { makeCheckout } from './postgres-checkout'
import { commandLine, end, gone, processesWith, superviseInChild } from './postgres-child'

const repository = resolve(__dirname, '../..')
const isRoot = process.getuid?.() === 0
const NOBODY = 65534
const SHARED = '/var/lib/ashao-indexer'
const hadCache = existsSync(SHARED)
const made: string[] = []
let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ashao-postgres-'))
  await chmod(dataDir, 0o755)
  made.push(dataDir)
})

afterEach(async () => {
  await removeEmbeddedPostgres(dataDir)
  await rm(dataDir, { recursive: true, force: true })
})

afterAll(async () => {
  // What these tests alone put into the machine's shared directory, unless a cluster there has come to use it.
  const shared = await readdir(SHARED).catch(() => [])
  if (!hadCache && shared.every((name) => name.startsWith('pg-')))
    await rm(SHARED, { recursive: true, force: true })
  expect(made.flatMap(processesWith)).toEqual([])
})

async function ask(url: string, statement: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text: statement, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

describe('a local PostgreSQL', () => {
  test('is UTF-8, in UTC, on loopback alone, with a password of its own', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    try {
      expect(postgres.resumed).toBe(false)
      expect(new URL(postgres.url)).toMatchObject({ hostname: '127.0.0.1', pathname: '/ashao' })
      const settings = `select current_setting(name) from unnest(array['server_encoding', 'TimeZone',
        'listen_addresses', 'unix_socket_directories', 'password_encryption']) name`
      expect((await ask(postgres.url, settings)).flat()).toEqual([
        'UTF8',
        'UTC',
        '127.0.0.1',
        '',
        'scram-sha-256',
      ])
      const locale = `select datlocprovider, datlocale, datcollate from pg_database where datname = 'ashao'`
      expect(await ask(postgres.url, locale)).toEqual([['b', 'C.UTF-8', 'C']])
      const secret = join(dataDir, 'postgres.password')
      expect((await stat(secret)).mode & 0o777).toBe(0o600)
      expect(decodeURIComponent(new URL(postgres.url).password)).toBe((await readFile(secret, 'utf8')).trim())
      const wrong = postgres.url.replace(/:[^:@]+@/, ':wrong@')
      await expect(ask(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    } finally {
      await postgres.stop()
    }
  })

  test('keeps its data and its password from one start to the next', async () => {
    const first = await startEmbeddedPostgres({ dataDir, fast: true })
    await ask(first.url, `create table kept as select 'ἄσαω'::text as word`)
    await first.stop()
    const second = await startEmbeddedPostgres({ dataDir, fast: true })
    try {
      expect(second.resumed).toBe(true)
      expect(await ask(second.url, 'select word from kept')).toEqual([['ἄσαω']])
      expect(new URL(second.url).password).toBe(new URL(first.url).password)
    } finally {
      await second.stop()
    }
  })

  test('reports its end, whether it was asked to stop or died', async () => {
    for (const how of ['stop', 'die'] as const) {
      const postgres = await startEmbeddedPostgres({ dataDir, fast: true })
      const exit = new Promise((settle) => postgres.onExit((code, signal) => settle([code, signal])))
      if (how === 'stop') await postgres.stop()
      else process.kill(postgres.pid, 'SIGKILL')
      expect(await exit).toEqual(how === 'stop' ? [0, null] : [null, 'SIGKILL'])
      await postgres.stop()
    }
  })

  test('refuses a port in use and names the setting', async () => {
    const other = createServer()
    await new Promise<void>((settle) => other.listen(0, '127.0.0.1', settle))
    const address = other.address()
    if (address === null || typeof address === 'string') throw new TypeError('no port')
    try {
      const start = startEmbeddedPostgres({ dataDir, fast: true, port: address.port })
      await expect(start).rejects.toMatchObject({
        code: 'E6105',
        facts: { port: address.port },
        mend: expect.stringContaining('EMBEDDED_PG_PORT'),
      })
    } finally {
      other.close()
    }
    // What was made before the refusal is taken up afterwards, on exactly the port asked for.
    const postgres = await startEmbeddedPostgres({ dataDir, fast: true, port: address.port })
    expect(postgres.port).toBe(address.port)
    await postgres.stop()
  })

  test('refuses a second start and a reset while it runs', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    try {
      await expect(startEmbeddedPostgres({ dataDir, fast: true })).rejects.toMatchObject({ code: 'E6108' })
      await expect(removeEmbeddedPostgres(dataDir)).rejects.toMatchObject({ code: 'E6108' })
      expect(await ask(postgres.url, 'select 1')).toEqual([[1]])
    } finally {
      await postgres.stop()
    }
  })

  test('refuses a cluster of another major version', async () => {
    await (await startEmbeddedPostgres({ dataDir, fast: true })).stop()
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '9\n')
    await expect(startEmbeddedPostgres({ dataDir, fast: true })).rejects.toMatchObject({ code: 'E6106' })
  })

  test('shows the last log lines when the server cannot start', async () => {
    await (await startEmbeddedPostgres({ dataDir, fast: true })).stop()
    await writeFile(join(dataDir, 'postgres/postgresql.auto.conf'), "shared_buffers = 'nonsense'\n")
    await expect(startEmbeddedPostgres({ dataDir, fast: true })).rejects.toMatchObject({
      code: 'E6110',
      facts: { log: expect.stringContaining('shared_buffers') },
    })
  })

  test('says that the password file is gone instead of locking the operator out silently', async () => {
    await (await startEmbeddedPostgres({ dataDir, fast: true })).stop()
    await rm(join(dataDir, 'postgres.password'))
    await expect(startEmbeddedPostgres({ dataDir, fast: true })).rejects.toMatchObject({ code: 'E6107' })
  })
})

test('each test file gets an empty database of its own', async () => {
  const [one, other] = [await createTestDatabase(), await createTestDatabase()]
  await ask(one.url, 'create table kept as select 1 as answer')
  await expect(ask(other.url, 'select answer from kept')).rejects.toMatchObject({ code: '42P01' })
  await one.drop()
  await other.drop()
  await expect(ask(one.url, 'select 1')).rejects.toMatchObject({ code: '3D000' })
})

test('the log is cut back to its last part when it has grown', async () => {
  const path = join(dataDir, 'postgres.log')
  await writeFile(path, `${'line\n'.repeat(2_000_000)}the end\n`)
  const end = boundLog(path)
  try {
    await vi.waitFor(async () => expect((await stat(path)).size).toBe(1024 * 1024))
    expect(await tail(path, 0, 8)).toBe('the end\n')
  } finally {
    end()
  }
})

// The look at other processes goes through /proc.
describe.runIf(process.platform === 'linux')('when its supervisor goes away', () => {
  test('Ctrl-C in the terminal does not reach the server', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    try {
      const [, , group, session] =
        (await readFile(`/proc/${postgres.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
      expect([group, session]).toEqual([String(postgres.pid), String(postgres.pid)])
    } finally {
      await postgres.stop()
    }
  })

  test('a supervisor that handles no signal takes the server down with it', async () => {
    const { child, postgres } = await superviseInChild(repository, dataDir)
    await end(child, 'SIGINT')
    await gone(postgres.pid)
  })

  test('the server shuts itself down', async () => {
    const { child, postgres } = await superviseInChild(repository, dataDir)
    await end(child, 'SIGKILL')
    await gone(postgres.pid)
  })

  test('a server that survived is stopped, and its data taken up', async () => {
    const { child, postgres } = await superviseInChild(repository, dataDir)
    await ask(postgres.url, 'create table kept as select 42 as answer')
    // Without its guard the server does not notice.
    for (const guard of processesWith(`kill -INT "$0" ${postgres.pid}`)) process.kill(guard, 'SIGKILL')
    await end(child, 'SIGKILL')
    expect(commandLine(postgres.pid)).toContain('postgres -D')
    const messages: string[] = []
    const next = await startEmbeddedPostgres({
      dataDir,
      fast: true,
      log: (message) => messages.push(message),
    })
    try {
      expect(messages).toEqual([expect.stringContaining('left behind')])
      expect(commandLine(postgres.pid)).toBe('')
      expect(await ask(next.url, 'select answer from kept')).toEqual([[42]])
    } finally {
      await next.stop()
    }
  })

  test('a lock file whose process id is now another program’s harms nobody', async () => {
    await (await startEmbeddedPostgres({ dataDir, fast: true })).stop()
    const bystander = spawn('sleep', ['600'], { stdio: 'ignore' })
    const lock = `${bystander.pid}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n 1 1\nready\n`
    await writeFile(join(dataDir, 'postgres/postmaster.pid'), lock)
    const postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    try {
      expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
    } finally {
      await postgres.stop()
      await end(bystander, 'SIGKILL')
    }
  })
})

describe.runIf(isRoot)('started by root', () => {
  test('runs as another user, in the data directory', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    try {
      expect((await stat(`/proc/${postgres.pid}`)).uid).not.toBe(0)
      expect((await stat(join(dataDir, 'postgres'))).uid).not.toBe(0)
    } finally {
      await postgres.stop()
    }
  })

  test('works from a checkout closed to others, resumes there, and a reset finds it', async () => {
    const { root, remove } = await makeCheckout()
    const closed = join(root, '.data')
    await chmod(root, 0o700)
    made.push(root)
    try {
      const first = await superviseInChild(root, closed)
      await ask(first.postgres.url, 'create table kept as select 7 as answer')
      await end(first.child, 'SIGTERM')
      const cluster = (await readFile(join(closed, 'postgres.location'), 'utf8')).trim()
      expect(cluster.startsWith(root)).toBe(false)
      const cache = await stat(dirname(dirname(cluster)))
      expect([cache.uid, cache.mode & 0o022]).toEqual([0, 0])
      const second = await superviseInChild(root, closed)
      expect(second.postgres.resumed).toBe(true)
      expect(await ask(second.postgres.url, 'select answer from kept')).toEqual([[7]])
      await end(second.child, 'SIGTERM')
      await gone(second.postgres.pid)
      await removeEmbeddedPostgres(closed)
      await expect(access(dirname(cluster))).rejects.toMatchObject({ code: 'ENOENT' })
    } finally {
      await remove()
    }
  })

  test('an ordinary user needs nothing outside the data directory, and links missing libraries', async () => {
    const { root, remove } = await makeCheckout()
    const home = join(dataDir, 'home')
    try {
      await writeFile(join(dataDir, 'mark'), '')
      // A read-only node_modules: root's files, which this user cannot complete.
      await chown(dataDir, NOBODY, NOBODY)
      const { child, postgres } = await superviseInChild(root, home, {
        uid: NOBODY,
        gid: NOBODY,
        home: dataDir,
      })
      expect((await stat(`/proc/${postgres.pid}`)).uid).toBe(NOBODY)
      expect(await ask(postgres.url, 'select 1')).toEqual([[1]])
      await end(child, 'SIGTERM')
      await gone(postgres.pid)
      await expect(access(join(home, 'postgres.location'))).rejects.toMatchObject({ code: 'ENOENT' })
    } finally {
      await remove()
    }
  })
})
