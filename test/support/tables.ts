import { SnakeNamingStrategy } from '@subsquid/typeorm-config/lib/namingStrategy'
import { Client } from 'pg'
import { DataSource } from 'typeorm'
import * as model from '../../src/model'
import { createTestDatabase } from './postgres'

/** Column values of a row by their names in the database. */
export type RowValues = Readonly<Record<string, unknown>>

/** A database with the tables of the model, and a connection that writes to it. */
export interface TestTables {
  readonly url: string
  insert(table: string, ...rows: RowValues[]): Promise<void>
  run(statement: string, values?: unknown[]): Promise<void>
  drop(): Promise<void>
}

/** Creates the tables of the model and of the SDK, empty, in a database of their own. */
export async function createTables(): Promise<TestTables> {
  const database = await createTestDatabase()
  const entities = Object.values(model).filter((value) => typeof value === 'function')
  const source = new DataSource({
    type: 'postgres',
    url: database.url,
    entities,
    namingStrategy: new SnakeNamingStrategy(),
    synchronize: true,
  })
  await source.initialize()
  await source.destroy()
  const writer = new Client({ connectionString: database.url })
  // The database is dropped by force at the end, or restarted by a test: neither is a failure of its own.
  writer.on('error', () => undefined)
  await writer.connect()
  await writer.query('create schema squid_processor')
  await writer.query(
    'create table squid_processor.status (id int primary key, height int not null, hash text)',
  )
  return {
    url: database.url,
    insert: async (table, ...rows) => {
      for (const row of rows) await insertRow(writer, table, row)
    },
    run: async (statement, values) => {
      await writer.query(statement, values)
    },
    drop: async () => {
      await writer.end()
      await database.drop()
    },
  }
}

async function insertRow(writer: Client, table: string, row: RowValues): Promise<void> {
  const columns = Object.keys(row).map((column) => `"${column}"`)
  const places = columns.map((_, index) => `$${index + 1}`)
  const values = Object.values(row).map((value) => (typeof value === 'bigint' ? value.toString() : value))
  await writer.query(`insert into ${table} (${columns.join()}) values (${places.join()})`, values)
}
