import { ACTOR } from './actors'

/** What everybody has, so that nobody spends what they do not have. Base units. */
export interface Purses {
  /** Tokens, by actor. */
  readonly balance: bigint[]
  /** Stakes, by actor; the tokens are with the staking contract. */
  readonly stake: bigint[]
  /** Stable asset of the treasury, and of the buyback wallet. */
  treasury: bigint
  buyback: bigint
  /** What the treasury gave for rewards and was not paid out yet. */
  rewards: bigint
}

export function emptyPurses(actors: number): Purses {
  return {
    balance: new Array<bigint>(actors).fill(0n),
    stake: new Array<bigint>(actors).fill(0n),
    treasury: 0n,
    buyback: 0n,
    rewards: 0n,
  }
}

export function addTo(purse: bigint[], actor: number, amount: bigint): void {
  purse[actor] = (purse[actor] ?? 0n) + amount
}

/** A transfer of the stable asset; whoever else has some has enough. */
export function moveStable(purses: Purses, from: number, to: number, value: bigint): void {
  for (const [actor, change] of [
    [from, -value],
    [to, value],
  ] as const) {
    if (actor === ACTOR.treasury) purses.treasury += change
    if (actor === ACTOR.buyback) purses.buyback += change
    if (actor === ACTOR.staking) purses.rewards += change
  }
}
