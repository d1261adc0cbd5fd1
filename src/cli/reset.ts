import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Environment } from '../config/environment'
import { lockHolder } from './data-dir-lock'
import { AlreadyRunning } from './errors'

/**
 * Clears the local state: the embedded database, the local chain and the logs. Databases and nodes that the
 * environment names are never touched.
 * @returns what was removed
 * @throws AlreadyRunning (E6202) while a supervisor uses the data directory.
 */
export async function reset({ dataDir }: Environment): Promise<string[]> {
  const holder = lockHolder(dataDir)
  if (holder !== undefined) throw new AlreadyRunning({ dataDir, pid: holder })
  if (!existsSync(dataDir)) return []
  const { removeEmbeddedPostgres } = await import('../devnet/postgres.js')
  const { endStaleAnvil } = await import('../devnet/anvil-leftovers.js')
  // A node that a killed run left behind is known by its folder only: it has to go first.
  await endStaleAnvil(path.join(dataDir, 'chain'))
  await removeEmbeddedPostgres(dataDir)
  const removed = ['embedded database']
  for (const [name, what] of [
    ['chain', 'local chain'],
    ['logs', 'logs'],
    ['supervisor.pid', undefined],
  ] as const) {
    const place = path.join(dataDir, name)
    if (!existsSync(place)) continue
    rmSync(place, { recursive: true, force: true })
    if (what !== undefined) removed.push(what)
  }
  return removed
}
