import fc from 'fast-check'
import { parseAbiItem, toEventHash, toEventSelector } from 'viem'
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
  treasury: new Set([TREASURY]),
}
const FOREIGN = addressOf(0x99)
const [ALICE = ZERO_ADDRESS, BOB = ZERO_ADDRESS] = HOLDERS
const PLACE = { logIndex: 3, transactionHash: hashOf('tx', 1) }

const decode = (log: RawLog, sources = SOURCES) => decodeLog(log, sources, 7)

test('topic0 is the hash of the signature, as the domain names it', () => {
  const hashes = {
    token: ['Transfer(address,address,uint256)', 'Burn(address,uint256)'],
    staking: ['Stake(address,uint256)', 'Unstake(address,uint256)', 'RewardPaid(address,uint256)'],
    stable: ['Transfer(address,address,uint256)'],
  }
  for (const name of ['token', 'staking', 'stable'] as const) {
    expect(TOPICS[name]).toEqual(hashes[name].map((signature) => toEventHash(signature)))
  }
  const beginnings = [...TOPICS.token, ...TOPICS.staking].map((topic) => topic.slice(0, 10))
  expect(beginnings).toEqual(['0xddf252ad', '0xcc16f5db', '0xebedb8b3', '0x85082129', '0xe2403640'])
  expect(TOPICS.token[0]).toBe(toEventSelector(EVENTS.transfer))
})

const party = fc.constantFrom(...HOLDERS, TREASURY, ZERO_ADDRESS)
const amount = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.constantFrom(0n, 2n ** 256n - 1n))

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
        for (const kind of ['stake', 'unstake', 'reward'] as const) {
          const log = rawLog(sources.staking, EVENTS[kind], [account, value], PLACE)
          expect(decode(log, sources)).toEqual({ kind, ...PLACE, account, amount: value })
        }
      }),
    )
  })

  test('by the stable asset, where the treasury is a side of it', () => {
    fc.assert(
      fc.property(party, party, amount, (from, to, value) => {
        const log = rawLog(SOURCES.stable, EVENTS.transfer, [from, to, value], PLACE)
        const flow = { kind: 'stableTransfer', ...PLACE, from, to, value }
        expect(decode(log)).toEqual(from === TREASURY || to === TREASURY ? flow : undefined)
      }),
    )
  })

  test('by a token that is its own staking contract: transfers and burns stay what they are', () => {
    const sources = { ...SOURCES, staking: SOURCES.token }
    const transfer = rawLog(SOURCES.token, EVENTS.transfer, [ALICE, BOB, 1n])
    expect(decode(transfer, sources)?.kind).toBe('transfer')
    expect(decode(rawLog(SOURCES.token, EVENTS.burn, [ALICE, 1n]), sources)?.kind).toBe('burn')
  })
})

describe('what only looks like ours is ignored', () => {
  const pairBurn = parseAbiItem(
    'event Burn(address indexed sender, uint256 amount0, uint256 amount1, address indexed to)',
  )
  const approval = parseAbiItem(
    'event Approval(address indexed owner, address indexed spender, uint256 value)',
  )
  const all = Object.entries(EVENTS).map(([name, event]) => {
    const args = name === 'transfer' ? [ALICE, TREASURY, 1n] : [ALICE, 1n]
    return [name, event, args] as const
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
    ['RewardPaid of the stable asset', rawLog(SOURCES.stable, EVENTS.reward, [TREASURY, 1n])],
    ['a log without topics', { address: SOURCES.token, topics: [], data: '0x', ...PLACE }],
    ['stable asset between strangers', rawLog(SOURCES.stable, EVENTS.transfer, [ALICE, BUYBACK, 1n])],
  ])('%s', (_, log) => {
    expect(decode(log)).toBeUndefined()
  })
})

describe('what is ours but does not fit stops the indexer', () => {
  const nft = parseAbiItem(
    'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
  )
  const unindexed = parseAbiItem('event Burn(address from, uint256 value)')
  const transfer = rawLog(SOURCES.token, EVENTS.transfer, [ALICE, BOB, 1n], PLACE)

  test.each<[string, RawLog, number]>([
    ['an ERC-721 Transfer of the token', rawLog(SOURCES.token, nft, [ALICE, BOB, 1n], PLACE), 4],
    ['an ERC-721 Transfer of the stable asset', rawLog(SOURCES.stable, nft, [ALICE, TREASURY, 1n], PLACE), 4],
    ['a Burn without an indexed burner', rawLog(SOURCES.token, unindexed, [ALICE, 1n], PLACE), 1],
    ['a Transfer without data', { ...transfer, data: '0x' }, 3],
    ['a Transfer whose data is cut short', { ...transfer, data: transfer.data.slice(0, -2) }, 3],
    [
      'a RewardPaid with a topic too few',
      { ...rawLog(SOURCES.staking, EVENTS.reward, [ALICE, 1n], PLACE), topics: [TOPICS.staking[2]] },
      1,
    ],
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
