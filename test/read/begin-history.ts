import type { EconomyFile } from '../../src/config/economy-file'
import { fingerprintOf } from '../../src/config/fingerprint'
import { claimDeployment } from '../../src/store/deployment'
import { hashOf, SEED } from '../support/history'
import type { IndexerDatabase } from '../support/indexer-database'

/** Empties every table, and claims the database for an economy. */
export async function beginHistory({ client }: IndexerDatabase, economy: EconomyFile): Promise<void> {
  const { chain, contracts, policy } = economy
  await client.query(
    `TRUNCATE account, bucket, burn, correction, coverage, deployment, head, invariant_break, price, reward, snapshot,
       stake, transfer, treasury_flow, upgrade`,
  )
  await claimDeployment(client, {
    chainId: chain.id,
    genesisHash: hashOf('genesis'),
    fingerprint: fingerprintOf(economy),
    historySeed: SEED,
    token: contracts.token.address,
    staking: contracts.staking.address,
    stable: contracts.stable.address,
    startBlock: policy.startBlock,
    partial: Object.entries(policy.partial).flatMap(([name, isPartial]) => (isPartial ? [name] : [])),
  })
}
