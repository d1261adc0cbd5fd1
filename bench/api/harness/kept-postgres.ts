import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '../../../src/devnet/postgres'

/** The server with the loaded databases, which stay for the next run. */
export interface KeptPostgres {
  /** Of the server's first process; undefined for a server that somebody else runs. */
  readonly pid: number | undefined
  /** Where a database is, whether it exists or not. */
  urlOf(database: string): string
  /** Makes a database anew. */
  createDatabase(name: string): Promise<void>
  /** Has the files of a database read, so that nobody has to wait for the disk; of a server that somebody else runs, nothing is read. */
  read(url: string): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts the repository's own PostgreSQL, with its ordinary settings, on a directory that stays; or takes a server.
 * @param given URL of a server's administrator
 */
export async function startKeptPostgres(given: string | undefined, dataDir: string): Promise<KeptPostgres> {
  const own = given === undefined ? await startEmbeddedPostgres({ dataDir }) : undefined
  const server = own?.url ?? given ?? ''
  const urlOf = (database: string): string => {
    const url = new URL(server)
    url.pathname = `/${database}`
    return url.href
  }
  return {
    pid: own?.pid,
    urlOf,
    async createDatabase(name) {
      const administrator = new Client({ connectionString: server })
      await administrator.connect()
      try {
        await administrator.query(`drop database if exists ${name} with (force)`)
        await administrator.query(`create database ${name}`)
      } finally {
        await administrator.end()
      }
    },
    async read(url) {
      if (own === undefined) return
      const client = new Client({ connectionString: url })
      await client.connect()
      const { rows } = await client.query<{ directory: string }>(
        `select current_setting('data_directory') || '/base/' || oid as directory from pg_database where datname = current_database()`,
      )
      await client.end()
      for (const { directory } of rows) await readFiles(directory)
    },
    async stop() {
      await own?.stop()
    },
  }
}

async function readFiles(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const stream = createReadStream(path.join(directory, name), { highWaterMark: 4 * 1_048_576 })
    await finished(stream.resume())
  }
}
