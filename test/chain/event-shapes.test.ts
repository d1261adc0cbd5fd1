import fc from 'fast-check'
import type { AbiEvent } from 'viem'
import { describe, expect, test } from 'vitest'
import * as token from '../../src/abi/token'
import { decodeLog, type EventSources, type RawLog } from '../../src/chain/decode-log'
import { LogUndecodable } from '../../src/chain/errors'
import { addressIn, amountIn, type LogData, parametersOf } from '../../src/chain/event-shapes'
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

const word = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'))

test('the parameters of a log are its words in a row, wherever they are', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 3, maxLength: 3 }), fc.nat(3), (words, indexed) => {
      const log: LogData = {
        topics: ['0x00', ...words.slice(0, indexed).map((one) => `0x${one}`)],
        data: `0x${words.slice(indexed).join('')}`,
      }
      expect(parametersOf(log, [indexed], 3)).toEqual(words)
      expect(() => parametersOf(log, [indexed], 4)).toThrow(RangeError)
      expect(() => parametersOf({ ...log, data: `${log.data}00` }, [indexed], 3)).toThrow(RangeError)
    }),
  )
})

test('a topic of another length is refused, also where all together have the right one', () => {
  const topics = ['0x00', `0x${'0'.repeat(65)}`, `0x${'0'.repeat(63)}`]
  expect(() => parametersOf({ topics, data: '0x' }, [2], 2)).toThrow(/topic 1/)
})

describe('a word is what the ABI decoder makes of it', () => {
  const asTransfer = (from: string, value: string) =>
    token.events.Transfer.decode({
      topics: [token.events.Transfer.topic, `0x${from}`, `0x${from}`],
      data: `0x${value}`,
    })
  const address = fc
    .uint8Array({ minLength: 20, maxLength: 20 })
    .map((bytes) => Buffer.from(bytes).toString('hex'))

  test('an address and an amount', () => {
    fc.assert(
      fc.property(address, word, fc.boolean(), (digits, amount, isUpper) => {
        const padded = digits.padStart(64, '0')
        const given = isUpper ? padded.toUpperCase() : padded
        const { from, value } = asTransfer(given, amount)
        expect(addressIn(given)).toBe(from)
        expect(amountIn(amount)).toBe(value)
      }),
    )
  })

  test.each([`1${'0'.repeat(63)}`, `${'0'.repeat(23)}1${'0'.repeat(40)}`, 'f'.repeat(64)])(
    'more than an address is none: %s',
    (digits) => {
      // The ABI decoder lets it through, as an address that is too long.
      expect(asTransfer(digits, '0'.repeat(64)).from.length).toBeGreaterThan(42)
      expect(() => addressIn(digits)).toThrow(RangeError)
    },
  )

  test.each(['', `${'0'.repeat(63)}g`, `${'0'.repeat(62)} 1`, `${'0'.repeat(62)}_1`])(
    'what is no hexadecimal is refused: %s',
    (digits) => {
      expect(() => addressIn(digits)).toThrow(RangeError)
      expect(() => amountIn(digits)).toThrow(SyntaxError)
    },
  )

  test('a log of ours with more than an address in it is refused', () => {
    const log = rawLog(SOURCES.token, EVENTS.transfer, [ALICE, BOB, 1n], PLACE)
    const [topic = '', , to = ''] = log.topics
    expect(() => decode({ ...log, topics: [topic, `0x1${'0'.repeat(63)}`, to] })).toThrow(LogUndecodable)
  })

  test('a reserve that a pair cannot have is refused', () => {
    const log = rawLog(SOURCES.pair ?? '', EVENTS.sync, [2n ** 112n - 1n, 1n], PLACE)
    expect(decode(log)).toMatchObject({ kind: 'sync', tokenReserve: 2n ** 112n - 1n })
    const data = `0x${(2n ** 112n).toString(16).padStart(64, '0')}${log.data.slice(66)}`
    expect(() => decode({ ...log, data })).toThrow(LogUndecodable)
  })
})
