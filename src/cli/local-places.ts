import path from 'node:path'
import type { Environment } from '../config/environment'
import { NotRunning } from './errors'

/**
 * Where `npm start` on this data directory runs what the environment does not name: the local chain without RPC_URL,
 * the embedded PostgreSQL without DATABASE_URL.
 * @returns the variables that name them
 * @throws NotRunning (E6207)
 */
export async function localPlaces(environment: Environment): Promise<Readonly<Record<string, string>>> {
  const { rpcUrls, databaseUrl, dataDir } = environment
  const chain = rpcUrls.length > 0 ? {} : await localChain(dataDir)
  return { ...chain, ...(databaseUrl === undefined ? await localDatabase(dataDir) : {}) }
}

async function localChain(dataDir: string): Promise<Record<string, string>> {
  const { runningPort } = await import('../devnet/anvil-leftovers.js')
  const { readChainRecord } = await import('../devnet/chain-record.js')
  const directory = path.join(dataDir, 'chain')
  const port = runningPort(directory)
  // Without its record the chain is still being made, and its economy is not written yet.
  if (port === undefined || readChainRecord(directory) === undefined) {
    throw new NotRunning({ what: 'local chain', dataDir, variable: 'RPC_URL' })
  }
  return { RPC_URL: `http://127.0.0.1:${port}`, ECONOMY_FILE: path.join(directory, 'economy.yaml') }
}

async function localDatabase(dataDir: string): Promise<Record<string, string>> {
  const { runningPostgresUrl } = await import('../devnet/postgres.js')
  const url = await runningPostgresUrl(dataDir)
  if (url === undefined)
    throw new NotRunning({ what: 'embedded PostgreSQL', dataDir, variable: 'DATABASE_URL' })
  return { DATABASE_URL: url }
}
