import { createHash } from 'node:crypto'
import { type EconomyFile, startBlockOf } from '../config/economy-file'
import type { Hash } from '../core/address'
import { historySeed } from '../core/digest'
import type { DeploymentIdentity } from '../store/deployment'

/** SHA-256 by Node, for the core's digest. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

/** What a database that is filled from this file, on the chain that begins with `genesisHash`, belongs to. */
export function deploymentIdentity(economy: EconomyFile, genesisHash: Hash): DeploymentIdentity {
  const { chain, contracts, policy } = economy
  const { token, staking, stable } = contracts
  const names = ['token', 'staking', 'stable'] as const
  return {
    chainId: chain.id,
    genesisHash,
    fingerprint: `0x${createHash('sha256').update(storedRules(economy)).digest('hex')}`,
    historySeed: historySeed(
      { chainId: chain.id, token, staking, stable, treasury: policy.treasury },
      sha256,
    ),
    token: token.address,
    staking: staking.address,
    stable: stable.address,
    startBlock: startBlockOf(economy),
    partial: names.filter((name) => policy.partial[name]),
  }
}

/** Everything that decides what a stored row says; rules that are applied when reading may change freely. */
function storedRules({ contracts, policy }: EconomyFile): string {
  const { token, staking, stable } = contracts
  return JSON.stringify({
    startBlocks: [token.startBlock, staking.startBlock, stable.startBlock],
    partial: policy.partial,
    treasury: [...policy.treasury].sort(),
    buyback: [...policy.buyback].sort(),
    rewards: [...policy.rewards].sort(),
    internal: [...policy.internal].sort(),
    bridges: [...policy.bridges].sort(),
    dead: [...policy.dead].sort(),
    excluded: policy.excluded
      .map(({ address, fromBlock }) => [address, fromBlock] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  })
}
