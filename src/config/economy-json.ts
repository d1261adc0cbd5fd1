import type { Address } from '../core/address'
import { formatUnits } from '../core/units'
import { type EconomyFile, parseEconomyFile } from './economy-file'
import { ConfigurationInvalid, type Problem } from './problems'

/**
 * A whole economy.yaml as JSON, which is YAML: what was left out is spelled out, and equal economies give equal bytes. In
 * ASCII, so that no reader stumbles over what a label may hold.
 */
export function economyJson({ chain, contracts, policy, creditPriceUsd }: EconomyFile): string {
  const { token, staking, stable, pair } = contracts
  const { finality } = chain
  // Keys in the order of README's example; one that is undefined is left out by JSON.
  const file = {
    chain: {
      id: chain.id,
      name: chain.name,
      finality: finality.kind === 'tag' ? { tag: finality.tag } : { confirmations: finality.confirmations },
      explorer: chain.explorer,
    },
    contracts: {
      token: tokenOf(token),
      staking: {
        address: staking.address,
        startBlock: staking.startBlock,
        rewardToken: staking.rewardToken,
        partialHistory: staking.partialHistory,
        custody: staking.custody,
        events: { stake: staking.events.stake, unstake: staking.events.unstake },
        views: staking.views && { totalStaked: staking.views.totalStaked, stakeOf: staking.views.stakeOf },
      },
      stable: tokenOf(stable),
      pair: pair && { address: pair.address, startBlock: pair.startBlock },
    },
    wallets: {
      treasury: listOf(policy.treasury),
      buyback: listOf(policy.buyback),
      // The staking contract is always one of them.
      rewards: listOf(policy.rewards).filter((wallet) => wallet !== staking.address),
      internal: listOf(policy.internal),
      bridges: listOf(policy.bridges),
      dead: listOf(policy.dead),
      // In the order of the file, which answers keep.
      excluded: policy.excluded.map(({ address, label, fromBlock }) => ({ address, label, fromBlock })),
    },
    policy: {
      maxSupply: formatUnits(policy.maxSupply, token.decimals),
      burnBps: policy.burnBps,
      rewardsBps: policy.rewardsBps,
      unstakedWorkerBps: policy.unstakedWorkerBps,
      stakedWorkerBps: policy.stakedWorkerBps,
      minimumWorkerStake: formatUnits(policy.minimumWorkerStake, token.decimals),
      creditPriceUsd,
    },
  }
  return `${inAscii(JSON.stringify(file, null, 2))}\n`
}

/**
 * Reads what `economyJson` wrote.
 * @param path what the text is called in problems
 * @throws ConfigurationInvalid (E1001)
 */
export function parseEconomyJson(text: string, path: string): EconomyFile {
  const problems: Problem[] = []
  const economy = parseEconomyFile(text, path, problems)
  if (economy === undefined) throw new ConfigurationInvalid(problems)
  return economy
}

function tokenOf(token: EconomyFile['contracts']['token']): object {
  const { address, startBlock, decimals, symbol, partialHistory, indexedTransfers } = token
  return { address, startBlock, decimals, symbol, partialHistory, indexedTransfers }
}

/** Wallets of one role have no order of their own. */
function listOf(wallets: ReadonlySet<Address>): readonly Address[] {
  return [...wallets].sort()
}

/** Outside of a string, JSON has nothing but ASCII. */
function inAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
