import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'

/** An empty database of its own for a test file, on the cluster that global-setup.ts started. */
export async function createTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const administrator = inject('postgresUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  await run(administrator, `create database ${name} template template0`)
  const url = new URL(administrator)
  url.pathname = `/${name}`
  return {
    url: url.href,
    // Forced: a test that failed may have left connections open.
    drop: () => run(administrator, `drop database if exists ${name} with (force)`),
  }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
