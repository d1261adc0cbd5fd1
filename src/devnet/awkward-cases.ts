import { type Address, getAddress } from 'viem'
import { ashao, usdc } from './amounts'
import { type Contract, callOf } from './contracts'
import type { EconomyContext } from './economy-context'
import { stake, swap, unstake } from './everyday'

/** Holds tokens that nobody can move and that `totalSupply()` still counts. */
export const DEAD_ADDRESS: Address = getAddress('0x000000000000000000000000000000000000dead')

export interface AwkwardCase {
  readonly name: string
  /** Place in the history, from 0 to 1: the cases are on chain however short the history is. */
  readonly at: number
  run(context: EconomyContext): Promise<void>
}

/** Place in the history of the locked grant; the exclusion of its receiver starts with that block. */
export const GRANT_AT = 0.5

/** Everything that has misled an indexer before, once or twice in each history. In the order of `at`. */
export const AWKWARD_CASES: readonly AwkwardCase[] = [
  awkward('internal inflow to the treasury', 0.06, async ({ contracts, roles, sender }) => {
    await sender.send(callOf(roles.internal, contracts.treasury, 'depositReserve', [usdc(50_000)]))
  }),
  awkward('zero-value transfers', 0.1, async (context) => {
    const [from, to] = usersOf(context)
    await transfer(context, context.contracts.token, from, to, 0n)
    await transfer(context, context.contracts.stable, from, context.contracts.treasury.address, 0n)
    // The receiver has never held anything and must not become a holder.
    await transfer(context, context.contracts.token, from, context.roles.passerBy, 0n)
  }),
  awkward('burns of nothing', 0.12, async (context) => {
    const [holder] = usersOf(context)
    await burn(context, holder, 0n)
    // Who has never held anything can burn nothing, and must not become a holder by it.
    await burn(context, context.roles.passerBy, 0n)
  }),
  awkward('self transfers', 0.14, async (context) => {
    const [holder, other] = usersOf(context)
    await transfer(context, context.contracts.token, holder, holder, ashao(123))
    await transfer(context, context.contracts.token, other, other, 0n)
  }),
  awkward('look-alike events', 0.18, imitateEvents),
  awkward('two treasury inflows in one transaction', 0.22, payTwoJobs),
  awkward('the price of a moment', 0.24, lendPrice),
  awkward('tokens to the dead address', 0.26, async (context) => {
    await transfer(context, context.contracts.token, usersOf(context)[0], DEAD_ADDRESS, ashao(1_000))
  }),
  awkward('stake, to be withdrawn', 0.28, (context) =>
    stake(context, context.roles.returner, ashao(2_000_000)),
  ),
  awkward('tokens sent straight to staking', 0.3, async (context) => {
    const [holder] = usersOf(context)
    await transfer(context, context.contracts.token, holder, context.contracts.staking.address, ashao(777))
  }),
  awkward('a gift to the exchange', 0.31, giveToExchange),
  awkward('a holder receives', 0.33, async (context) => {
    await transfer(
      context,
      context.contracts.token,
      context.roles.owner,
      context.roles.passerBy,
      ashao(5_000),
    )
  }),
  awkward('a holder is emptied', 0.37, async (context) => {
    const { roles, contracts } = context
    await transfer(context, contracts.token, roles.passerBy, roles.vendor, ashao(5_000))
  }),
  awkward('unstake everything', 0.41, (context) =>
    unstake(context, context.roles.returner, ashao(2_000_000)),
  ),
  awkward('burn by allowance', 0.44, burnByAllowance),
  awkward('stake again', 0.47, (context) => stake(context, context.roles.returner, ashao(1_500_000))),
  awkward('locked grant', GRANT_AT, async (context) => {
    await transfer(
      context,
      context.contracts.token,
      context.roles.owner,
      context.roles.foundation,
      ashao(50_000_000),
    )
  }),
  awkward('tokens leave over the bridge', 0.54, async (context) => {
    for (const user of usersOf(context)) {
      await transfer(context, context.contracts.token, user, context.roles.bridge, ashao(10_000))
    }
  }),
  awkward('bridge burns its own', 0.58, (context) => burn(context, context.roles.bridge, ashao(15_000))),
  awkward("bridge burns a holder's", 0.62, bridgeBurnsByAllowance),
  awkward('treasury pays a cost', 0.66, async ({ contracts, roles, sender }) => {
    await sender.send(callOf(roles.owner, contracts.treasury, 'pay', [roles.vendor, usdc(7_500)]))
  }),
  awkward('locked tokens are staked', 0.7, (context) =>
    stake(context, context.roles.teamVesting, ashao(1_000_000)),
  ),
  awkward('unstake and stake in one block', 0.74, async (context) => {
    await unstake(context, context.roles.returner, ashao(1_500_000))
    await stake(context, context.roles.returner, ashao(1_500_000))
  }),
  awkward('a gift to the treasury', 0.78, async (context) => {
    const { stable, treasury } = context.contracts
    await transfer(context, stable, usersOf(context)[1], treasury.address, usdc(250) + 1n)
  }),
  awkward('locked tokens are released', 0.82, async (context) => {
    const [user] = usersOf(context)
    await transfer(context, context.contracts.token, context.roles.teamVesting, user, ashao(2_000_000))
  }),
  awkward('look-alike events again', 0.86, imitateEvents),
  awkward('two treasury inflows in one transaction again', 0.9, payTwoJobs),
]

type Run = (context: EconomyContext) => Promise<void>

function awkward(name: string, at: number, run: Run): AwkwardCase {
  return { name, at, run }
}

/** Two users, the same ones in every history. */
function usersOf({ roles }: EconomyContext): [Address, Address] {
  const [first, second] = roles.users
  if (!first || !second) throw new RangeError('the local chain needs two users')
  return [first, second]
}

async function transfer(
  { sender }: EconomyContext,
  contract: Contract,
  from: Address,
  to: Address,
  amount: bigint,
): Promise<void> {
  await sender.send(callOf(from, contract, 'transfer', [to, amount]))
}

async function burn({ contracts, sender }: EconomyContext, holder: Address, amount: bigint): Promise<void> {
  await sender.send(callOf(holder, contracts.token, 'burn', [amount]))
}

/** A market that is moved and moved back within one block: what the pair held in between is nobody's price. */
async function lendPrice(context: EconomyContext): Promise<void> {
  const [trader] = context.roles.traders
  if (!trader) throw new RangeError('the local chain needs a trader')
  await swap(context, trader, 'buy', usdc(100_000))
  await swap(context, trader, 'sell', ashao(1_800_000))
}

/** Reserves that change without a trade: the exchange books what it was given. */
async function giveToExchange(context: EconomyContext): Promise<void> {
  const { contracts, sender } = context
  const [user] = usersOf(context)
  await transfer(context, contracts.token, user, contracts.pair.address, ashao(2_000))
  await sender.send(callOf(user, contracts.pair, 'sync'))
}

async function imitateEvents(context: EconomyContext): Promise<void> {
  const { contracts, sender } = context
  const [account] = usersOf(context)
  const args = [account, contracts.treasury.address, ashao(1_000_000)]
  await sender.send(callOf(account, contracts.lookAlike, 'imitate', args))
}

async function payTwoJobs({ random, roles, contracts, sender }: EconomyContext): Promise<void> {
  const workers = [random.pick(roles.workers), random.pick(roles.workers)]
  const args = [...workers, random.integer(10_000, 50_000)]
  await sender.send(callOf(random.pick(roles.users), contracts.market, 'payTwoJobs', args))
}

/** The burner in the event is the holder, not the sender of the transaction. */
async function burnByAllowance(context: EconomyContext): Promise<void> {
  const { contracts, sender } = context
  const [holder, spender] = usersOf(context)
  await sender.send(callOf(holder, contracts.token, 'approve', [spender, ashao(50)]))
  await sender.send(callOf(spender, contracts.token, 'burnFrom', [holder, ashao(50)]))
}

/** A bridge burn whose event names the holder: only the caller tells that it is one. */
async function bridgeBurnsByAllowance(context: EconomyContext): Promise<void> {
  const { contracts, sender, roles } = context
  const [holder] = usersOf(context)
  await sender.send(callOf(holder, contracts.token, 'approve', [roles.bridge, ashao(2_500)]))
  await sender.send(callOf(roles.bridge, contracts.token, 'burnFrom', [holder, ashao(2_500)]))
}
