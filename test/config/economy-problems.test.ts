import { describe, expect, test } from 'vitest'
import { parseEconomyFile } from '../../src/config/economy-file'
import type { Problem } from '../../src/config/problems'
import { economyText, STABLE, STAKING, TOKEN, TREASURY, wallet } from '../support/economy-file'

function problemsOf(text: string): Problem[] {
  const problems: Problem[] = []
  const economy = parseEconomyFile(text, 'economy.yaml', problems)
  expect(economy === undefined).toBe(problems.length > 0)
  for (const { key, problem, mend } of problems) expect([key, problem, mend]).not.toContain('')
  return problems
}

const refusals = (text: string): [string, string][] =>
  problemsOf(text).map(({ key, problem }) => [key, problem])

type Case = [what: string, changes: Record<string, unknown>, key: string, problem: string]

const lower = (text: string): string => text.toLowerCase()
const notSection = 'is missing or not a section'
const notWhole = 'is missing or not a whole number'
const notText = 'is missing or not text'

const CASES: Case[] = [
  ['an unknown key at the top', { wallet: {} }, 'wallet', 'is not a known key'],
  [
    'an unknown key of a contract',
    { 'contracts.token.proxy': 1 },
    'contracts.token.proxy',
    'is not a known key',
  ],
  [
    'a pair without a start block',
    { 'contracts.pair': { address: wallet('9') } },
    'contracts.pair.startBlock',
    notWhole,
  ],
  [
    'a pair that is the token',
    { 'contracts.pair': { address: TOKEN, startBlock: 1 } },
    'contracts.pair.address',
    'is another contract of the economy',
  ],
  [
    'a view with its parentheses',
    { 'contracts.staking.views': { totalStaked: 'totalStaked()', stakeOf: 'stakeOf' } },
    'contracts.staking.views.totalStaked',
    'is not the name of a function',
  ],
  [
    'one view without the other',
    { 'contracts.staking.views': { totalStaked: 'totalStaked' } },
    'contracts.staking.views.stakeOf',
    notText,
  ],
  [
    'indexed transfers as text',
    { 'contracts.stable.indexedTransfers': 'no' },
    'contracts.stable.indexedTransfers',
    'is not true or false',
  ],
  [
    'an event that no staking contract has',
    { 'contracts.staking.events': { unstake: 'Stake' } },
    'contracts.staking.events.unstake',
    'is not known',
  ],
  [
    'custody as text',
    { 'contracts.staking.custody': 'no' },
    'contracts.staking.custody',
    'is not true or false',
  ],
  [
    'a bridge that is the token',
    { 'wallets.bridges': [TOKEN] },
    'wallets.bridges',
    `${lower(TOKEN)} is contracts.token, no wallet`,
  ],
  ['a credit for nothing', { 'policy.creditPriceUsd': '0' }, 'policy.creditPriceUsd', 'is 0'],
  [
    'a credit price beyond fixed point',
    { 'policy.creditPriceUsd': '0.0000000000000000001' },
    'policy.creditPriceUsd',
    '"0.0000000000000000001" has more than 18 decimal places',
  ],
  ['a missing section', { policy: undefined }, 'policy', notSection],
  ['a section that is text', { wallets: 'none' }, 'wallets', notSection],
  ['a missing contract', { 'contracts.stable': undefined }, 'contracts.stable', notSection],
  ['a missing number', { 'chain.id': undefined }, 'chain.id', notWhole],
  ['a number as text', { 'contracts.token.decimals': '18' }, 'contracts.token.decimals', notWhole],
  ['a fraction', { 'contracts.token.startBlock': 1.5 }, 'contracts.token.startBlock', notWhole],
  ['a number below', { 'contracts.token.startBlock': -1 }, 'contracts.token.startBlock', 'is below 0'],
  ['chain 0', { 'chain.id': 0 }, 'chain.id', 'is below 1'],
  ['decimals above', { 'contracts.stable.decimals': 37 }, 'contracts.stable.decimals', 'is above 36'],
  ['basis points above', { 'policy.stakedWorkerBps': 10_001 }, 'policy.stakedWorkerBps', 'is above 10000'],
  ['an empty name', { 'chain.name': '' }, 'chain.name', 'is empty'],
  ['a symbol that is a number', { 'contracts.token.symbol': 1 }, 'contracts.token.symbol', notText],
  ['an unknown tag', { 'chain.finality': { tag: 'latest' } }, 'chain.finality', 'is not understood'],
  [
    'finality said twice',
    { 'chain.finality': { tag: 'safe', confirmations: 1 } },
    'chain.finality',
    'is not understood',
  ],
  ['no finality', { 'chain.finality': undefined }, 'chain.finality', 'is not understood'],
  [
    'an explorer that is no page',
    { 'chain.explorer': 'ftp://x.org' },
    'chain.explorer',
    'is not a web address',
  ],
  [
    'a reward token that is an address',
    { 'contracts.staking.rewardToken': TOKEN },
    'contracts.staking.rewardToken',
    'is not known',
  ],
  [
    'partialHistory as text',
    { 'contracts.token.partialHistory': 'yes' },
    'contracts.token.partialHistory',
    'is not true or false',
  ],
  [
    'an address that is cut short',
    { 'wallets.bridges': ['0x12'] },
    'wallets.bridges.0',
    '"0x12" is not an address',
  ],
  [
    'an address with the point of a sentence',
    { 'wallets.bridges': ['the bridge; see wiki'] },
    'wallets.bridges.0',
    '"the bridge; see wiki" is not an address',
  ],
  [
    'the zero address',
    { 'contracts.token.address': wallet('0') },
    'contracts.token.address',
    'is the zero address',
  ],
  ['an address that is a number', { 'contracts.token.address': 1 }, 'contracts.token.address', notText],
  ['one wallet for a list', { 'wallets.internal': wallet('3') }, 'wallets.internal', 'is not a list'],
  ['no treasury', { 'wallets.treasury': [] }, 'wallets.treasury', 'is empty'],
  [
    'an excluded wallet that is not a section',
    { 'wallets.excluded': [wallet('5')] },
    'wallets.excluded.0',
    notSection,
  ],
  [
    'a price in scientific notation',
    { 'policy.creditPriceUsd': '1e-2' },
    'policy.creditPriceUsd',
    'is not a plain decimal number',
  ],
  ['a supply as a number', { 'policy.maxSupply': 1e9 }, 'policy.maxSupply', notText],
  [
    'a stake finer than the token',
    { 'contracts.token.decimals': 0 },
    'policy.minimumWorkerStake',
    '"2.5" has more than 0 decimal places',
  ],
  [
    'one wallet in two roles',
    { 'wallets.bridges': [wallet('1')] },
    'wallets.bridges',
    `${wallet('1')} is also in wallets.buyback`,
  ],
  [
    'one wallet twice, in two spellings',
    { 'wallets.treasury': [TREASURY, lower(TREASURY)] },
    'wallets.treasury',
    `${lower(TREASURY)} is listed twice`,
  ],
  [
    'the default distributor in another role',
    { 'wallets.rewards': undefined, 'wallets.buyback': [STAKING] },
    'wallets.rewards',
    `${lower(STAKING)} is also in wallets.buyback`,
  ],
  [
    'the treasury among the excluded',
    { 'wallets.excluded': [{ address: TREASURY, label: 'Ours', fromBlock: 0 }] },
    'wallets.excluded.0',
    `${lower(TREASURY)} is in wallets.treasury, which never circulates anyway`,
  ],
  [
    'a dead address among the excluded',
    { 'wallets.excluded': [{ address: `0x${'dead'.padStart(40, '0')}`, label: 'Dead', fromBlock: 0 }] },
    'wallets.excluded.0',
    `0x${'dead'.padStart(40, '0')} is in wallets.dead, which never circulates anyway`,
  ],
  [
    'an exclusion twice',
    {
      'wallets.excluded': [
        { address: wallet('5'), label: 'One', fromBlock: 1 },
        { address: wallet('5'), label: 'Two', fromBlock: 2 },
      ],
    },
    'wallets.excluded.1',
    `${wallet('5')} is listed twice`,
  ],
  [
    'a treasury in its own token',
    { 'contracts.stable.address': TOKEN },
    'contracts.stable.address',
    'is the token itself',
  ],
  [
    'staking at the stable asset',
    { 'contracts.staking.address': STABLE },
    'contracts.staking.address',
    'is the stable asset',
  ],
  [
    'legs of more than all',
    { 'policy.burnBps': 5001 },
    'policy.rewardsBps',
    'the legs add up to 10001 basis points of revenue',
  ],
]

describe('one thing wrong is one problem, with its place and its mend', () => {
  test.each(CASES)('%s', (_, changes, key, problem) => {
    expect(refusals(economyText(changes))).toEqual([[key, problem]])
  })

  test('what a buyback or rewards wallet returns may be declared internal', () => {
    expect(refusals(economyText({ 'wallets.internal': [wallet('1'), wallet('2')] }))).toEqual([])
  })

  test.each(['buyback', 'rewards', 'internal', 'bridges', 'dead'])('%s and treasury are disjoint', (role) => {
    const problem = `${lower(TREASURY)} is also in wallets.treasury`
    expect(refusals(economyText({ [`wallets.${role}`]: [TREASURY] }))).toEqual([[`wallets.${role}`, problem]])
  })
})

test.each([
  ['chain.finality', { confirmations: -1 }],
  ['chain.finality', { confirmations: 1.5 }],
  ['wallets.excluded', 'none'],
])('%s as %j is refused in our own words', (path, value) => {
  const [[key, problem] = ['', ''], ...others] = refusals(economyText({ [path]: value }))
  expect(others).toEqual([])
  expect(key.startsWith(path)).toBe(true)
  expect(problem).toMatch(/^is /)
})

describe('problems come together', () => {
  test('of one kind or of many, each of them is reported', () => {
    const changes = {
      extra: 1,
      'chain.id': '8453',
      'contracts.token.address': '0x1',
      'wallets.treasury': [],
      policy: undefined,
    }
    const keys = refusals(economyText(changes)).map(([key]) => key)
    const expected = ['chain.id', 'contracts.token.address', 'extra', 'policy', 'wallets.treasury']
    expect(keys.sort()).toEqual(expected)
  })

  test('two overlaps and two legs too long', () => {
    const changes = {
      'wallets.bridges': [wallet('1'), wallet('2')],
      'policy.burnBps': 10_000,
      'policy.maxSupply': '0.0000000000000000001',
    }
    const keys = refusals(economyText(changes)).map(([key]) => key)
    expect(keys).toEqual(['wallets.bridges', 'wallets.bridges', 'policy.rewardsBps', 'policy.maxSupply'])
  })

  test.each(['', '# nothing yet', '[]', 'text', '1'])('the file %j has no sections', (text) => {
    const keys = refusals(text).map(([key]) => key)
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) expect(['(file)', 'chain', 'contracts', 'wallets', 'policy']).toContain(key)
  })
})

describe('YAML that cannot be read is reported by line and column', () => {
  test.each([
    ['a key twice', 'chain: 1\nchain: 2\n', '2:1'],
    ['a tab', 'chain:\n\tid: 1\n', '2:1'],
    ['a bracket left open', 'chain: {\n', '2:1'],
    ['two documents', 'chain: 1\n---\nchain: 2\n', '2:1'],
  ])('%s', (_, text, place) => {
    const problems = problemsOf(text)
    expect(problems.map(({ key }) => key)).toContain(`economy.yaml:${place}`)
    expect(problems[0]?.mend).toBe('correct the YAML')
  })

  test('an alias without its anchor', () => {
    expect(problemsOf('chain:\n  id: *base\n').map(({ key }) => key)).toEqual(['economy.yaml:2:7'])
  })
})
