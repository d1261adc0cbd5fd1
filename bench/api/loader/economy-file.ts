import { stringify } from 'yaml'
import { ACTOR, inventActors, ORDINARY, STABLE, TOKEN } from './actors'

/** First block of the made-up chain that has anything in it. */
export const START_BLOCK = 1

/** The text of `economy.yaml` for the made-up economy. */
export function economyFile(): string {
  const actors = inventActors(ORDINARY + 1)
  const wallet = (actor: number): string => actors[actor] ?? ''
  const startBlock = START_BLOCK
  return stringify({
    chain: { id: 71_072, name: 'Made-up chain', finality: { tag: 'finalized' } },
    contracts: {
      token: { address: TOKEN, startBlock, decimals: 18, symbol: 'ASHAO' },
      staking: { address: wallet(ACTOR.staking), startBlock, rewardToken: 'stable' },
      stable: { address: STABLE, startBlock, decimals: 6, symbol: 'USDC' },
    },
    wallets: {
      treasury: [wallet(ACTOR.treasury)],
      buyback: [wallet(ACTOR.buyback)],
      internal: [wallet(ACTOR.internal)],
      excluded: [{ address: wallet(ACTOR.team), label: 'Team', fromBlock: startBlock }],
    },
    policy: {
      maxSupply: '1000000000',
      burnBps: 5000,
      rewardsBps: 5000,
      unstakedWorkerBps: 7000,
      stakedWorkerBps: 8000,
      creditPriceUsd: '0.01',
    },
  })
}
