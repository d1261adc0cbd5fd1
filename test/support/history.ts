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
/** A pool, say. */
export const MARKET = addressOf(0xd2)
export const BRIDGE = addressOf(0xe1)
export const DEAD: Address = '0x000000000000000000000000000000000000dead'
export const VESTING = addressOf(0xf1)
export const GRANT = addressOf(0xf2)
/** Block at which `GRANT` stops circulating. */
export const GRANT_BLOCK = 8

export const POLICY: Policy = {
  staking: STAKING,
  custody: true,
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

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function hashOf(...parts: (string | number)[]): Hash {
  return `0x${createHash('sha256').update(parts.join(':')).digest('hex')}`
}

/**
 * Events that have no place in a block yet; `tx` groups them into transactions of that block. What moves stake goes
 * by the names of this project's own contract, unless another is given.
 */
export type Draft = EconomyEvent extends infer Event
  ? Event extends EconomyEvent
    ? Omit<Event, 'logIndex' | 'transactionHash' | 'name'> &
        Partial<Pick<Event, Extract<keyof Event, 'name'>>> & { readonly tx?: number }
    : never
  : never

/**
 * Gives events their log indices, and blocks their identities. An empty list is a block without events.
 * @param gaps seconds between each block and the one before
 */
export function blocksOf(
  drafts: readonly (readonly Draft[])[],
  firstBlock = 1,
  gaps: readonly number[] = [],
): EventBlock[] {
  let timestamp = 1_700_000_000 + 12 * (firstBlock - 1)
  return drafts.map((events, index) => {
    const number = firstBlock + index
    timestamp += gaps[index] ?? 12
    return {
      block: { number, hash: hashOf('block', number), parentHash: hashOf('block', number - 1), timestamp },
      events: events.map(
        ({ tx = 0, ...event }, logIndex) =>
          ({
            ...(event.kind === 'stake' && { name: 'Stake' }),
            ...(event.kind === 'unstake' && { name: 'Unstake' }),
            ...event,
            logIndex,
            transactionHash: hashOf('tx', number, tx),
          }) as EconomyEvent,
      ),
    }
  })
}

const PARTIES = [...HOLDERS, TREASURY, BUYBACK, BRIDGE, DEAD, VESTING, GRANT, STAKING, MARKET]
/** Those to whom the supply was minted: ten, so that each has a round part of it. */
const FOUNDERS = [...HOLDERS, BUYBACK, BRIDGE, VESTING, MARKET]
const TREASURIES = [TREASURY, SECOND_TREASURY]
const PAYERS = [...HOLDERS, INTERNAL]
/** Between treasury wallets, one and the same among them, nothing enters or leaves. */
const PAYEES = [BUYBACK, BUYBACK, STAKING, ...HOLDERS, ...TREASURIES]
const CONTRACTS = ['token', 'staking', 'stable'] as const

/** How often each thing is wished for, relative to the others. */
const WISHES = {
  transfer: 8,
  burn: 4,
  bury: 1,
  mint: 1,
  stake: 2,
  unstake: 2,
  reward: 2,
  income: 4,
  outflow: 5,
  buyback: 3,
  pocket: 2,
  sync: 2,
  upgrade: 1,
} as const
type WishKind = keyof typeof WISHES

const amount = fc.bigInt({ min: 0n, max: 10n ** 24n })
const wish = fc.record({
  kind: fc.oneof(
    ...Object.entries(WISHES).map(([kind, weight]) => ({
      weight,
      arbitrary: fc.constant(kind as WishKind),
    })),
  ),
  /** Pick the two parties, each from the list that fits the kind. */
  one: fc.nat(59),
  other: fc.nat(59),
  /** Percentages of what a party has. */
  share: fc.integer({ min: 0, max: 100 }),
  otherShare: fc.integer({ min: 0, max: 100 }),
  amount,
  otherAmount: amount,
  isStated: fc.boolean(),
  /** Who made it happen, of mints and burns. */
  callers: fc.constantFrom<(readonly Address[] | undefined)[]>(
    undefined,
    [addressOf(1)],
    [addressOf(2), MARKET],
    [addressOf(2), BRIDGE],
  ),
  tx: fc.nat(2),
})
type Wish = typeof wish extends fc.Arbitrary<infer Value> ? Value : never

/** What everybody has, while wishes come true. */
class Possessions {
  private readonly amounts = new Map<Address, bigint>()

  give(address: Address, value: bigint): bigint {
    this.amounts.set(address, (this.amounts.get(address) ?? 0n) + value)
    return value
  }

  /** Takes away a percentage of what an address has. */
  take(address: Address, percentage: number): bigint {
    const value = ((this.amounts.get(address) ?? 0n) * BigInt(percentage)) / 100n
    this.give(address, -value)
    return value
  }

  of(address: Address): bigint {
    return this.amounts.get(address) ?? 0n
  }
}

interface World {
  readonly tokens: Possessions
  readonly stakes: Possessions
  readonly stables: Possessions
}

function pick<Item>(list: readonly Item[], index: number): Item {
  const item = list[index % list.length]
  if (item === undefined) throw new RangeError('an empty list')
  return item
}

/** The events of a wish that comes true, as far as those who are in it can afford it. */
function grant({ kind, tx, ...wished }: Wish, { tokens, stakes, stables }: World): Draft[] {
  const { share, isStated } = wished
  const [from, to] = [pick(PARTIES, wished.one), pick(PARTIES, wished.other)]
  const called = wished.callers === undefined ? { tx } : { tx, callers: wished.callers }
  switch (kind) {
    case 'transfer':
      return [{ kind, from, to, value: tokens.give(to, tokens.take(from, share)), tx }]
    case 'burn': {
      const value = tokens.take(from, share)
      const transfer: Draft = { kind: 'transfer', from, to: ZERO_ADDRESS, value, ...called }
      return isStated ? [{ kind, from, value, ...called }, transfer] : [transfer]
    }
    case 'bury': {
      const value = tokens.give(DEAD, tokens.take(from, share))
      return [
        { kind: 'transfer', from, to: DEAD, value, tx },
        { kind: 'burn', from, value, ...called },
      ]
    }
    case 'mint': {
      const value = tokens.give(to, wished.amount)
      return [{ kind: 'transfer', from: ZERO_ADDRESS, to, value, ...called }]
    }
    case 'stake':
      return [
        { kind, account: from, amount: stakes.give(from, (tokens.of(from) * BigInt(share)) / 100n), tx },
      ]
    case 'unstake':
      return [{ kind, account: from, amount: stakes.take(from, share), tx }]
    case 'reward':
      return [{ kind, account: from, amount: wished.amount, tx }]
    case 'income': {
      const [payer, treasury] = [pick(PAYERS, wished.one), pick(TREASURIES, wished.other)]
      const value = stables.give(treasury, wished.amount)
      return [{ kind: 'stableTransfer', from: payer, to: treasury, value, tx }]
    }
    case 'outflow': {
      const [treasury, payee] = [pick(TREASURIES, wished.one), pick(PAYEES, wished.other)]
      const value = stables.give(payee, stables.take(treasury, share))
      return [{ kind: 'stableTransfer', from: treasury, to: payee, value, tx }]
    }
    case 'buyback': {
      const seller = pick([MARKET, ...HOLDERS], wished.one)
      const paid = stables.take(BUYBACK, share)
      const bought = tokens.give(BUYBACK, tokens.take(seller, wished.otherShare))
      return [
        { kind: 'stableTransfer', from: BUYBACK, to: seller, value: paid, tx },
        { kind: 'transfer', from: seller, to: BUYBACK, value: bought, tx },
      ]
    }
    case 'pocket': {
      // The buyback wallet gets or gives without a trade, as far as this transaction is all there is.
      if (isStated) {
        return [
          {
            kind: 'stableTransfer',
            from: MARKET,
            to: BUYBACK,
            value: stables.give(BUYBACK, wished.amount),
            tx,
          },
        ]
      }
      const payee = pick([...PAYEES, MARKET], wished.other)
      const value = stables.give(payee, stables.take(BUYBACK, share))
      return [{ kind: 'stableTransfer', from: BUYBACK, to: payee, value, tx }]
    }
    case 'sync':
      return [{ kind, tokenReserve: wished.amount, stableReserve: wished.otherAmount, tx }]
    case 'upgrade':
      return [{ kind, contract: pick(CONTRACTS, wished.one), implementation: addressOf(wished.other), tx }]
    default:
      return unreachable(kind)
  }
}

/** Seconds to the next block: mostly as on a chain, sometimes hours or weeks, so that windows and buckets end. */
const gap = fc.oneof(
  { weight: 3, arbitrary: fc.constant(12) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 7_200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 * 86_400 }) },
)

/**
 * A history that a real chain could have: nobody spends what they do not have. Burns come with or without a Burn
 * event beside their Transfer, several to a transaction, some of them called by a bridge.
 */
export const history: fc.Arbitrary<EventBlock[]> = fc
  .array(fc.record({ wishes: fc.array(wish, { maxLength: 8 }), gap }), { minLength: 1, maxLength: 14 })
  .map((blocks) => {
    const world = { tokens: new Possessions(), stakes: new Possessions(), stables: new Possessions() }
    const genesis = FOUNDERS.map((to): Draft => {
      const value = world.tokens.give(to, POLICY.maxSupply / BigInt(FOUNDERS.length))
      return { kind: 'transfer', from: ZERO_ADDRESS, to, value }
    })
    const drafts = blocks.map(({ wishes }) => wishes.flatMap((one) => grant(one, world)))
    return blocksOf([genesis, ...drafts], 1, [12, ...blocks.map((block) => block.gap)])
  })
