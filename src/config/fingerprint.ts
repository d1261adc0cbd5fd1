import { createHash } from 'node:crypto'
import type { Hash } from '../core/address'
import type { EconomyFile } from './economy-file'

/** Every answer asks for it, and an economy file never changes while it is served. */
const known = new WeakMap<EconomyFile, Hash>()

/** SHA-256 over everything in an economy file that decides what a stored row says and in what unit. */
export function fingerprintOf(economy: EconomyFile): Hash {
  let fingerprint = known.get(economy)
  if (fingerprint === undefined) {
    fingerprint = `0x${createHash('sha256').update(storedRules(economy)).digest('hex')}`
    known.set(economy, fingerprint)
  }
  return fingerprint
}

/** Rules that are applied when reading (policy shares, labels, prices) are not among them and may change freely. */
function storedRules({ contracts, policy }: EconomyFile): string {
  const { token, staking, stable, pair } = contracts
  return JSON.stringify({
    startBlocks: [token.startBlock, staking.startBlock, stable.startBlock],
    // Stored amounts are base units: read with other decimals they would be off by powers of ten.
    decimals: [token.decimals, stable.decimals],
    custody: policy.custody,
    stakingEvents: [staking.events.stake ?? null, staking.events.unstake ?? null],
    indexedTransfers: [token.indexedTransfers, stable.indexedTransfers],
    rewardToken: staking.rewardToken,
    partial: policy.partial,
    treasury: [...policy.treasury].sort(),
    buyback: [...policy.buyback].sort(),
    rewards: [...policy.rewards].sort(),
    internal: [...policy.internal].sort(),
    bridges: [...policy.bridges].sort(),
    dead: [...policy.dead].sort(),
    pair: pair === undefined ? null : [pair.address, pair.startBlock],
    // Whether the cap was ever exceeded is noted as blocks are indexed.
    maxSupply: String(policy.maxSupply),
    excluded: policy.excluded
      .map(({ address, fromBlock }) => [address, fromBlock] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  })
}
