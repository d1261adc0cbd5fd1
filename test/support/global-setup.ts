import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../src/devnet/postgres'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Administrator's URL of the one cluster of this test run. */
    postgresUrl: string
  }
}

/** One cluster for the whole run, gone at its end; TEST_DATABASE_URL names a server to use instead. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_DATABASE_URL
  if (given) {
    project.provide('postgresUrl', given)
    return undefined
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'ashao-test-'))
  try {
    // PostgreSQL may run as another user, who must be able to pass through.
    await chmod(dataDir, 0o755)
    const postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    project.provide('postgresUrl', postgres.url)
    return async () => {
      await postgres.stop()
      await removeEmbeddedPostgres(dataDir)
      await rm(dataDir, { recursive: true, force: true })
    }
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true })
    throw error
  }
}
