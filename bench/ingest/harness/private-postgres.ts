import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../../src/devnet/postgres'

/** The server that every contestant writes to, each into a database of its own. */
export interface PrivatePostgres {
  /** Of the server's first process; undefined for a server that somebody else runs. */
  readonly pid: number | undefined
  readonly administrator: Client
  /** Makes a database anew. @returns its URL */
  createDatabase(name: string): Promise<string>
  stop(): Promise<void>
}

/** Starts the repository's own PostgreSQL in a new directory, or takes the server of TEST_DATABASE_URL. */
export async function startPrivatePostgres(given: string | undefined): Promise<PrivatePostgres> {
  const own = given === undefined ? await startOwn() : undefined
  const url = own?.url ?? given ?? ''
  const administrator = new Client({ connectionString: url })
  await administrator.connect()
  return {
    pid: own?.pid,
    administrator,
    async createDatabase(name) {
      await administrator.query(`drop database if exists ${name} with (force)`)
      await administrator.query(`create database ${name}`)
      // Whatever earlier runs left to be written is not this one's to pay for.
      await administrator.query('checkpoint')
      const database = new URL(url)
      database.pathname = `/${name}`
      return database.href
    },
    async stop() {
      await administrator.end()
      await own?.stop()
    },
  }
}

async function startOwn() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-ingest-'))
  // PostgreSQL may run as another user, who must be able to pass through.
  await chmod(dataDir, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir })
  return {
    url: postgres.url,
    pid: postgres.pid,
    async stop() {
      await postgres.stop()
      await removeEmbeddedPostgres(dataDir)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
