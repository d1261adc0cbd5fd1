import { sha256 } from '../chain/verify/sha256'
import type { EconomyFile } from '../config/economy-file'
import { fingerprintOf } from '../config/fingerprint'
import type { Hash } from '../core/address'
import { historySeed } from '../core/digest'
import { CONTRACT_NAMES } from '../core/events'
import type { DeploymentIdentity } from '../store/deployment'

/** What a database that is filled from this file, on the chain that begins with `genesisHash`, belongs to. */
export function deploymentIdentity(economy: EconomyFile, genesisHash: Hash): DeploymentIdentity {
  const { chain, contracts, policy } = economy
  const { token, staking, stable, pair } = contracts
  return {
    chainId: chain.id,
    genesisHash,
    fingerprint: fingerprintOf(economy),
    historySeed: historySeed(
      { chainId: chain.id, token, staking, stable, pair, treasury: policy.treasury, buyback: policy.buyback },
      sha256,
    ),
    token: token.address,
    staking: staking.address,
    stable: stable.address,
    startBlock: policy.startBlock,
    partial: CONTRACT_NAMES.filter((name) => policy.partial[name]),
  }
}
