import fc from 'fast-check'
import type { AbiEvent } from 'viem'
import { describe, expect, test } from 'vitest'
import { decodeLog, type EventSources, type RawLog } from '../../src/chain/decode-log'
import { LogUndecodable } from '../../src/chain/errors'
import { inShape, type LogData } from '../../src/chain/event-shapes'
import { ZERO_ADDRESS } from '../../src/core/address'
import { addressOf, HOLDERS, hashOf, TREASURY } from '../support/history'
import { EVENTS, rawLog } from './raw-log'

const SOURCES: EventSources = {
  token: addressOf(0x70),
  staking: addressOf(0x71),
  stable: addressOf(0x72),
  pair: addressOf(0x73),
  wallets: new Set([TREASURY]),
  stakingEvents: { stake: undefined, unstake: undefined },
  indexedTransfers: true,
}
const [ALICE = ZERO_ADDRESS, BOB = ZERO_ADDRESS] = HOLDERS
const PLACE = { logIndex: 3, transactionHash: hashOf('tx', 1) }
const decode = (log: RawLog) => decodeLog(log, SOURCES, 7)
/** The same of an economy whose token indexes nothing. */
const UNINDEXED = { ...SOURCES, indexedTransfers: false }

/** The same event with its first parameters indexed, so many of them, as another contract may declare it. */
function indexing(event: AbiEvent, indexed: number): AbiEvent {
  return { ...event, inputs: event.inputs.map((input, index) => ({ ...input, indexed: index < indexed })) }
}

const ACCOUNT_EVENTS = [
  ['burn', SOURCES.token],
  ['stake', SOURCES.staking],
  ['staked', SOURCES.staking],
  ['unstake', SOURCES.staking],
  ['unstaked', SOURCES.staking],
  ['withdrawn', SOURCES.staking],
  ['reward', SOURCES.staking],
] as const

describe('an event says the same, however many of its parameters are indexed', () => {
  const amount = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })

  test.each(['token', 'stable'] as const)('a Transfer of the %s: both sides or none', (contract) => {
    fc.assert(
      fc.property(amount, (value) => {
        const args = [ALICE, TREASURY, value]
        const logs = [2, 0].map((indexed) =>
          rawLog(SOURCES[contract], indexing(EVENTS.transfer, indexed), args, PLACE),
        )
        expect(logs.map(({ topics }) => topics.length)).toEqual([3, 1])
        expect(decode(logs[0] as RawLog)).toMatchObject({ from: ALICE, to: TREASURY, value })
        expect(decodeLog(logs[1] as RawLog, UNINDEXED, 7)).toEqual(decode(logs[0] as RawLog))
      }),
    )
  })

  test('a Transfer of the token with nothing indexed is refused where it was asked for by its topics', () => {
    const log = rawLog(SOURCES.token, indexing(EVENTS.transfer, 0), [ALICE, BOB, 1n], PLACE)
    expect(() => decode(log)).toThrow(LogUndecodable)
    expect(() => decode(log)).toThrow(/indexedTransfers: false/)
  })

  test.each(ACCOUNT_EVENTS)('%s: account and amount, account, or none', (name, contract) => {
    fc.assert(
      fc.property(amount, (value) => {
        const logs = [1, 0, 2].map((indexed) =>
          rawLog(contract, indexing(EVENTS[name], indexed), [BOB, value], PLACE),
        )
        expect(logs.map(({ topics }) => topics.length)).toEqual([2, 1, 3])
        const [declared, ...others] = logs.map(decode)
        expect(Object.values(declared ?? {})).toEqual(expect.arrayContaining([BOB, value]))
        expect(others).toEqual([declared, declared])
      }),
    )
  })

  test.each(['token', 'staking', 'stable'] as const)(
    'Upgraded of the %s: its code or nothing',
    (contract) => {
      const logs = [1, 0].map((indexed) =>
        rawLog(SOURCES[contract], indexing(EVENTS.upgrade, indexed), [BOB], PLACE),
      )
      expect(logs.map(decode)).toEqual(
        [1, 0].map(() => ({ kind: 'upgrade', ...PLACE, contract, implementation: BOB })),
      )
    },
  )
})

test('putting a log into its shape moves words and changes none', () => {
  const word = fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => Buffer.from(bytes).toString('hex'))
  const joined = ({ topics, data }: LogData) => topics.slice(1).join('') + data
  fc.assert(
    fc.property(fc.array(word, { minLength: 2, maxLength: 2 }), fc.nat(2), fc.nat(2), (words, is, wanted) => {
      const at = (indexed: number): LogData => ({
        topics: ['0x00', ...words.slice(0, indexed).map((one) => `0x${one}`)],
        data: `0x${words.slice(indexed).join('')}`,
      })
      expect(inShape(at(is), wanted, [0, 1, 2], 2)).toEqual(at(wanted))
      expect(joined(at(is)).replaceAll('0x', '')).toBe(words.join(''))
    }),
  )
})
