import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EconomyFile, parseEconomyFile } from '../../src/config/economy-file'
import { economyJson, parseEconomyJson } from '../../src/config/economy-json'
import { ConfigurationInvalid } from '../../src/config/problems'
import type { Address } from '../../src/core/address'
import { STAKE_EVENTS, UNSTAKE_EVENTS } from '../../src/core/events'
import { economyText } from '../support/economy-file'

/** Any text that a file in UTF-8 can hold, with what YAML, JSON and terminals stumble over. */
const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom('yes', 'null', '~', '0x10', '1_000', '2026-01-01', '=1+1', '"\\"', "it's: # &a *b !c", '%'),
  fc.constantFrom(
    'line\u2028and\u2029paragraph',
    '\ufeffmark',
    '\u0000\u0007\u001b\u0085\u00a0',
    '🔥 burn',
    '{}',
  ),
)

const addresses = (count: number): fc.Arbitrary<Address[]> =>
  fc.uniqueArray(
    fc
      .bigInt({ min: 10n ** 40n, max: 2n ** 160n - 1n })
      .map((number): Address => `0x${number.toString(16).padStart(40, '0')}`),
    { minLength: count, maxLength: count },
  )

const block = fc.nat(2_147_483_647)
const bps = fc.nat(5_000)

/** An economy of which every optional part may be there or not; parsed from a file, then given texts of any kind. */
const economies: fc.Arbitrary<EconomyFile> = fc
  .record({
    addresses: addresses(16),
    counts: fc.record({ treasury: fc.integer({ min: 1, max: 2 }), others: fc.nat(2) }),
    chainId: fc.integer({ min: 1, max: 2_147_483_647 }),
    finality: fc.constantFrom(
      { tag: 'finalized' },
      { tag: 'safe' },
      { confirmations: 0 },
      { confirmations: 64 },
    ),
    explorer: fc.constantFrom(undefined, 'https://basescan.org', 'http://localhost:4000/a?b=c#d'),
    startBlocks: fc.tuple(block, block, fc.option(block, { nil: undefined }), block),
    decimals: fc.tuple(fc.nat(36), fc.nat(36)),
    flags: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    rewardToken: fc.constantFrom('stable', 'token'),
    stake: fc.constantFrom(undefined, ...STAKE_EVENTS),
    unstake: fc.constantFrom(undefined, ...UNSTAKE_EVENTS),
    views: fc.constantFrom(undefined, { totalStaked: '$total', stakeOf: '_of1' }),
    hasPair: fc.boolean(),
    isStakingToken: fc.boolean(),
    bps: fc.tuple(bps, bps, fc.nat(10_000), fc.nat(10_000)),
    amounts: fc.tuple(fc.bigInt(0n, 10n ** 60n), fc.option(fc.bigInt(0n, 10n ** 30n), { nil: undefined })),
    creditPriceUsd: fc.constantFrom('0.01', '1', '0.010', '12.500000000000000001', '007'),
    texts: fc.tuple(text, text, text, text, text),
  })
  .map((facts) => {
    const [token, staking, stable, pair, ...others] = facts.addresses
    const take = (count: number): Address[] => others.splice(0, count)
    const [tokenStart, stakingStart, stableStart, pairStart] = facts.startBlocks
    const [tokenDecimals, stableDecimals] = facts.decimals
    const [tokenPartial, stakingPartial, stablePartial, tokenIndexed, stableIndexed, custody] = facts.flags
    const [maxSupply, minimumStake] = facts.amounts
    const { treasury, others: count } = facts.counts
    const changes = {
      'chain.id': facts.chainId,
      'chain.finality': facts.finality,
      'chain.explorer': facts.explorer,
      'contracts.token.address': token,
      'contracts.token.startBlock': tokenStart,
      'contracts.token.decimals': tokenDecimals,
      'contracts.token.partialHistory': tokenPartial,
      'contracts.token.indexedTransfers': tokenIndexed,
      'contracts.staking.address': facts.isStakingToken ? token : staking,
      'contracts.staking.startBlock': stakingStart,
      'contracts.staking.rewardToken': facts.rewardToken,
      'contracts.staking.partialHistory': stakingPartial,
      'contracts.staking.custody': custody,
      'contracts.staking.events': { stake: facts.stake, unstake: facts.unstake },
      'contracts.staking.views': facts.views,
      'contracts.stable.address': stable,
      'contracts.stable.startBlock': stableStart,
      'contracts.stable.decimals': stableDecimals,
      'contracts.stable.partialHistory': stablePartial,
      'contracts.stable.indexedTransfers': stableIndexed,
      'contracts.pair': facts.hasPair ? { address: pair, startBlock: pairStart } : undefined,
      'wallets.treasury': take(treasury),
      'wallets.buyback': take(count),
      'wallets.rewards': take(count),
      'wallets.internal': take(count),
      'wallets.bridges': take(count),
      'wallets.dead': take(count),
      'wallets.excluded': take(2).map((address, index) => ({
        address,
        label: `l${index}`,
        fromBlock: index,
      })),
      'policy.maxSupply': spelled(maxSupply, tokenDecimals),
      'policy.burnBps': facts.bps[0],
      'policy.rewardsBps': facts.bps[1],
      'policy.unstakedWorkerBps': facts.bps[2],
      'policy.stakedWorkerBps': facts.bps[3],
      'policy.minimumWorkerStake':
        minimumStake === undefined ? undefined : spelled(minimumStake, tokenDecimals),
      'policy.creditPriceUsd': facts.creditPriceUsd,
    }
    return withTexts(parseEconomyJson(economyText(changes), 'made up'), facts.texts)
  })

/** Base units as whole tokens, with every decimal place. */
function spelled(amount: bigint, decimals: number): string {
  const digits = `${amount}`.padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`
}

/** The economy with these texts in it, past the file that another writer would have to spell them in. */
function withTexts(economy: EconomyFile, [name, token, stable, ...labels]: readonly string[]): EconomyFile {
  const { contracts, policy } = economy
  return {
    ...economy,
    chain: { ...economy.chain, name: name ?? '' },
    contracts: {
      ...contracts,
      token: { ...contracts.token, symbol: token ?? '' },
      stable: { ...contracts.stable, symbol: stable ?? '' },
    },
    policy: {
      ...policy,
      excluded: policy.excluded.map((wallet, index) => ({ ...wallet, label: labels[index] ?? '' })),
    },
  }
}

test('an economy that is read back is the same one, and in ASCII', () => {
  fc.assert(
    fc.property(economies, (economy) => {
      const json = economyJson(economy)
      expect(parseEconomyJson(json, 'economy.json')).toStrictEqual(economy)
      expect(parseEconomyFile(json, 'economy.json', [])).toStrictEqual(economy)
      expect(json).toMatch(/^[\n -~]*\n$/)
    }),
    { numRuns: 150 },
  )
})

test('equal economies give equal bytes, whatever order their wallets were listed in', () => {
  fc.assert(
    fc.property(economies, (economy) => {
      const reversed = (wallets: ReadonlySet<Address>): Set<Address> => new Set([...wallets].reverse())
      const { policy } = economy
      const other = {
        ...economy,
        policy: {
          ...policy,
          treasury: reversed(policy.treasury),
          buyback: reversed(policy.buyback),
          rewards: reversed(policy.rewards),
          internal: reversed(policy.internal),
          bridges: reversed(policy.bridges),
          dead: reversed(policy.dead),
        },
      }
      expect(economyJson(other)).toBe(economyJson(economy))
    }),
    { numRuns: 30 },
  )
})

test('what a file leaves out is spelled out, in the sections of economy.yaml', () => {
  const left = economyText({
    'chain.explorer': undefined,
    'contracts.staking.views': undefined,
    'wallets.dead': undefined,
  })
  const file = JSON.parse(economyJson(parseEconomyJson(left, 'economy.yaml')))
  expect(Object.keys(file)).toEqual(['chain', 'contracts', 'wallets', 'policy'])
  expect(file.chain).toEqual({ id: 8453, name: 'Base', finality: { tag: 'finalized' } })
  expect(file.contracts.staking).not.toHaveProperty('views')
  expect(file.wallets.dead).toEqual(['0x000000000000000000000000000000000000dead'])
  expect(file.policy.minimumWorkerStake).toBe('2.5')
})

test('a file that is no economy is refused with every problem of it', () => {
  const economy = parseEconomyJson(economyText(), 'economy.yaml')
  const file = JSON.parse(economyJson(economy))
  file.chain.id = '8453'
  file.wallets.dead = ['0x12']
  const parse = (): EconomyFile => parseEconomyJson(JSON.stringify(file), 'economy.json')
  expect(parse).toThrow(ConfigurationInvalid)
  expect(parse).toThrow(/2 problems/)
})
