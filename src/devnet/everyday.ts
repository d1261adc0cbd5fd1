import type { Address } from 'viem'
import { ashao, usdc } from './amounts'
import { callOf } from './contracts'
import type { EconomyContext } from './economy-context'

const NO_DEADLINE = 2n ** 64n

/** A user pays for a session of inference. @param credits at $0.01 */
export async function payJob(context: EconomyContext, credits: number): Promise<void> {
  const { random, roles, contracts, sender } = context
  const [user, worker] = [random.pick(roles.users), random.pick(roles.workers)]
  await sender.send(callOf(user, contracts.market, 'payJob', [worker, credits]))
}

export async function stake(context: EconomyContext, account: Address, amount: bigint): Promise<void> {
  await context.sender.send(callOf(account, context.contracts.staking, 'stake', [amount]))
  context.stakes.set(account, (context.stakes.get(account) ?? 0n) + amount)
}

export async function unstake(context: EconomyContext, account: Address, amount: bigint): Promise<void> {
  await context.sender.send(callOf(account, context.contracts.staking, 'unstake', [amount]))
  context.stakes.set(account, (context.stakes.get(account) ?? 0n) - amount)
}

/** Someone stakes more, within what it was given at the start. */
export async function stakeMore(context: EconomyContext): Promise<void> {
  const { random, roles, stakes } = context
  const isWorker = random.chance(0.4)
  const account = random.pick(isWorker ? roles.workers : roles.stakers)
  const limit = ashao(isWorker ? 900_000 : 4_000_000)
  const amount = ashao(isWorker ? random.integer(5_000, 60_000) : random.integer(20_000, 400_000))
  if ((stakes.get(account) ?? 0n) + amount <= limit) await stake(context, account, amount)
}

/** A staker takes a part back, now and then all of it. */
export async function unstakeSome(context: EconomyContext): Promise<void> {
  const { random, roles, stakes } = context
  const account = random.pick(random.chance(0.3) ? roles.workers : roles.stakers)
  const staked = stakes.get(account) ?? 0n
  if (staked === 0n) return
  const part = random.chance(0.15) ? staked : (staked * BigInt(random.integer(5, 40))) / 100n
  await unstake(context, account, part)
}

/** A staker collects its share of the revenue. */
export async function claim(context: EconomyContext): Promise<void> {
  const { random, stakes, contracts, sender } = context
  const stakers = [...stakes].filter(([, staked]) => staked > 0n).map(([account]) => account)
  if (stakers.length > 0) await sender.send(callOf(random.pick(stakers), contracts.staking, 'claim'))
}

/** A trade on the open market. Users pay out of their own pocket, so the price goes where the crowd goes. */
export async function trade(context: EconomyContext, largestUsd: number): Promise<void> {
  const { random, roles } = context
  const trader = random.pick(roles.traders)
  const dollars = random.integer(Math.ceil(largestUsd / 20), largestUsd)
  if (random.chance(0.45)) await swap(context, trader, 'buy', usdc(dollars))
  else await swap(context, trader, 'sell', ashao(dollars * 16))
}

/** Trades on the exchange at any price. @param spent base units of USDC, or of $ASHAO if it is sold */
export async function swap(
  { contracts, sender }: EconomyContext,
  trader: Address,
  side: 'buy' | 'sell',
  spent: bigint,
): Promise<void> {
  const { token, stable, router } = contracts
  const path = side === 'buy' ? [stable.address, token.address] : [token.address, stable.address]
  const args = [spent, 1n, path, trader, NO_DEADLINE]
  await sender.send(callOf(trader, router, 'swapExactTokensForTokens', args))
}

/** $ASHAO changes hands between holders: mostly users, of whom few have moved much. */
export async function transferBetweenHolders(context: EconomyContext): Promise<void> {
  const { random, roles, contracts, sender } = context
  const from = random.pick(random.chance(0.5) ? roles.users : roles.traders)
  const to = random.pick(random.chance(0.5) ? roles.users : roles.workers)
  const amount = (ashao(random.integer(1, 400)) * BigInt(random.integer(1, 999_999))) / 1_000_000n
  await sender.send(callOf(from, contracts.token, 'transfer', [to, amount]))
}

/** A holder burns its own: not a buyback. */
export async function burnVoluntarily(context: EconomyContext): Promise<void> {
  const { random, roles, contracts, sender } = context
  const amount = ashao(random.integer(1, 500))
  await sender.send(callOf(random.pick(roles.users), contracts.token, 'burn', [amount]))
}
