import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'

const require = createRequire(import.meta.url)

/**
 * Applies the migrations to an empty database of its own and asks TypeORM what the model wants beyond that.
 * @returns {Promise<{up: string[], down: string[]}>} SQL statements; none if the migrations are complete
 */
export async function pendingSchemaChanges(root) {
  const { removeEmbeddedPostgres, startEmbeddedPostgres } = require(path.join(root, 'lib/devnet/postgres'))
  const { migrate } = require(path.join(root, 'lib/store/migrate'))
  const { SnakeNamingStrategy } = require('@subsquid/typeorm-config/lib/namingStrategy')
  const { DataSource } = require('typeorm')
  const { Client } = require('pg')
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'ashao-schema-'))
  // As root the server runs as another user, who has to get in.
  chmodSync(dataDir, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir, fast: true })
  try {
    const client = new Client(postgres.url)
    await client.connect()
    await migrate(client, postgres.url)
    await client.end()
    const source = new DataSource({
      type: 'postgres',
      url: postgres.url,
      entities: [path.join(root, 'lib/model/index.js')],
      namingStrategy: new SnakeNamingStrategy(),
      migrationsTableName: 'migrations',
    })
    await source.initialize()
    const { upQueries, downQueries } = await source.driver.createSchemaBuilder().log()
    await source.destroy()
    return { up: upQueries.map((query) => query.query), down: downQueries.map((query) => query.query) }
  } finally {
    await postgres.stop()
    await removeEmbeddedPostgres(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  }
}
