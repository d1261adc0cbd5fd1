import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Address } from '../../src/core/address'
import type { Policy } from '../../src/core/policy'
import { priceOf } from '../../src/core/price'
import {
  addressOf,
  BUYBACK,
  blocksOf,
  DEAD,
  type Draft,
  history,
  MARKET,
  POLICY,
  TREASURY,
} from '../support/history'
import { foldAll, foldOf, last, sum } from './folding'
import { replay } from './replay'

describe('laws of the price', () => {
  test('the newest one stays until the next, and in one block a buyback goes before the pair', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const expected = new Map(replay(blocks).map((one, index) => [blocks[index]?.block.number, one]))
        for (const snapshot of foldAll(blocks).snapshots) {
          const { price, source, priceBlock } = expected.get(snapshot.blockNumber) ?? {}
          expect([snapshot.price, snapshot.priceSource, snapshot.priceBlock]).toEqual([
            price,
            source,
            priceBlock,
          ])
        }
      }),
    )
  })

  test('each row is the quotient of its amounts, in log order, and buybacks add up to what was paid and bought', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const ledger = foldAll(blocks)
        const places = ledger.prices.map(({ blockNumber, logIndex }) => blockNumber * 1_000 + logIndex)
        expect(places).toEqual([...new Set(places)].sort((one, other) => one - other))
        for (const row of ledger.prices) {
          expect(row.price).toBe((row.stableAmount * 10n ** 30n) / row.tokenAmount)
          expect(row.price).toBeGreaterThan(0n)
        }
        const executed = ledger.prices.filter(({ source }) => source === 'BUYBACK')
        expect(last(ledger).buybackPaid).toBe(sum(executed.map(({ stableAmount }) => stableAmount)))
        expect(last(ledger).buybackBought).toBe(sum(executed.map(({ tokenAmount }) => tokenAmount)))
      }),
    )
  })

  test('a price says the same in whatever decimals the two assets count', () => {
    fc.assert(
      fc.property(
        fc.nat(24),
        fc.nat(24),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 1_000 }),
        (token, stable, paid, bought) => {
          const policy: Policy = { ...POLICY, decimals: { token, stable, reward: stable } }
          const price = priceOf(
            BigInt(paid) * 10n ** BigInt(stable),
            BigInt(bought) * 10n ** BigInt(token),
            policy,
          )
          expect(price).toBe((BigInt(paid) * 10n ** 18n) / BigInt(bought))
        },
      ),
    )
  })
})

describe('an executed buyback', () => {
  const SELLER = addressOf(1)
  const supply: Draft[] = [SELLER, BUYBACK].map((to) => ({
    kind: 'transfer',
    from: addressOf(0),
    to,
    value: 1_000n * 10n ** 18n,
  }))
  const pay = (from: Address, to: Address, dollars: bigint): Draft => ({
    kind: 'stableTransfer',
    from,
    to,
    value: dollars * 10n ** 6n,
  })
  const send = (from: Address, to: Address, tokens: bigint): Draft => ({
    kind: 'transfer',
    from,
    to,
    value: tokens * 10n ** 18n,
  })
  const HALF = 5n * 10n ** 17n
  const pricesOf = (...events: Draft[]) => {
    const ledger = foldOf(supply, events)
    return ledger.prices.map(({ source, price, logIndex }) => [source, price, logIndex])
  }

  test('is what a wallet paid for what it got, in one transaction', () => {
    expect(pricesOf(pay(BUYBACK, MARKET, 10n), send(SELLER, BUYBACK, 20n))).toEqual([['BUYBACK', HALF, 1]])
    // Change that comes back was not paid, and several parts are one purchase.
    const parts = [pay(BUYBACK, MARKET, 13n), send(SELLER, BUYBACK, 5n), send(SELLER, BUYBACK, 15n)]
    expect(pricesOf(...parts, pay(MARKET, BUYBACK, 3n))).toEqual([['BUYBACK', HALF, 3]])
  })

  test('is none where payment and tokens are in two transactions', () => {
    expect(pricesOf(pay(BUYBACK, MARKET, 10n), { ...send(SELLER, BUYBACK, 20n), tx: 1 })).toEqual([])
  })

  test('is none where nothing is bought: a payment alone, a gift, a sale', () => {
    expect(pricesOf(pay(BUYBACK, MARKET, 10n))).toEqual([])
    expect(pricesOf(send(SELLER, BUYBACK, 20n))).toEqual([])
    expect(pricesOf(pay(MARKET, BUYBACK, 10n), send(BUYBACK, SELLER, 20n))).toEqual([])
  })

  test.each<[string, Draft]>([
    ['money from the treasury', pay(TREASURY, BUYBACK, 500n)],
    ['money back to the treasury', pay(BUYBACK, TREASURY, 3n)],
    ['tokens from the treasury', send(TREASURY, BUYBACK, 7n)],
    ['what it burns at once', send(BUYBACK, addressOf(0), 20n)],
    ['what it sends to a dead address at once', send(BUYBACK, DEAD, 20n)],
    ['a transfer to itself', send(BUYBACK, BUYBACK, 9n)],
    ['what it passes on to somebody who sold nothing', send(BUYBACK, addressOf(2), 20n)],
    ['money from somebody who was paid nothing', pay(addressOf(2), BUYBACK, 9n)],
  ])('is not changed by %s in the same transaction', (_, event) => {
    const ledger = foldAll(
      blocksOf([
        [...supply, send(SELLER, TREASURY, 100n), { ...pay(SELLER, TREASURY, 900n) }],
        [event, pay(BUYBACK, MARKET, 10n), send(SELLER, BUYBACK, 20n)],
      ]),
    )
    expect(ledger.prices.map(({ price }) => price)).toEqual([HALF])
  })

  test('is less by what goes back: change to the wallet, tokens to their seller', () => {
    const trade = [pay(BUYBACK, MARKET, 12n), send(SELLER, BUYBACK, 25n)]
    const back = [pay(MARKET, BUYBACK, 2n), send(BUYBACK, SELLER, 5n)]
    expect(pricesOf(...trade, ...back)).toEqual([['BUYBACK', HALF, 3]])
  })

  test('is not changed by what passes between two buyback wallets', () => {
    const second = addressOf(0xb2)
    const policy = { ...POLICY, buyback: new Set([BUYBACK, second]) }
    const trade = [pay(BUYBACK, second, 10n), pay(second, MARKET, 10n), send(SELLER, second, 20n)]
    const ledger = foldAll(blocksOf([supply, [...trade, send(second, BUYBACK, 20n)]]), policy)
    expect(ledger.prices).toMatchObject([{ price: HALF, stableAmount: 10n ** 7n }])
  })

  test('goes before the pair of its block, wherever it stands in it', () => {
    const sync: Draft = { kind: 'sync', tokenReserve: 10n ** 18n, stableReserve: 9n * 10n ** 6n, tx: 1 }
    const trade = [pay(BUYBACK, MARKET, 10n), send(SELLER, BUYBACK, 20n)]
    for (const events of [
      [sync, ...trade],
      [...trade, sync],
    ]) {
      const ledger = foldOf(supply, events)
      expect(ledger.prices).toHaveLength(2)
      expect(last(ledger)).toMatchObject({ price: HALF, priceSource: 'BUYBACK', priceBlock: 2 })
    }
    expect(last(foldOf(supply, trade, [sync]))).toMatchObject({
      price: 9n * 10n ** 18n,
      priceSource: 'PAIR',
      priceBlock: 3,
    })
  })

  test('of two in a block, the later one is the price', () => {
    const [early, late] = [30n, 10n].map((dollars, tx) => [
      { ...pay(BUYBACK, MARKET, dollars), tx },
      { ...send(SELLER, BUYBACK, 20n), tx },
    ])
    expect(last(foldOf(supply, [...(early ?? []), ...(late ?? [])])).price).toBe(HALF)
  })
})

describe('the pair', () => {
  const sync = (tokenReserve: bigint, stableReserve: bigint): Draft => ({
    kind: 'sync',
    tokenReserve,
    stableReserve,
  })

  test('counts by what it holds when the block ends: within it, a price can be borrowed', () => {
    const ledger = foldOf([sync(10n ** 18n, 90_000_000n), sync(10n ** 18n, 2_000_000n)])
    expect(ledger.prices.map(({ price }) => price)).toEqual([2n * 10n ** 18n])
  })

  test('that is empty, or all but, has no price: the one before stays', () => {
    for (const empty of [sync(0n, 0n), sync(10n ** 18n, 0n), sync(0n, 1n), sync(2n ** 112n - 1n, 1n)]) {
      const ledger = foldOf([sync(10n ** 18n, 2_000_000n)], [empty])
      expect(ledger.prices).toHaveLength(1)
      expect(last(ledger)).toMatchObject({ price: 2n * 10n ** 18n, priceBlock: 1 })
    }
  })
})
