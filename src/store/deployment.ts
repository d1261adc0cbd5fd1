import type { Client } from 'pg'
import type { Address, Hash } from '../core/address'
import { DeploymentMismatch } from './errors'

/** What a database was filled for: one chain, one economy, one set of rules. */
export interface DeploymentIdentity {
  readonly chainId: number
  readonly genesisHash: Hash
  /** SHA-256 over everything in the configuration that decides what a stored row says. */
  readonly fingerprint: Hash
  readonly historySeed: Hash
  readonly token: Address
  readonly staking: Address
  readonly stable: Address
  readonly startBlock: number
  readonly partial: readonly string[]
}

interface StoredDeployment {
  chain_id: number
  genesis_hash: string
  fingerprint: string
  token: string
  staking: string
  stable: string
}

/**
 * Makes sure that this database belongs to this economy.
 * @returns whether it already did; a fresh one still has to be claimed.
 * @throws DeploymentMismatch (E4002) naming the first thing that differs.
 */
export async function matchDeployment(client: Client, identity: DeploymentIdentity): Promise<boolean> {
  const { rows } = await client.query<StoredDeployment>(
    `SELECT chain_id, genesis_hash, fingerprint, token, staking, stable FROM deployment WHERE id = 'deployment'`,
  )
  const stored = rows[0]
  if (stored === undefined) return false
  // Nothing has been indexed under this claim yet: a corrected configuration may claim anew.
  if ((await indexedSoFar(client)).hash === undefined && (await finalBlock(client)).height < 0) return false
  const compared: [what: string, stored: string, configured: string][] = [
    ['chain', String(stored.chain_id), String(identity.chainId)],
    ['the chain that begins with block', stored.genesis_hash, identity.genesisHash],
    ['token', stored.token, identity.token],
    ['staking contract', stored.staking, identity.staking],
    ['stable asset', stored.stable, identity.stable],
    ['start blocks, wallets and exclusions with fingerprint', stored.fingerprint, identity.fingerprint],
  ]
  for (const [what, was, configured] of compared) {
    if (was !== configured) throw new DeploymentMismatch({ what, stored: was, configured })
  }
  return true
}

/** Writes the identity into a database in which nothing is indexed yet. */
export async function claimDeployment(client: Client, identity: DeploymentIdentity): Promise<void> {
  await client.query(
    `INSERT INTO deployment (id, chain_id, genesis_hash, fingerprint, history_seed, token, staking, stable,
                             start_block, partial, created_at, indexes_pending)
     VALUES ('deployment', $1, $2, $3, $4, $5, $6, $7, $8, $9, now(), false)
     ON CONFLICT (id) DO UPDATE SET chain_id = $1, genesis_hash = $2, fingerprint = $3, history_seed = $4,
       token = $5, staking = $6, stable = $7, start_block = $8, partial = $9, created_at = now()`,
    [
      identity.chainId,
      identity.genesisHash,
      identity.fingerprint,
      identity.historySeed,
      identity.token,
      identity.staking,
      identity.stable,
      identity.startBlock,
      identity.partial,
    ],
  )
}

/** The newest block that is indexed for good, as the SDK keeps it; height −1 before the first. */
export async function finalBlock(client: Client): Promise<{ height: number; hash: string }> {
  const { rows: tables } = await client.query<{ known: string | null }>(
    `SELECT to_regclass('squid_processor.status')::text AS known`,
  )
  if (tables[0]?.known == null) return { height: -1, hash: '0x' }
  const { rows } = await client.query<{ height: number; hash: string }>(
    'SELECT height, hash FROM squid_processor.status WHERE id = 0',
  )
  return rows[0] ?? { height: -1, hash: '0x' }
}

/** The newest indexed block, and the events up to it; −1, no hash and 0 before the first. */
export async function indexedSoFar(
  client: Client,
): Promise<{ block: number; hash: string | undefined; events: number }> {
  const { rows } = await client.query<{ block: number; hash: string; events: number }>(
    `SELECT head.block_number AS block, head.hash, coalesce(snapshot.event_count, 0) AS events
     FROM head LEFT JOIN LATERAL (SELECT event_count FROM snapshot ORDER BY block_number DESC LIMIT 1) snapshot ON true`,
  )
  return rows[0] ?? { block: -1, hash: undefined, events: 0 }
}

/** Says what the node last told; beside the history, not part of it, so it is never undone by a reorg. */
export async function writeSourceStatus(
  client: Client,
  source: { url: string; chainHead: number; chainFinalized: number },
): Promise<void> {
  await client.query(
    `INSERT INTO source_status (id, url, chain_head, chain_finalized, observed_at)
     VALUES ('source', $1, $2, $3, now())
     ON CONFLICT (id) DO UPDATE SET url = $1, chain_head = $2, chain_finalized = $3, observed_at = now()`,
    [source.url, source.chainHead, source.chainFinalized],
  )
}
