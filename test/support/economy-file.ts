import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'

type Section = Record<string, unknown>

/** The examples of EIP-55, in its own spelling. */
export const TOKEN = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
export const STAKING = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'
export const STABLE = '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB'
export const TREASURY = '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb'

/** A wallet that is easy to tell apart: 0x and one digit repeated. */
export const wallet = (digit: string): string => `0x${digit.repeat(40)}`

/** An economy file that says everything that can be said. */
const FULL: Section = {
  chain: { id: 8453, name: 'Base', finality: { tag: 'finalized' }, explorer: 'https://basescan.org' },
  contracts: {
    token: { address: TOKEN, startBlock: 1_234_567, decimals: 18, symbol: 'ASHAO' },
    staking: {
      address: STAKING,
      startBlock: 1_234_890,
      rewardToken: 'stable',
      custody: false,
      events: { stake: 'Staked', unstake: 'Withdrawn' },
      views: { totalStaked: 'totalSupply', stakeOf: 'balanceOf' },
    },
    stable: { address: STABLE, startBlock: 1_234_000, decimals: 6, symbol: 'USDC', indexedTransfers: false },
    pair: { address: wallet('9'), startBlock: 1_234_600 },
  },
  wallets: {
    treasury: [TREASURY],
    buyback: [wallet('1')],
    rewards: [wallet('2')],
    internal: [wallet('3')],
    bridges: [wallet('4')],
    dead: ['0x000000000000000000000000000000000000dEaD'],
    excluded: [{ address: wallet('5'), label: 'Team vesting', fromBlock: 1_234_567 }],
  },
  policy: {
    maxSupply: '1000000000',
    burnBps: 5000,
    rewardsBps: 5000,
    unstakedWorkerBps: 7000,
    stakedWorkerBps: 8000,
    minimumWorkerStake: '2.5',
    creditPriceUsd: '0.01',
  },
}

/** The full file with other values at dotted paths; `undefined` leaves a key out. */
export function economyText(changes: Readonly<Record<string, unknown>> = {}): string {
  const file = structuredClone(FULL)
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.')
    const last = keys.pop() ?? path
    let section = file
    for (const key of keys) section = section[key] as Section
    if (value === undefined) delete section[last]
    else section[last] = value
  }
  return stringify(file)
}

/** A folder of its own with an economy file in it. */
export function economyFolder(text: string): { directory: string; file: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'ashao-economy-'))
  const file = join(directory, 'economy.yaml')
  writeFileSync(file, text)
  return { directory, file, remove: () => rmSync(directory, { recursive: true, force: true }) }
}
