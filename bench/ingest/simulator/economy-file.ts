import { stringify } from 'yaml'
import { type Cast, CONTRACT, PERSON } from './cast'
import type { ChainOptions } from './chain-options'

/** Where the contracts are deployed: block 0 has none of them. */
export const DEPLOYMENT_BLOCK = 1

/** The text of `economy.yaml` for a chain. */
export function economyFile(cast: Cast, { chainId, finality }: ChainOptions): string {
  const contract = (index: number): string => cast.contracts[index]?.text ?? ''
  const wallet = (person: number): string => cast.address(person)
  const startBlock = DEPLOYMENT_BLOCK
  return stringify({
    chain: {
      id: chainId,
      name: 'Simulated chain',
      finality: finality > 0 ? { tag: 'finalized' } : { confirmations: 0 },
    },
    contracts: {
      token: { address: contract(CONTRACT.token), startBlock, decimals: 18, symbol: 'ASHAO' },
      staking: {
        address: contract(CONTRACT.staking),
        startBlock,
        rewardToken: 'stable',
        custody: false,
      },
      stable: { address: contract(CONTRACT.stable), startBlock, decimals: 6, symbol: 'USDC' },
    },
    wallets: {
      treasury: [wallet(PERSON.treasury), wallet(PERSON.secondTreasury)],
      buyback: [wallet(PERSON.buyback)],
      rewards: [wallet(PERSON.rewards)],
      internal: [wallet(PERSON.internal)],
      excluded: [{ address: wallet(PERSON.team), label: 'Team', fromBlock: startBlock }],
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
