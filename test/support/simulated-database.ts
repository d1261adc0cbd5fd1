import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { migrate } from '../../src/store/migrate'
import { createTestDatabase } from './postgres'

/** A migrated database of its own, and a connection to look into it. */
export interface SimulatedDatabase {
  readonly url: string
  readonly client: Client
  drop(): Promise<void>
}

let template: Promise<string> | undefined

/** Creates a migrated, empty database, as a copy of one that is migrated once: a test file needs a hundred of them. */
export async function createSimulatedDatabase(): Promise<SimulatedDatabase> {
  template ??= createTemplate()
  const original = await template
  const name = `simulated_${randomBytes(8).toString('hex')}`
  await asAdministrator(`create database ${name} template ${original}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  const client = new Client({ connectionString: url.href })
  await client.connect()
  return {
    url: url.href,
    client,
    async drop() {
      await client.end()
      await asAdministrator(`drop database if exists ${name} with (force)`)
    },
  }
}

/** Removes the database that the others were copied from. */
export async function dropSimulatedTemplate(): Promise<void> {
  if (template === undefined) return
  const name = await template
  template = undefined
  await asAdministrator(`drop database if exists ${name} with (force)`)
}

async function createTemplate(): Promise<string> {
  const { url } = await createTestDatabase()
  const client = new Client({ connectionString: url })
  await client.connect()
  await migrate(client, url)
  await client.end()
  return new URL(url).pathname.slice(1)
}

async function asAdministrator(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
