import { type Cast, ORDINARY, PERSON } from './cast'
import { type Entry, KIND } from './entries'
import type { Random } from './random'

/** 1,000,000,000 tokens of 18 decimals, all minted in the first event. */
const SUPPLY = 10n ** 27n

/** What the script must know so that nobody spends what they do not have. */
export interface Purses {
  isMinted: boolean
  readonly balance: bigint[]
  readonly stake: bigint[]
  /** What the treasury gave for rewards and was not paid out yet. */
  rewardFund: bigint
  /** What each treasury wallet has of the stable asset. */
  readonly treasury: Map<number, bigint>
}

export function emptyPurses(cast: Cast): Purses {
  return {
    isMinted: false,
    rewardFund: 0n,
    balance: new Array<bigint>(cast.accounts).fill(0n),
    stake: new Array<bigint>(cast.accounts).fill(0n),
    treasury: new Map([
      [PERSON.treasury, 0n],
      [PERSON.secondTreasury, 0n],
    ]),
  }
}

/** Books an entry, whoever decided it: after a reorg, the purses are filled again from the entries that stayed. */
export function bookEntry(purses: Purses, { kind, first, second, value }: Omit<Entry, 'opens'>): void {
  const add = (purse: bigint[], person: number, amount: bigint): void => {
    if (person >= 0) purse[person] = (purse[person] ?? 0n) + amount
  }
  const { balance, stake, treasury } = purses
  switch (kind) {
    case KIND.transfer:
      purses.isMinted = true
      add(balance, first, -value)
      add(balance, second, value)
      break
    case KIND.stake:
      add(stake, first, value)
      break
    case KIND.unstake:
      add(stake, first, -value)
      break
    case KIND.reward:
      purses.rewardFund -= value
      break
    case KIND.flow:
      if (second === PERSON.rewards) purses.rewardFund += value
      if (treasury.has(first)) treasury.set(first, (treasury.get(first) ?? 0n) - value)
      if (treasury.has(second)) treasury.set(second, (treasury.get(second) ?? 0n) + value)
      break
  }
}

/**
 * Decides what happens in one block, and books it.
 * @param quota how many events; what passes by comes on top
 * @param passing how many logs of the same contracts are no event of the economy
 */
export function scriptBlock(
  purses: Purses,
  cast: Cast,
  random: Random,
  quota: number,
  passing: number,
): Entry[] {
  const entries: Entry[] = []
  const say = (kind: number, first: number, second: number, value: bigint, opens = true): void => {
    // Every tenth event happens in the transaction of the one before it.
    const entry = {
      kind,
      first,
      second,
      value,
      opens: entries.length === 0 || (opens && !random.chance(0.1)),
    }
    bookEntry(purses, entry)
    entries.push(entry)
  }
  if (quota > 0 && !purses.isMinted) say(KIND.transfer, PERSON.zero, PERSON.distributor, SUPPLY)
  const act = createActs(purses, cast, random, say)
  while (entries.length < quota) {
    const dice = random.below(1_000)
    if (dice < 45) act.stake()
    else if (dice < 65) act.unstake()
    else if (dice < 105) act.reward()
    else if (dice < 125 && entries.length + 2 <= quota) act.burn()
    else if (dice < 160) act.flow()
    else act.transfer()
  }
  const stranger = (): number => cast.accounts + random.below(cast.people - cast.accounts)
  for (let count = 0; count < passing; count += 1) {
    const kind = random.chance(0.7) ? KIND.passing : KIND.approval
    entries.push({ kind, first: stranger(), second: stranger(), value: BigInt(random.next()), opens: true })
  }
  return entries
}

type Say = (kind: number, first: number, second: number, value: bigint, opens?: boolean) => void

/** What people do. Staked tokens stay with their owner, who cannot spend them meanwhile. */
function createActs(purses: Purses, cast: Cast, random: Random, say: Say) {
  const { balance, stake, treasury } = purses
  // A few people do most of it.
  const pick = (skew: number): number => Math.floor(cast.accounts * (random.next() / 2 ** 32) ** skew)
  const free = (person: number): bigint => (balance[person] ?? 0n) - (stake[person] ?? 0n)
  /** From nothing to all of it, halved `halvings` times. */
  const part = (whole: bigint, halvings: number): bigint =>
    (whole * BigInt(1 + random.below(2 ** 20))) >> BigInt(20 + halvings)
  const payer = (): number => {
    for (let tries = 0; tries < 8; tries += 1) {
      const person = pick(2)
      if (free(person) > 0n) return person
    }
    return PERSON.distributor
  }
  const ordinary = (): number => ORDINARY + random.below(cast.accounts - ORDINARY)

  return {
    transfer(): void {
      const dice = random.below(1_000)
      if (dice < 250) {
        say(KIND.transfer, PERSON.distributor, pick(1.2), part(free(PERSON.distributor), 10))
        return
      }
      const from = payer()
      const to = dice < 260 ? from : pick(1.6)
      const value = dice >= 994 ? 0n : dice >= 960 ? free(from) : part(free(from), 2)
      say(KIND.transfer, from, to, value)
    },
    burn(): void {
      const burner = random.chance(0.4) && free(PERSON.buyback) > 0n ? PERSON.buyback : payer()
      const value = part(free(burner), 4) || free(burner)
      // A burn of nothing says nothing.
      if (value === 0n) return
      say(KIND.burn, burner, PERSON.zero, value)
      say(KIND.transfer, burner, PERSON.zero, value, false)
    },
    stake(): void {
      const person = payer()
      say(KIND.stake, person, PERSON.zero, part(free(person), 1))
    },
    unstake(): void {
      for (let tries = 0; tries < 8; tries += 1) {
        const person = pick(2)
        const staked = stake[person] ?? 0n
        if (staked === 0n) continue
        say(KIND.unstake, person, PERSON.zero, random.chance(0.3) ? staked : part(staked, 0))
        return
      }
    },
    reward(): void {
      const value = part(purses.rewardFund, 6)
      if (value > 0n) say(KIND.reward, payer(), PERSON.zero, value)
      else this.flow()
    },
    flow(): void {
      const dice = random.below(100)
      const wallet = random.chance(0.8) ? PERSON.treasury : PERSON.secondTreasury
      const held = treasury.get(wallet) ?? 0n
      const income = 10n ** 6n * BigInt(1 + random.below(50_000))
      const spent = part(held, 3)
      if (dice < 60 || spent === 0n) say(KIND.flow, ordinary(), wallet, income)
      else if (dice < 65) say(KIND.flow, PERSON.internal, wallet, income)
      else if (dice < 78) say(KIND.flow, wallet, PERSON.buyback, spent)
      else if (dice < 90) say(KIND.flow, wallet, PERSON.rewards, spent)
      else if (dice < 96) say(KIND.flow, wallet, ordinary(), spent)
      else say(KIND.flow, wallet, PERSON.treasury + PERSON.secondTreasury - wallet, spent)
    },
  }
}
