import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Address, ZERO_ADDRESS } from '../../src/core/address'
import { GENESIS } from '../../src/core/economy'
import type { TransferEvent } from '../../src/core/events'
import { fold, type State } from '../../src/core/fold'
import type { BucketRow, Ledger } from '../../src/core/ledger'
import { excludedWallets } from '../../src/core/policy'
import {
  BRIDGE,
  BUYBACK,
  DEAD,
  GRANT_BLOCK,
  history,
  INTERNAL,
  POLICY,
  SECOND_TREASURY,
  STAKING,
  START,
  sha256,
  TREASURY,
} from '../support/history'
import { after, eventsOf, foldAll, foldBatch, last, sum } from './folding'

/** Everything that is written once and stays. */
const ROWS = [
  'transfers',
  'burns',
  'stakes',
  'rewards',
  'treasuryFlows',
  'prices',
  'upgrades',
  'snapshots',
  'invariantBreaks',
] as const

const bucketId = ({ interval, start }: BucketRow): string => `${interval} ${start}`

/** What is staked of the tokens in excluded wallets, by the balances and stakes of all accounts. */
function excludedStake({ accounts }: Ledger, excluded: ReadonlySet<Address>, custody: boolean): bigint {
  const staked = sum(accounts.map((account) => account.staked))
  if (custody) return excluded.has(STAKING) ? staked : 0n
  const wallets = accounts.filter(({ address }) => excluded.has(address))
  return sum(wallets.map(({ balance, staked: own }) => (own < balance ? own : balance)))
}

describe('laws of the fold', () => {
  test('supply is what was minted less what was destroyed', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const transfers = eventsOf(blocks).filter((event) => event.kind === 'transfer')
        const minted = sum(transfers.filter(({ from }) => from === ZERO_ADDRESS).map(({ value }) => value))
        const destroyed = sum(transfers.filter(({ to }) => to === ZERO_ADDRESS).map(({ value }) => value))
        const economy = last(foldAll(blocks))
        expect(economy.totalSupply).toBe(minted - destroyed)
        expect(economy.destroyed).toBe(destroyed)
      }),
    )
  })

  test('balances add up to supply, and holders are those who have one', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const ledger = foldAll(blocks)
        const balances = sum(ledger.accounts.map(({ balance }) => balance))
        expect(balances).toBe(last(ledger).totalSupply)
        expect(last(ledger).balanceSum).toBe(balances)
        expect(last(ledger).holders).toBe(ledger.accounts.filter(({ balance }) => balance > 0n).length)
      }),
    )
  })

  test('stakes add up to staked, and stakers are those who have one', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const ledger = foldAll(blocks)
        const stakes = sum(ledger.accounts.map(({ staked }) => staked))
        expect(stakes).toBe(last(ledger).staked)
        expect(last(ledger).stakeSum).toBe(stakes)
        expect(last(ledger).stakers).toBe(ledger.accounts.filter(({ staked }) => staked > 0n).length)
      }),
    )
  })

  test('rewards of the accounts add up to rewardsPaid', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const ledger = foldAll(blocks)
        expect(sum(ledger.accounts.map(({ rewardsPaid }) => rewardsPaid))).toBe(last(ledger).rewardsPaid)
      }),
    )
  })

  test('each burn counts once, and a bridge burn stays out of cumulativeBurn', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const burned = eventsOf(blocks).filter(
          (event) => event.kind === 'transfer' && event.to === ZERO_ADDRESS && event.value > 0n,
        ) as TransferEvent[]
        const ledger = foldAll(blocks)
        const economy = last(ledger)
        expect(ledger.burns).toHaveLength(burned.length)
        expect(sum(ledger.burns.map(({ value }) => value))).toBe(economy.destroyed)
        const byBridge = burned.filter(({ from, callers = [] }) => {
          return from !== BUYBACK && [from, ...callers].includes(BRIDGE)
        })
        expect(economy.burnedByBridge).toBe(sum(byBridge.map(({ value }) => value)))
        expect(economy.cumulativeBurn).toBe(economy.destroyed - economy.burnedByBridge)
        expect(economy.burnedByBuyback).toBe(
          sum(burned.filter(({ from }) => from === BUYBACK).map(({ value }) => value)),
        )
        expect(economy.burnedByBuyback + economy.burnedByBridge + economy.burnedByOther).toBe(
          economy.destroyed,
        )
      }),
    )
  })

  test('the treasury holds what came in less what went out, and every flow has one purpose', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const own = new Set<Address>([TREASURY, SECOND_TREASURY])
        const flows = eventsOf(blocks).filter((event) => event.kind === 'stableTransfer')
        const entering = flows.filter(({ from, to }) => own.has(to) && !own.has(from))
        const leaving = flows.filter(({ from, to }) => own.has(from) && !own.has(to))
        const total = (list: typeof flows): bigint => sum(list.map(({ value }) => value))
        const economy = last(foldAll(blocks))
        expect(economy.treasuryBalance).toBe(total(entering) - total(leaving))
        expect(economy.treasuryRevenue).toBe(total(entering.filter(({ from }) => from !== INTERNAL)))
        expect(economy.treasuryInternalInflow).toBe(total(entering.filter(({ from }) => from === INTERNAL)))
        expect(economy.treasuryOutflowBuyback).toBe(total(leaving.filter(({ to }) => to === BUYBACK)))
        expect(economy.treasuryOutflowRewards).toBe(total(leaving.filter(({ to }) => to === STAKING)))
        expect(economy.treasuryOutflowOther).toBe(
          total(leaving.filter(({ to }) => to !== STAKING && to !== BUYBACK)),
        )
      }),
    )
  })

  test('what circulates is supply less the excluded wallets of that very block', () => {
    fc.assert(
      fc.property(history, fc.boolean(), (blocks, custody) => {
        for (const snapshot of foldAll(blocks, { ...POLICY, custody }).snapshots) {
          const upTo = foldAll(blocks.filter(({ block }) => block.number <= snapshot.blockNumber))
          const excluded = excludedWallets(POLICY, snapshot.blockNumber)
          const held = sum(
            upTo.accounts.filter(({ address }) => excluded.has(address)).map(({ balance }) => balance),
          )
          expect(snapshot.excludedBalance).toBe(held)
          expect(snapshot.circulatingSupply).toBe(snapshot.totalSupply - held)
          expect(snapshot.liquidFloat).toBe(
            snapshot.circulatingSupply - snapshot.staked + excludedStake(upTo, excluded, custody),
          )
          const dead = upTo.accounts.find(({ address }) => address === DEAD)?.balance ?? 0n
          expect(snapshot.deadBurn).toBe(dead)
          expect(snapshot.outstandingSupply).toBe(snapshot.totalSupply - dead)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('running balances on the rows are those of a plain replay', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const ledger = foldAll(blocks)
        const balances = new Map<Address, bigint>()
        for (const row of ledger.transfers) {
          balances.set(row.from, (balances.get(row.from) ?? 0n) - row.value)
          balances.set(row.to, (balances.get(row.to) ?? 0n) + row.value)
          expect(row.fromBalance).toBe(row.from === ZERO_ADDRESS ? null : balances.get(row.from))
          expect(row.toBalance).toBe(row.to === ZERO_ADDRESS ? null : balances.get(row.to))
        }
      }),
    )
  })

  test('cutting the history into batches anywhere changes no row', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(15), { maxLength: 4 }), (blocks, cuts) => {
        const whole = foldAll(blocks)
        const places = [...new Set(cuts.map((cut) => cut % (blocks.length + 1)))].sort((a, b) => a - b)
        let state = START
        const parts: Ledger[] = []
        for (const [index, from] of [0, ...places].entries()) {
          const batch = blocks.slice(from, [...places, blocks.length][index])
          const ledger = foldBatch(state, batch)
          state = after(state, batch, ledger)
          parts.push(ledger)
        }
        for (const key of ROWS) {
          expect(parts.flatMap((part): readonly unknown[] => part[key])).toEqual(whole[key])
        }
        // A bucket that two batches share is written by both, and the later one stays.
        const buckets = new Map(parts.flatMap((part) => part.buckets).map((row) => [bucketId(row), row]))
        expect([...buckets.values()]).toEqual(whole.buckets)
        for (const { address, ...account } of whole.accounts)
          expect(state.accounts.get(address)).toEqual(account)
      }),
    )
  })

  test('folding leaves its input as it was', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const state: State = { ...START, accounts: new Map(), economy: Object.freeze({ ...GENESIS }) }
        const before = structuredClone(blocks)
        fold(state, blocks, POLICY, sha256)
        expect(state.accounts.size).toBe(0)
        expect(blocks).toEqual(before)
      }),
    )
  })

  test('there is a snapshot for each block with events and for each change of the exclusion list', () => {
    fc.assert(
      fc.property(history, (blocks) => {
        const expected = blocks
          .filter(({ block, events }) => events.length > 0 || block.number === GRANT_BLOCK)
          .map(({ block }) => block.number)
        expect(foldAll(blocks).snapshots.map(({ blockNumber }) => blockNumber)).toEqual(expected)
      }),
    )
  })
})
