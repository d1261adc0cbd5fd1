import fc from 'fast-check'
import { parseAbiItem, toEventSelector } from 'viem'
import { describe, expect, test } from 'vitest'
import { decodeLog, type EventSources, type RawLog, TOPICS } from '../../src/chain/decode-log'
import { LogUndecodable } from '../../src/chain/errors'
import { ZERO_ADDRESS } from '../../src/core/address'
import { addressOf, BUYBACK, HOLDERS, hashOf, TREASURY } from '../support/history'
import { EVENTS, rawLog } from './raw-log'

const SOURCES: EventSources = {
  token: addressOf(0x70),
  staking: addressOf(0x71),
  stable: addressOf(0x72),
  pair: addressOf(0x73),
  wallets: new Set([TREASURY, BUYBACK]),
  stakingEvents: { stake: undefined, unstake: undefined },
  indexedTransfers: true,
}
const FOREIGN = addressOf(0x99)
const [ALICE = ZERO_ADDRESS, BOB = ZERO_ADDRESS] = HOLDERS
const PLACE = { logIndex: 3, transactionHash: hashOf('tx', 1) }

const decode = (log: RawLog, sources = SOURCES) => decodeLog(log, sources, 7)

test('topic0 is the hash of the signature, as the domain names it', () => {
  const signatures = {
    token: ['Transfer(address,address,uint256)', 'Burn(address,uint256)', 'Upgraded(address)'],
    staking: [
      'Stake(address,uint256)',
      'Staked(address,uint256)',
      'Unstake(address,uint256)',
      'Unstaked(address,uint256)',
      'Withdrawn(address,uint256)',
      'RewardPaid(address,uint256)',
      'Upgraded(address)',
    ],
    transfer: ['Transfer(address,address,uint256)'],
    burn: ['Burn(address,uint256)'],
    upgrade: ['Upgraded(address)'],
    pair: ['Sync(uint112,uint112)'],
  }
  const selectors = Object.entries(signatures).map(([name, list]) => [
    name,
    list.map((signature) => toEventSelector(signature)),
  ])
  expect(TOPICS).toEqual(Object.fromEntries(selectors))
  const beginnings = [...TOPICS.token.slice(0, 2), ...TOPICS.staking.slice(0, 6)].map((topic) =>
    topic.slice(0, 10),
  )
  expect(beginnings.join(' ')).toBe(
    '0xddf252ad 0xcc16f5db 0xebedb8b3 0x9e71bc8e 0x85082129 0x0f5bb821 0x7084f547 0xe2403640',
  )
})

const party = fc.constantFrom(...HOLDERS, TREASURY, BUYBACK, ZERO_ADDRESS)
const amount = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.constantFrom(0n, 2n ** 256n - 1n))

/** Events of the staking contract, and what they mean. */
const STAKING_KINDS = [
  ['stake', 'stake'],
  ['staked', 'stake'],
  ['unstake', 'unstake'],
  ['unstaked', 'unstake'],
  ['withdrawn', 'unstake'],
  ['reward', 'reward'],
] as const

describe('what was emitted is what is read', () => {
  test('by the token', () => {
    fc.assert(
      fc.property(party, party, amount, (from, to, value) => {
        const transfer = rawLog(SOURCES.token, EVENTS.transfer, [from, to, value], PLACE)
        expect(decode(transfer)).toEqual({ kind: 'transfer', ...PLACE, from, to, value })
        const burn = rawLog(SOURCES.token, EVENTS.burn, [from, value], PLACE)
        expect(decode(burn)).toEqual({ kind: 'burn', ...PLACE, from, value })
      }),
    )
  })

  test('by the staking contract, be it the token itself or not', () => {
    fc.assert(
      fc.property(party, amount, fc.boolean(), (account, value, isToken) => {
        const sources = isToken ? { ...SOURCES, staking: SOURCES.token } : SOURCES
        for (const [name, kind] of STAKING_KINDS) {
          const log = rawLog(sources.staking, EVENTS[name], [account, value], PLACE)
          const named = kind === 'reward' ? {} : { name: `${name.charAt(0).toUpperCase()}${name.slice(1)}` }
          expect(decode(log, sources)).toEqual({ kind, ...named, ...PLACE, account, amount: value })
        }
      }),
    )
  })

  test('by the staking contract, under the names that the economy file gives, and no others', () => {
    const sources: EventSources = { ...SOURCES, stakingEvents: { stake: undefined, unstake: 'Withdrawn' } }
    for (const [name, kind] of STAKING_KINDS) {
      const log = rawLog(SOURCES.staking, EVENTS[name], [ALICE, 1n], PLACE)
      const isOther = kind === 'unstake' && name !== 'withdrawn'
      expect(decode(log, sources)?.kind).toBe(isOther ? undefined : kind)
    }
  })

  test('by the stable asset, where a treasury or buyback wallet is a side of it', () => {
    fc.assert(
      fc.property(party, party, amount, (from, to, value) => {
        const log = rawLog(SOURCES.stable, EVENTS.transfer, [from, to, value], PLACE)
        const flow = { kind: 'stableTransfer', ...PLACE, from, to, value }
        const isOurs = [from, to].some((side) => side === TREASURY || side === BUYBACK)
        expect(decode(log)).toEqual(isOurs ? flow : undefined)
      }),
    )
  })

  test('by a token that is its own staking contract: transfers and burns stay what they are', () => {
    const sources = { ...SOURCES, staking: SOURCES.token }
    const transfer = rawLog(SOURCES.token, EVENTS.transfer, [ALICE, BOB, 1n])
    expect(decode(transfer, sources)?.kind).toBe('transfer')
    expect(decode(rawLog(SOURCES.token, EVENTS.burn, [ALICE, 1n]), sources)?.kind).toBe('burn')
    const upgrade = decode(rawLog(SOURCES.token, EVENTS.upgrade, [FOREIGN]), sources)
    expect(upgrade).toMatchObject({ kind: 'upgrade', contract: 'token' })
  })

  test('by the pair: its reserves, whichever asset it counts first', () => {
    const reserve = fc.bigInt({ min: 0n, max: 2n ** 112n - 1n })
    fc.assert(
      fc.property(reserve, reserve, (tokenReserve, stableReserve) => {
        const sync = { kind: 'sync', ...PLACE, tokenReserve, stableReserve }
        const tokenFirst = [tokenReserve, stableReserve]
        expect(
          decode(rawLog(FOREIGN, EVENTS.sync, tokenFirst, PLACE), { ...SOURCES, pair: FOREIGN }),
        ).toEqual(sync)
        const swapped = { ...SOURCES, token: SOURCES.stable, stable: SOURCES.token, pair: FOREIGN }
        expect(decode(rawLog(FOREIGN, EVENTS.sync, tokenFirst.toReversed(), PLACE), swapped)).toEqual(sync)
      }),
    )
  })

  test('by a proxy: which contract has other code, and where it is', () => {
    for (const contract of ['token', 'staking', 'stable'] as const) {
      const log = rawLog(SOURCES[contract], EVENTS.upgrade, [FOREIGN], PLACE)
      expect(decode(log)).toEqual({ kind: 'upgrade', ...PLACE, contract, implementation: FOREIGN })
    }
  })

  test('with who made the transaction happen, where that was asked for', () => {
    const transaction = { from: ALICE, to: `0x${'AB'.repeat(20)}` }
    const callers = [ALICE, `0x${'ab'.repeat(20)}`]
    const transfer = rawLog(SOURCES.token, EVENTS.transfer, [ALICE, BOB, 1n])
    const burn = rawLog(SOURCES.token, EVENTS.burn, [ALICE, 1n])
    for (const log of [transfer, burn]) {
      expect(decode(log)).not.toHaveProperty('callers')
      expect(decode({ ...log, transaction })).toMatchObject({ callers })
      // A transaction that creates a contract calls none.
      expect(decode({ ...log, transaction: { from: ALICE, to: null } })).toMatchObject({ callers: [ALICE] })
    }
  })
})

describe('what only looks like ours is ignored', () => {
  const pairBurn = parseAbiItem(
    'event Burn(address indexed sender, uint256 amount0, uint256 amount1, address indexed to)',
  )
  const pairMint = parseAbiItem('event Mint(address indexed sender, uint256 amount0, uint256 amount1)')
  const approval = parseAbiItem(
    'event Approval(address indexed owner, address indexed spender, uint256 value)',
  )
  const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
    transfer: [ALICE, TREASURY, 1n],
    upgrade: [BOB],
    sync: [1n, 2n],
  }
  const all = Object.entries(EVENTS).map(([name, event]) => {
    return [name, event, ARGUMENTS[name] ?? [ALICE, 1n]] as const
  })

  test.each(all)('%s of a foreign contract', (_, event, args) => {
    expect(decode(rawLog(FOREIGN, event, args))).toBeUndefined()
  })

  test.each<[string, RawLog]>([
    ['Burn of a pair contract', rawLog(FOREIGN, pairBurn, [ALICE, 1n, 2n, BOB])],
    ['a pair-like Burn of the token itself', rawLog(SOURCES.token, pairBurn, [ALICE, 1n, 2n, BOB])],
    ['Approval of the token', rawLog(SOURCES.token, approval, [ALICE, BOB, 1n])],
    [
      'Transfer of the staking contract, a receipt token',
      rawLog(SOURCES.staking, EVENTS.transfer, [ALICE, BOB, 1n]),
    ],
    ['Burn of the staking contract', rawLog(SOURCES.staking, EVENTS.burn, [ALICE, 1n])],
    ['Burn of the stable asset', rawLog(SOURCES.stable, EVENTS.burn, [TREASURY, 1n])],
    [
      'Stake of the token, which is not the staking contract',
      rawLog(SOURCES.token, EVENTS.stake, [ALICE, 1n]),
    ],
    ['Upgraded of the pair', rawLog(addressOf(0x73), EVENTS.upgrade, [FOREIGN])],
    ['Sync of the token', rawLog(SOURCES.token, EVENTS.sync, [1n, 2n])],
    ['Burn of the configured pair', rawLog(addressOf(0x73), pairBurn, [ALICE, 1n, 2n, BOB])],
    ['Mint of the configured pair', rawLog(addressOf(0x73), pairMint, [ALICE, 1n, 2n])],
    ['Transfer of the configured pair', rawLog(addressOf(0x73), EVENTS.transfer, [ALICE, TREASURY, 1n])],
    ['RewardPaid of the stable asset', rawLog(SOURCES.stable, EVENTS.reward, [TREASURY, 1n])],
    ['a log without topics', { address: SOURCES.token, topics: [], data: '0x', ...PLACE }],
    ['stable asset between strangers', rawLog(SOURCES.stable, EVENTS.transfer, [ALICE, BOB, 1n])],
  ])('%s', (_, log) => {
    expect(decode(log)).toBeUndefined()
  })
})

describe('what is ours but does not fit stops the indexer', () => {
  const nft = parseAbiItem(
    'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
  )
  const halfIndexed = parseAbiItem('event Transfer(address indexed from, address to, uint256 value)')
  const transfer = rawLog(SOURCES.token, EVENTS.transfer, [ALICE, BOB, 1n], PLACE)
  const burn = rawLog(SOURCES.token, EVENTS.burn, [ALICE, 1n], PLACE)
  const reward = rawLog(SOURCES.staking, EVENTS.reward, [ALICE, 1n], PLACE)
  const upgrade = rawLog(SOURCES.staking, EVENTS.upgrade, [ALICE], PLACE)
  const sync = rawLog(addressOf(0x73), EVENTS.sync, [1n, 2n], PLACE)
  const word = '0'.repeat(64)

  test.each<[string, RawLog, number]>([
    ['an ERC-721 Transfer of the token', rawLog(SOURCES.token, nft, [ALICE, BOB, 1n], PLACE), 4],
    ['an ERC-721 Transfer of the stable asset', rawLog(SOURCES.stable, nft, [ALICE, TREASURY, 1n], PLACE), 4],
    ['a Transfer with one side indexed', rawLog(SOURCES.token, halfIndexed, [ALICE, BOB, 1n], PLACE), 2],
    ['a Transfer without data', { ...transfer, data: '0x' }, 3],
    ['a Transfer whose data is cut short', { ...transfer, data: transfer.data.slice(0, -2) }, 3],
    ['a Transfer with more data', { ...transfer, data: `${transfer.data}${word}` }, 3],
    ['a Transfer without topics for its sides', { ...transfer, topics: transfer.topics.slice(0, 1) }, 1],
    ['a Burn with a parameter too many', { ...burn, topics: [...burn.topics, `0x${word}`] }, 3],
    ['a Burn with two topics too many', { ...burn, topics: [...burn.topics, `0x${word}`, `0x${word}`] }, 4],
    ['a RewardPaid with a topic too few', { ...reward, topics: reward.topics.slice(0, 1) }, 1],
    ['an Upgraded with data', { ...upgrade, data: `0x${word}` }, 2],
    ['an Upgraded without anything', { ...upgrade, topics: upgrade.topics.slice(0, 1) }, 1],
    ['a Sync with one reserve', { ...sync, data: sync.data.slice(0, 66) }, 1],
    ['a Sync with an indexed reserve', { ...sync, topics: [...sync.topics, `0x${word}`] }, 2],
  ])('%s', (_, log, topics) => {
    let thrown: unknown
    try {
      decode(log)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(LogUndecodable)
    const facts = { address: log.address, block: 7, logIndex: PLACE.logIndex, topics }
    expect(thrown).toMatchObject({ code: 'E3001', facts })
  })
})
