import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { type Address, type Hash, ZERO_ADDRESS } from '../../src/core/address'
import { GENESIS } from '../../src/core/economy'
import { unreachable } from '../../src/core/errors'
import type { EconomyEvent, EventBlock } from '../../src/core/events'
import type { State } from '../../src/core/fold'
import type { Policy } from '../../src/core/policy'

/** An address that ends in a small number: easy to read in a counterexample. */
export function addressOf(index: number): Address {
  return `0x${index.toString(16).padStart(40, '0')}`
}

export const HOLDERS = [1, 2, 3, 4, 5, 6].map(addressOf)
export const TREASURY = addressOf(0xa1)
export const SECOND_TREASURY = addressOf(0xa2)
export const BUYBACK = addressOf(0xb1)
export const STAKING = addressOf(0xc1)
export const INTERNAL = addressOf(0xd1)
export const BRIDGE = addressOf(0xe1)
export const DEAD: Address = '0x000000000000000000000000000000000000dead'
export const VESTING = addressOf(0xf1)
export const GRANT = addressOf(0xf2)
/** Block at which `GRANT` stops circulating. */
export const GRANT_BLOCK = 8

export const POLICY: Policy = {
  staking: STAKING,
  decimals: { token: 18, stable: 6, reward: 6 },
  rewardToken: 'stable',
  treasury: new Set([TREASURY, SECOND_TREASURY]),
  buyback: new Set([BUYBACK]),
  rewards: new Set([STAKING]),
  internal: new Set([INTERNAL]),
  bridges: new Set([BRIDGE]),
  dead: new Set([DEAD]),
  excluded: [
    { address: VESTING, label: 'Team vesting', fromBlock: 0 },
    { address: GRANT, label: 'Grant', fromBlock: GRANT_BLOCK },
  ],
  partial: { token: false, staking: false, stable: false },
  startBlock: 1,
  maxSupply: 10n ** 27n,
  burnBps: 5_000,
  rewardsBps: 5_000,
  unstakedWorkerBps: 7_000,
  stakedWorkerBps: 8_000,
  minimumWorkerStake: 0n,
  creditPrice: 10n ** 16n,
}

export const SEED: Hash = `0x${'5e'.repeat(32)}`
export const START: State = {
  economy: GENESIS,
  digest: SEED,
  timestamp: 0,
  broken: new Set(),
  blockNumber: -1,
  accounts: new Map(),
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

export function hashOf(...parts: (string | number)[]): Hash {
  return `0x${createHash('sha256').update(parts.join(':')).digest('hex')}`
}

/** Events that have no place in a block yet; `tx` groups them into transactions of that block. */
type Draft = EconomyEvent extends infer Event
  ? Event extends EconomyEvent
    ? Omit<Event, 'logIndex' | 'transactionHash'> & { readonly tx?: number }
    : never
  : never

/** Gives events their log indices, and blocks their identities. An empty list is a block without events. */
export function blocksOf(drafts: readonly (readonly Draft[])[], firstBlock = 1): EventBlock[] {
  return drafts.map((events, index) => {
    const number = firstBlock + index
    return {
      block: {
        number,
        hash: hashOf('block', number),
        parentHash: hashOf('block', number - 1),
        timestamp: 1_700_000_000 + 12 * number,
      },
      events: events.map(
        ({ tx = 0, ...event }, logIndex) =>
          ({ ...event, logIndex, transactionHash: hashOf('tx', number, tx) }) as EconomyEvent,
      ),
    }
  })
}

type Wish =
  | { readonly kind: 'transfer'; readonly from: number; readonly to: number; readonly share: number }
  | { readonly kind: 'burn'; readonly from: number; readonly share: number; readonly stated: boolean }
  | { readonly kind: 'stake' | 'unstake'; readonly account: number; readonly share: number }
  | { readonly kind: 'reward'; readonly account: number; readonly amount: bigint }
  | { readonly kind: 'in'; readonly from: number; readonly to: number; readonly amount: bigint }
  | { readonly kind: 'out'; readonly from: number; readonly to: number; readonly share: number }

const PARTIES = [...HOLDERS, TREASURY, BUYBACK, BRIDGE, DEAD, VESTING, GRANT, STAKING]
const TREASURIES = [TREASURY, SECOND_TREASURY]
const PAYERS = [...HOLDERS, INTERNAL]
/** Between treasury wallets, one and the same among them, nothing enters or leaves. */
const PAYEES = [BUYBACK, STAKING, ...HOLDERS, ...TREASURIES]

const party = fc.nat(PARTIES.length - 1)
const treasury = fc.nat(TREASURIES.length - 1)
const share = fc.integer({ min: 0, max: 100 })
const amount = fc.bigInt({ min: 0n, max: 10n ** 24n })
const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('transfer' as const), from: party, to: party, share }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('burn' as const), from: party, share, stated: fc.boolean() }),
  },
  fc.record({ kind: fc.constantFrom('stake' as const, 'unstake' as const), account: party, share }),
  fc.record({ kind: fc.constant('reward' as const), account: party, amount }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('in' as const),
      from: fc.nat(PAYERS.length - 1),
      to: treasury,
      amount,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('out' as const),
      from: treasury,
      to: fc.nat(PAYEES.length - 1),
      share,
    }),
  },
)

/**
 * A history that a real chain could have: minted once, nobody spends what they do not have. Burns come with or
 * without a Burn event beside their Transfer, several to a transaction.
 */
export const history: fc.Arbitrary<EventBlock[]> = fc
  .array(fc.array(fc.record({ wish, tx: fc.nat(2) }), { maxLength: 8 }), { minLength: 1, maxLength: 14 })
  .map((blocks) => {
    const balances = new Map<Address, bigint>([[HOLDERS[0] ?? addressOf(1), 10n ** 27n]])
    const stakes = new Map<Address, bigint>()
    const held = new Map<Address, bigint>()
    const of = (map: Map<Address, bigint>, key: Address): bigint => map.get(key) ?? 0n
    const move = (map: Map<Address, bigint>, key: Address, change: bigint): void => {
      map.set(key, of(map, key) + change)
    }
    const genesis: Draft[] = [
      { kind: 'transfer', from: ZERO_ADDRESS, to: HOLDERS[0] ?? addressOf(1), value: 10n ** 27n },
    ]
    const drafts = blocks.map((wishes) =>
      wishes.flatMap(({ wish: one, tx }): Draft[] => {
        switch (one.kind) {
          case 'transfer': {
            const from = PARTIES[one.from] ?? DEAD
            const to = PARTIES[one.to] ?? DEAD
            const value = (of(balances, from) * BigInt(one.share)) / 100n
            move(balances, from, -value)
            move(balances, to, value)
            return [{ kind: 'transfer', from, to, value, tx }]
          }
          case 'burn': {
            const from = PARTIES[one.from] ?? DEAD
            const value = (of(balances, from) * BigInt(one.share)) / 100n
            move(balances, from, -value)
            const transfer: Draft = { kind: 'transfer', from, to: ZERO_ADDRESS, value, tx }
            return one.stated ? [{ kind: 'burn', from, value, tx }, transfer] : [transfer]
          }
          case 'stake':
          case 'unstake': {
            const account = PARTIES[one.account] ?? DEAD
            const most = one.kind === 'stake' ? of(balances, account) : of(stakes, account)
            const staked = (most * BigInt(one.share)) / 100n
            move(stakes, account, one.kind === 'stake' ? staked : -staked)
            return [{ kind: one.kind, account, amount: staked, tx }]
          }
          case 'reward':
            return [{ kind: 'reward', account: PARTIES[one.account] ?? DEAD, amount: one.amount, tx }]
          case 'in': {
            const from = PAYERS[one.from] ?? INTERNAL
            const to = TREASURIES[one.to] ?? TREASURY
            move(held, to, one.amount)
            return [{ kind: 'stableTransfer', from, to, value: one.amount, tx }]
          }
          case 'out': {
            const from = TREASURIES[one.from] ?? TREASURY
            const to = PAYEES[one.to] ?? STAKING
            const value = (of(held, from) * BigInt(one.share)) / 100n
            move(held, from, -value)
            move(held, to, value)
            return [{ kind: 'stableTransfer', from, to, value, tx }]
          }
          default:
            return unreachable(one)
        }
      }),
    )
    return blocksOf([genesis, ...drafts])
  })
