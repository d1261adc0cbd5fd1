import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'

const require = createRequire(import.meta.url)

/**
 * Applies the generated migrations to an empty database of its own and asks TypeORM what the model wants beyond that.
 * Those written by hand hold what TypeORM does not know (functions, triggers), and may need tables that are still to come.
 * @returns {Promise<{up: string[], down: string[]}>} SQL statements; none if the migrations are complete
 */
export async function pendingSchemaChanges(root) {
  const { removeEmbeddedPostgres, startEmbeddedPostgres } = require(path.join(root, 'lib/devnet/postgres'))
  const { SnakeNamingStrategy } = require('@subsquid/typeorm-config/lib/namingStrategy')
  const { DataSource } = require('typeorm')
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'ashao-schema-'))
  // As root the server runs as another user, who has to get in.
  chmodSync(dataDir, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir, fast: true })
  try {
    const source = new DataSource({
      type: 'postgres',
      url: postgres.url,
      entities: [path.join(root, 'lib/model/index.js')],
      migrations: [path.join(root, 'db/migrations/*-Data.js')],
      namingStrategy: new SnakeNamingStrategy(),
      migrationsTableName: 'migrations',
    })
    await source.initialize()
    await source.runMigrations({ transaction: 'all' })
    const { upQueries, downQueries } = await source.driver.createSchemaBuilder().log()
    await source.destroy()
    return { up: upQueries.map((query) => query.query), down: downQueries.map((query) => query.query) }
  } finally {
    await postgres.stop()
    await removeEmbeddedPostgres(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  }
}
