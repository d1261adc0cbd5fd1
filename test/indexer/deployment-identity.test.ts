import { describe, expect, test } from 'vitest'
import { type EconomyFile, parseEconomyFile } from '../../src/config/economy-file'
import { deploymentIdentity } from '../../src/indexer/deployment-identity'
import { economyText, STABLE, STAKING, TOKEN, TREASURY, wallet } from '../support/economy-file'
import { hashOf } from '../support/history'

const GENESIS = hashOf('genesis')
const PAIR = { address: wallet('a'), startBlock: 1_234_900 }

function identityOf(changes: Readonly<Record<string, unknown>> = {}) {
  const economy = parseEconomyFile(economyText(changes), 'economy.yaml', []) as EconomyFile
  return deploymentIdentity(economy, GENESIS)
}

const usual = identityOf()

test('it names the chain, the contracts, the first block and what is partial', () => {
  expect(usual).toMatchObject({
    chainId: 8453,
    genesisHash: GENESIS,
    token: TOKEN.toLowerCase(),
    staking: STAKING.toLowerCase(),
    stable: STABLE.toLowerCase(),
    startBlock: 1_234_000,
    partial: [],
  })
  const partial = { 'contracts.token.partialHistory': true, 'contracts.stable.partialHistory': true }
  expect(identityOf(partial).partial).toEqual(['token', 'stable'])
})

const excluded = (address: string, label: string, fromBlock: number) => ({ address, label, fromBlock })

describe('the fingerprint changes with every rule that decides what a stored row says', () => {
  test.each<[string, Record<string, unknown>]>([
    ['start of the token', { 'contracts.token.startBlock': 1 }],
    ['start of staking', { 'contracts.staking.startBlock': 1 }],
    ['start of the stable asset', { 'contracts.stable.startBlock': 1 }],
    ['partial history', { 'contracts.staking.partialHistory': true }],
    ['treasury', { 'wallets.treasury': [TREASURY, wallet('8')] }],
    ['buyback', { 'wallets.buyback': [] }],
    ['rewards', { 'wallets.rewards': [wallet('8')] }],
    ['internal', { 'wallets.internal': [] }],
    ['bridges', { 'wallets.bridges': [] }],
    ['dead', { 'wallets.dead': [] }],
    ['an exclusion', { 'wallets.excluded': [] }],
    ['when an exclusion begins', { 'wallets.excluded': [excluded(wallet('5'), 'Team vesting', 1)] }],
    ['decimals of the token', { 'contracts.token.decimals': 19 }],
    ['decimals of the stable asset', { 'contracts.stable.decimals': 18 }],
    ['the pair', { 'contracts.pair': PAIR }],
    ['no pair', { 'contracts.pair': undefined }],
    ['the reward token', { 'contracts.staking.rewardToken': 'token' }],
    ['who has custody of stakes', { 'contracts.staking.custody': true }],
    [
      'the event by which stake grows',
      { 'contracts.staking.events': { stake: 'Stake', unstake: 'Withdrawn' } },
    ],
    ['the event by which stake shrinks', { 'contracts.staking.events': { stake: 'Staked' } }],
    ['a token that indexes nothing', { 'contracts.token.indexedTransfers': false }],
    ['a stable asset that indexes its transfers', { 'contracts.stable.indexedTransfers': true }],
    ['the cap, which a break is judged by', { 'policy.maxSupply': '1' }],
    ['a wallet in another role', { 'wallets.buyback': [wallet('3')], 'wallets.internal': [wallet('1')] }],
  ])('%s', (_, changes) => {
    expect(identityOf(changes).fingerprint).not.toBe(usual.fingerprint)
  })
})

describe('the fingerprint stays for what is applied when reading, and for spelling', () => {
  test.each<[string, Record<string, unknown>]>([
    ['shares', { 'policy.burnBps': 1, 'policy.rewardsBps': 2, 'policy.stakedWorkerBps': 3 }],
    ['price and stake', { 'policy.creditPriceUsd': '9', 'policy.minimumWorkerStake': '0' }],
    ['names', { 'chain.name': 'Other', 'contracts.token.symbol': 'X', 'chain.explorer': undefined }],
    ['finality', { 'chain.finality': { confirmations: 9 } }],
    ['a label', { 'wallets.excluded': [excluded(wallet('5'), 'Renamed', 1_234_567)] }],
    ['lower case', { 'wallets.treasury': [TREASURY.toLowerCase()] }],
  ])('%s', (_, changes) => {
    expect(identityOf(changes)).toEqual(usual)
  })

  test('the order of a list', () => {
    const wallets = [wallet('6'), wallet('7'), wallet('8')]
    const entries = wallets.map((address, index) => excluded(address, 'Team', index))
    const one = identityOf({ 'wallets.bridges': wallets.slice(0, 2), 'wallets.excluded': entries })
    const other = identityOf({
      'wallets.bridges': [wallet('7'), wallet('6')],
      'wallets.excluded': entries.reverse(),
    })
    expect(other).toEqual(one)
  })
})

test('the history seed depends on the chain, the contracts, their starts, the treasury and the buyback wallets', () => {
  const changes: Record<string, unknown>[] = [
    { 'chain.id': 1 },
    { 'contracts.token.address': wallet('e') },
    { 'contracts.staking.address': wallet('e') },
    { 'contracts.stable.address': wallet('e') },
    { 'contracts.token.startBlock': 1 },
    { 'contracts.pair': PAIR },
    { 'contracts.pair': { ...PAIR, startBlock: 2 } },
    { 'wallets.treasury': [wallet('8')] },
    { 'wallets.buyback': [wallet('8')] },
  ]
  const seeds = changes.map((change) => identityOf(change).historySeed)
  expect(new Set([...seeds, usual.historySeed]).size).toBe(changes.length + 1)
  const others = { 'wallets.internal': [], 'wallets.bridges': [], 'wallets.excluded': [] }
  expect(identityOf(others).historySeed).toBe(usual.historySeed)
})
