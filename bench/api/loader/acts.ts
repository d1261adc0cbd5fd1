import type { Random } from '../../ingest/simulator/random'
import { ACTOR, ORDINARY } from './actors'
import { type BlockWriter, NOBODY } from './block-writer'
import type { Purses } from './purses'

/** 1,000,000,000 tokens of 18 decimals, all minted at once. */
const SUPPLY = 10n ** 27n
const TEAM_SHARE = 15n
const USDC = 10n ** 6n
/** Base units of the token for one of the stable asset: a token costs four cents. */
const TOKENS_FOR_STABLE = 25n * 10n ** 12n

/** The whole supply comes to be, and the team gets its part. */
export function genesis(block: BlockWriter): void {
  block.transfer(NOBODY, ACTOR.exchange, SUPPLY)
  block.nextTransaction()
  block.transfer(ACTOR.exchange, ACTOR.team, (SUPPLY * TEAM_SHARE) / 100n)
}

/** One thing that somebody does, in a transaction of its own: mostly a transfer. */
export function act(block: BlockWriter, purses: Purses, random: Random): void {
  const dice = random.below(1_000)
  const doIt =
    dice < 35
      ? stake
      : dice < 55
        ? unstake
        : dice < 95
          ? reward
          : dice < 105
            ? burn
            : dice < 135
              ? flow
              : dice < 139
                ? buyback
                : transfer
  block.nextTransaction()
  // Who has nothing to stake, to burn or to be paid from makes a transfer instead.
  if (!doIt(block, purses, random)) transfer(block, purses, random)
}

type Act = (block: BlockWriter, purses: Purses, random: Random) => boolean

const transfer: Act = (block, { balance }, random) => {
  const dice = random.below(1_000)
  const from = dice < 300 ? ACTOR.exchange : payer(balance, random)
  const to =
    dice < 300
      ? person(balance.length, random)
      : dice < 600
        ? ACTOR.exchange
        : dice < 610
          ? from
          : person(balance.length, random)
  const whole = balance[from] ?? 0n
  // Of what an exchange holds, a customer gets little; of people, some send nothing, some all that they have.
  const value =
    dice >= 995
      ? 0n
      : from === ACTOR.exchange
        ? part(whole, 16, random)
        : dice >= 970
          ? whole
          : part(whole, 2, random)
  block.transfer(from, to, value)
  return true
}

const stake: Act = (block, { balance }, random) => {
  const account = payer(balance, random)
  const amount = part(balance[account] ?? 0n, 1, random)
  if (amount === 0n || account < ORDINARY) return false
  block.transfer(account, ACTOR.staking, amount)
  block.stake(account, amount)
  return true
}

const unstake: Act = (block, purses, random) => {
  const account = whoHas(purses.stake, random)
  const staked = purses.stake[account] ?? 0n
  if (staked === 0n) return false
  const amount = random.chance(0.3) ? staked : part(staked, 0, random)
  block.transfer(ACTOR.staking, account, amount)
  block.unstake(account, amount)
  return true
}

const reward: Act = (block, purses, random) => {
  const account = whoHas(purses.stake, random)
  const amount = part(purses.rewards, 8, random)
  if (amount === 0n || account < ORDINARY) return false
  block.reward(account, amount)
  return true
}

const burn: Act = (block, { balance }, random) => {
  const burner = payer(balance, random)
  const value = part(balance[burner] ?? 0n, 6, random)
  if (value === 0n || burner < ORDINARY) return false
  block.burn(burner, value)
  return true
}

const flow: Act = (block, purses, random) => {
  const { balance, treasury } = purses
  const dice = random.below(100)
  const spent = part(treasury, 3, random)
  const somebody = person(balance.length, random)
  if (dice < 70 || spent === 0n) block.flow(somebody, ACTOR.treasury, USDC * BigInt(1 + random.below(200)))
  else if (dice < 74) block.flow(ACTOR.internal, ACTOR.treasury, USDC * BigInt(1 + random.below(200)))
  else if (dice < 85) block.flow(ACTOR.treasury, ACTOR.buyback, spent)
  else if (dice < 96) block.flow(ACTOR.treasury, ACTOR.staking, spent)
  else block.flow(ACTOR.treasury, somebody, spent)
  return true
}

/** The buyback wallet buys from the exchange, and burns in another transaction what it has. */
const buyback: Act = (block, purses, random) => {
  const paid = part(purses.buyback, 1, random)
  // The price wanders by a tenth.
  const bought = (paid * TOKENS_FOR_STABLE * BigInt(900 + random.below(200))) / 1_000n
  if (bought === 0n || bought > (purses.balance[ACTOR.exchange] ?? 0n)) return false
  block.flow(ACTOR.buyback, ACTOR.exchange, paid)
  block.transfer(ACTOR.exchange, ACTOR.buyback, bought)
  block.nextTransaction()
  block.burn(ACTOR.buyback, purses.balance[ACTOR.buyback] ?? 0n)
  return true
}

/** A few people do most of it. */
function person(actors: number, random: Random): number {
  return ORDINARY + Math.floor((actors - ORDINARY) * (random.next() / 2 ** 32) ** 2.5)
}

/** Somebody who has tokens; the exchange, where nobody is found soon. */
function payer(balance: readonly bigint[], random: Random): number {
  return whoHas(balance, random)
}

function whoHas(purse: readonly bigint[], random: Random): number {
  for (let tries = 0; tries < 8; tries += 1) {
    const somebody = person(purse.length, random)
    if ((purse[somebody] ?? 0n) > 0n) return somebody
  }
  return ACTOR.exchange
}

/** From next to nothing to all of it, halved `halvings` times. */
function part(whole: bigint, halvings: number, random: Random): bigint {
  return (whole * BigInt(1 + random.below(2 ** 20))) >> BigInt(20 + halvings)
}
