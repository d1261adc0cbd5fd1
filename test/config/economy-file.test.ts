import fc from 'fast-check'
import { getAddress, type Hex } from 'viem'
import { expect, test } from 'vitest'
import { type EconomyFile, parseEconomyFile } from '../../src/config/economy-file'
import type { Problem } from '../../src/config/problems'
import { economyText, STABLE, STAKING, TOKEN, TREASURY, wallet } from '../support/economy-file'

const DEAD = '0x000000000000000000000000000000000000dead'

function parse(changes: Readonly<Record<string, unknown>> = {}): EconomyFile {
  const problems: Problem[] = []
  const economy = parseEconomyFile(economyText(changes), 'economy.yaml', problems)
  expect(problems).toEqual([])
  if (economy === undefined) throw new TypeError('no economy and no problem')
  return economy
}

test('every key of the file arrives, addresses in lower case and amounts in base units', () => {
  const economy = parse()
  expect(economy).toEqual({
    chain: {
      id: 8453,
      name: 'Base',
      finality: { kind: 'tag', tag: 'finalized' },
      explorer: 'https://basescan.org',
    },
    contracts: {
      token: {
        address: TOKEN.toLowerCase(),
        startBlock: 1_234_567,
        decimals: 18,
        symbol: 'ASHAO',
        partialHistory: false,
        indexedTransfers: true,
      },
      staking: {
        address: STAKING.toLowerCase(),
        startBlock: 1_234_890,
        rewardToken: 'stable',
        partialHistory: false,
        custody: false,
        events: { stake: 'Staked', unstake: 'Withdrawn' },
        views: { totalStaked: 'totalSupply', stakeOf: 'balanceOf' },
      },
      stable: {
        address: STABLE.toLowerCase(),
        startBlock: 1_234_000,
        decimals: 6,
        symbol: 'USDC',
        partialHistory: false,
        indexedTransfers: false,
      },
      pair: { address: wallet('9'), startBlock: 1_234_600 },
    },
    policy: {
      startBlock: 1_234_000,
      staking: STAKING.toLowerCase(),
      custody: false,
      decimals: { token: 18, stable: 6, reward: 6 },
      rewardToken: 'stable',
      treasury: new Set([TREASURY.toLowerCase()]),
      buyback: new Set([wallet('1')]),
      rewards: new Set([STAKING.toLowerCase(), wallet('2')]),
      internal: new Set([wallet('3')]),
      bridges: new Set([wallet('4')]),
      dead: new Set([DEAD]),
      excluded: [{ address: wallet('5'), label: 'Team vesting', fromBlock: 1_234_567 }],
      partial: { token: false, staking: false, stable: false },
      maxSupply: 10n ** 27n,
      burnBps: 5000,
      rewardsBps: 5000,
      unstakedWorkerBps: 7000,
      stakedWorkerBps: 8000,
      minimumWorkerStake: 2_500_000_000_000_000_000n,
      creditPrice: 10n ** 16n,
    },
    creditPriceUsd: '0.01',
  })
  expect(Object.isFrozen(economy)).toBe(true)
})

test('what may be left out has the default that the documentation names', () => {
  const economy = parse({
    'chain.explorer': undefined,
    'contracts.stable.startBlock': undefined,
    'contracts.staking.views': undefined,
    'contracts.staking.custody': undefined,
    'contracts.staking.events': undefined,
    'contracts.pair': undefined,
    'contracts.stable.indexedTransfers': undefined,
    'wallets.buyback': undefined,
    'wallets.rewards': undefined,
    'wallets.internal': undefined,
    'wallets.bridges': undefined,
    'wallets.dead': undefined,
    'wallets.excluded': undefined,
    'policy.minimumWorkerStake': undefined,
  })
  expect(economy.chain.explorer).toBeUndefined()
  expect(economy.contracts.stable.startBlock).toBe(1_234_567)
  expect(economy.contracts.staking.views).toBeUndefined()
  expect(economy.contracts.staking.events).toEqual({ stake: undefined, unstake: undefined })
  expect(economy.policy.custody).toBe(true)
  expect(economy.contracts.pair).toBeUndefined()
  expect(economy.contracts.stable.indexedTransfers).toBe(true)
  expect(economy.policy).toMatchObject({
    buyback: new Set(),
    rewards: new Set([STAKING.toLowerCase()]),
    internal: new Set(),
    bridges: new Set(),
    dead: new Set([DEAD]),
    excluded: [],
    minimumWorkerStake: 0n,
  })
})

test.each([
  [{ tag: 'finalized' }, { kind: 'tag', tag: 'finalized' }],
  [{ tag: 'safe' }, { kind: 'tag', tag: 'safe' }],
  [{ confirmations: 64 }, { kind: 'confirmations', confirmations: 64 }],
  [{ confirmations: 0 }, { kind: 'confirmations', confirmations: 0 }],
])('finality %j is read', (written, read) => {
  expect(parse({ 'chain.finality': written }).chain.finality).toEqual(read)
})

test.each(['token', 'staking', 'stable'] as const)(
  'partialHistory of the %s is a rule of its own',
  (name) => {
    const { contracts, policy } = parse({ [`contracts.${name}.partialHistory`]: true })
    expect(contracts[name].partialHistory).toBe(true)
    expect(policy.partial).toEqual({ token: false, staking: false, stable: false, [name]: true })
  },
)

test('staking may be the token itself, and reward in it', () => {
  const changes = { 'contracts.staking.address': TOKEN, 'contracts.staking.rewardToken': 'token' }
  const { token, staking } = parse(changes).contracts
  expect(staking).toMatchObject({ address: token.address, rewardToken: 'token' })
})

test('legs of less than all revenue, and supplies of any size, are allowed', () => {
  const economy = parse({
    'policy.burnBps': 0,
    'policy.rewardsBps': 10_000,
    'policy.maxSupply': '0.000000001',
  })
  expect(economy.policy).toMatchObject({ burnBps: 0, rewardsBps: 10_000, maxSupply: 10n ** 9n })
})

test('indexing starts where the earliest contract does', () => {
  expect(parse().policy.startBlock).toBe(1_234_000)
  expect(parse({ 'contracts.staking.startBlock': 7 }).policy.startBlock).toBe(7)
  expect(parse({ 'contracts.stable.startBlock': undefined }).policy.startBlock).toBe(1_234_567)
})

const anyAddress = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes): Hex => `0x${Buffer.from(bytes).toString('hex')}`)
  .filter((text) => /[1-9a-f]/.test(text.slice(2)) && text !== DEAD)

test('an address is the same in lower case, upper case and with its checksum', () => {
  fc.assert(
    fc.property(anyAddress, (lower) => {
      for (const text of [lower, getAddress(lower)]) {
        expect(parse({ 'wallets.treasury': [text] }).policy.treasury).toEqual(new Set([lower]))
      }
    }),
    { numRuns: 30 },
  )
})

test('a checksum with one letter in the wrong case is refused, and the right spelling given', () => {
  const letters = anyAddress.filter((text) => (text.match(/[a-f]/g) ?? []).length >= 2)
  fc.assert(
    fc.property(letters, fc.nat(39), (lower, near) => {
      const right = getAddress(lower)
      const at = [...right].findIndex((digit, index) => index >= 2 + near && /[a-fA-F]/.test(digit))
      fc.pre(at >= 0)
      const digit = right[at] ?? ''
      const flipped = digit === digit.toLowerCase() ? digit.toUpperCase() : digit.toLowerCase()
      const wrong = right.slice(0, at) + flipped + right.slice(at + 1)
      // All in one case is a spelling without a checksum.
      fc.pre(wrong !== lower && wrong.slice(2) !== wrong.slice(2).toUpperCase())
      const problems: Problem[] = []
      const text = economyText({ 'wallets.treasury': [wrong] })
      expect(parseEconomyFile(text, 'economy.yaml', problems)).toBeUndefined()
      expect(problems).toEqual([
        {
          key: 'wallets.treasury.0',
          problem: `"${wrong}" has a wrong EIP-55 checksum`,
          mend: `check every digit: it would be ${right}`,
        },
      ])
    }),
    { numRuns: 30 },
  )
})

test('rewards in the token itself count in its decimals', () => {
  const { policy } = parse({ 'contracts.staking.rewardToken': 'token' })
  expect(policy.rewardToken).toBe('token')
  expect(policy.decimals).toEqual({ token: 18, stable: 6, reward: 18 })
})

test('a pair that is older than the contracts moves the first block', () => {
  const { policy } = parse({ 'contracts.pair.startBlock': 1_000 })
  expect(policy.startBlock).toBe(1_000)
})
