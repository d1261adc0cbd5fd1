import { ashao, usdc } from './amounts'
import type { BlockProducer } from './block-producer'
import { type Contracts, callOf } from './contracts'
import type { Roles } from './roles'

const UNLIMITED = 2n ** 256n - 1n
const NO_DEADLINE = 2n ** 64n
/** About what a block should hold, so that the first blocks look like blocks. */
const TRANSACTIONS_PER_BLOCK = 60

/** Hands out $ASHAO and USDC, gives the allowances, and opens the market at $0.05. */
export async function allocateGenesis(
  producer: BlockProducer,
  roles: Roles,
  contracts: Contracts,
  nextBlock: () => Promise<void>,
): Promise<void> {
  const { token, stable, staking, market, router, treasury } = contracts
  const { owner } = roles
  let inBlock = 0
  const send: BlockProducer['send'] = async (transaction) => {
    await producer.send(transaction)
    inBlock += 1
    if (inBlock % TRANSACTIONS_PER_BLOCK === 0) await nextBlock()
  }
  const give = (to: string, whole: number) => send(callOf(owner, token, 'transfer', [to, ashao(whole)]))
  const fund = (to: string, whole: number) => send(callOf(owner, stable, 'mint', [to, usdc(whole)]))

  await give(roles.teamVesting, 150_000_000)
  await give(roles.protocolReserve, 200_000_000)
  await give(roles.liquidityProvider, 20_000_000)
  await give(roles.returner, 3_000_000)
  for (const account of roles.stakers) await give(account, 6_000_000)
  for (const account of roles.workers) await give(account, 1_500_000)
  for (const account of roles.traders) await give(account, 5_000_000)
  for (const account of roles.users) await give(account, 250_000)

  await fund(roles.liquidityProvider, 1_000_000)
  await fund(roles.internal, 10_000_000)
  for (const account of roles.users) await fund(account, 20_000_000)
  for (const account of roles.traders) await fund(account, 5_000_000)

  for (const account of roles.users) {
    await send(callOf(account, stable, 'approve', [market.address, UNLIMITED]))
  }
  for (const account of [...roles.stakers, ...roles.workers, roles.returner, roles.teamVesting]) {
    await send(callOf(account, token, 'approve', [staking.address, UNLIMITED]))
  }
  for (const account of [...roles.traders, roles.liquidityProvider]) {
    await send(callOf(account, token, 'approve', [router.address, UNLIMITED]))
    await send(callOf(account, stable, 'approve', [router.address, UNLIMITED]))
  }
  await send(callOf(roles.internal, stable, 'approve', [treasury.address, UNLIMITED]))
  await nextBlock()

  const [ashaoIn, usdcIn] = [ashao(20_000_000), usdc(1_000_000)]
  const { liquidityProvider } = roles
  const pool = [
    token.address,
    stable.address,
    ashaoIn,
    usdcIn,
    ashaoIn,
    usdcIn,
    liquidityProvider,
    NO_DEADLINE,
  ]
  await producer.send(callOf(liquidityProvider, router, 'addLiquidity', pool))
  await nextBlock()
}
