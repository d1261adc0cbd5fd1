import { Client } from 'pg'
import { type ChainNode, connectNode } from '../chain/node'
import { probeNode } from '../chain/probe'
import type { Config } from '../config'
import { redactUrl } from '../config/redact'
import type { Hash } from '../core/address'
import { DatabaseUnreachable } from '../store/errors'

/**
 * @param name what PostgreSQL shows of the connection in `pg_stat_activity`
 * @throws DatabaseUnreachable (E4004)
 */
export async function connectDatabase(url: string, name: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: name })
  try {
    await client.connect()
  } catch (error) {
    throw new DatabaseUnreachable(databaseFacts(url, error))
  }
  return client
}

export function databaseFacts(url: string, error: unknown): { database: string; reason: string } {
  return { database: redactUrl(url), reason: error instanceof Error ? error.message : String(error) }
}

/**
 * Takes the first node, in order of preference, that can serve this economy.
 * @param warn told of each that cannot, where there are several
 */
export async function chooseNode(
  { environment, economy }: Config,
  warn: (message: string, error: Error) => void,
): Promise<{ node: ChainNode; url: string; genesisHash: Hash }> {
  let first: unknown
  for (const url of environment.rpcUrls) {
    const node = connectNode(url, redactUrl(url))
    try {
      const { genesisHash } = await probeNode(node, economy)
      return { node, url, genesisHash }
    } catch (error) {
      first ??= error
      if (environment.rpcUrls.length > 1) warn(`${node.shownUrl} cannot be used`, error as Error)
    }
  }
  throw first
}
