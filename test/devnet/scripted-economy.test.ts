import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, encodeFunctionData, type Hex, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import { ARTIFACTS } from '../../src/devnet/artifacts'
import { type LocalChain, startLocalChain } from '../../src/devnet/local-chain'
import { assignRoles, type Roles } from '../../src/devnet/roles'
import { createRpcClient, type Rpc, toQuantity } from '../../src/devnet/rpc'
import {
  allLogs,
  type ChainEvent,
  type EconomyFile,
  eventsOf,
  type RawLog,
  readEconomyFile,
  sum,
} from './chain-events'

const END = 1_795_255_200
const WHOLE_SUPPLY = 10n ** 27n

const directory = mkdtempSync(join(tmpdir(), 'scripted-economy-'))
let port: number
let chain: LocalChain
let rpc: Rpc
let economy: EconomyFile
let roles: Roles
let logs: RawLog[]
let token: ChainEvent[]
let stable: ChainEvent[]
let staking: ChainEvent[]

beforeAll(async () => {
  port = await freePort()
  chain = await startLocalChain({ dataDir: directory, port, days: 6, endTimestamp: END, live: false })
  rpc = createRpcClient(port).call
  economy = readEconomyFile(chain.economyFile)
  roles = assignRoles(await rpc<string[]>('eth_accounts'))
  logs = await allLogs(rpc)
  token = eventsOf('token', economy.contracts.token.address, logs)
  stable = eventsOf('stable', economy.contracts.stable.address, logs)
  staking = eventsOf('staking', economy.contracts.staking.address, logs)
}, 30_000)

afterAll(async () => {
  await chain.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function view(
  contract: keyof typeof ARTIFACTS,
  address: Hex,
  functionName: string,
  args: readonly unknown[] = [],
  block: Hex | 'latest' = 'latest',
): Promise<bigint> {
  const data = encodeFunctionData({ abi: ARTIFACTS[contract].abi, functionName, args })
  return BigInt(await rpc<Hex>('eth_call', [{ to: address, data }, block]))
}

const supply = (block: Hex | 'latest' = 'latest') =>
  view('token', economy.contracts.token.address, 'totalSupply', [], block)
const named = (events: readonly ChainEvent[], name: string) => events.filter((event) => event.name === name)

describe('what the chain holds', () => {
  test('supply and everything burned make the genesis supply, and each burn has its Transfer', async () => {
    const burns = named(token, 'Burn')
    const destroyed = named(token, 'Transfer').filter((event) => event.args.to === zeroAddress)
    expect((await supply()) + sum(burns, 'value')).toBe(WHOLE_SUPPLY)
    expect(sum(destroyed, 'value')).toBe(sum(burns, 'value'))
    expect(destroyed).toHaveLength(burns.length)
    expect(named(token, 'Transfer').filter((event) => event.args.from === zeroAddress)).toHaveLength(1)
  })

  test('the stakes on chain are what the stake events add up to', async () => {
    const { address } = economy.contracts.staking
    const stakes = new Map<Address, bigint>()
    for (const { name, args } of staking) {
      const account = args.account as Address
      const change =
        name === 'Stake' ? (args.amount as bigint) : name === 'Unstake' ? -(args.amount as bigint) : 0n
      if (change !== 0n) stakes.set(account, (stakes.get(account) ?? 0n) + change)
    }
    for (const [account, staked] of stakes)
      expect(await view('staking', address, 'stakeOf', [account])).toBe(staked)
    expect(await view('staking', address, 'totalStaked')).toBe(
      [...stakes.values()].reduce((a, b) => a + b, 0n),
    )
  })

  test('rewards paid and still owed are what was funded, less what has not streamed yet', async () => {
    const { address } = economy.contracts.staking
    const [funded, paid] = [
      sum(named(staking, 'RewardFunded'), 'amount'),
      sum(named(staking, 'RewardPaid'), 'reward'),
    ]
    expect(paid).toBeGreaterThan(0n)
    const accounts = new Set(named(staking, 'Stake').map((event) => event.args.account as Address))
    let owed = 0n
    for (const account of accounts) owed += await view('staking', address, 'earned', [account])
    const { timestamp } = await rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false])
    const streaming =
      (await view('staking', address, 'rewardRate')) * (await view('staking', address, 'secondsLeft'))
    expect(paid + owed).toBeLessThanOrEqual(funded)
    // `secondsLeft` is as of the last settlement, so at most one stream's worth is not handed out.
    expect(paid + owed + streaming / 10n ** 30n).toBeGreaterThanOrEqual(funded - BigInt(accounts.size) - 1n)
    expect(Number(timestamp)).toBe(END)
    const held = await view('stable', economy.contracts.stable.address, 'balanceOf', [address])
    expect(held).toBe(funded - paid)
  })

  test('a job pays the worker 70 %, or 80 % if it stakes, and the treasury the rest', () => {
    const shares = new Set<bigint>()
    for (const { args } of eventsOf('market', undefined, logs)) {
      const [toWorker, toTreasury] = [args.toWorker as bigint, args.toTreasury as bigint]
      expect(toWorker + toTreasury).toBe((args.credits as bigint) * 10_000n)
      shares.add((toWorker * 100n) / (toWorker + toTreasury))
    }
    expect(shares).toEqual(new Set([70n, 80n]))
  })

  test('every distribution is two equal halves, and what is left is revenue not yet split', async () => {
    const treasury = economy.wallets.treasury[0] as Hex
    const rounds = named(eventsOf('treasury', treasury, logs), 'Distributed')
    expect(rounds.length).toBeGreaterThanOrEqual(4)
    for (const { args } of rounds) expect(args.toBurner).toBe(args.toStakers)
    const outTo = (to: Hex | undefined) =>
      sum(
        stable.filter(
          (each) => each.name === 'Transfer' && each.args.from === treasury && each.args.to === to,
        ),
        'value',
      )
    expect(outTo(economy.wallets.buyback[0])).toBe(sum(rounds, 'toBurner'))
    expect(outTo(economy.wallets.rewards[0])).toBe(sum(rounds, 'toStakers'))
    const revenue = sum(
      stable.filter((each) => {
        return (
          each.name === 'Transfer' &&
          each.args.to === treasury &&
          each.args.from !== economy.wallets.internal[0]
        )
      }),
      'value',
    )
    const left = revenue - 2n * sum(rounds, 'toBurner')
    expect(await view('treasury', treasury, 'undistributed')).toBe(left)
  })

  test('no transaction reverted', async () => {
    const head = Number(await rpc<Hex>('eth_blockNumber'))
    for (let block = 1; block <= head; block += 1) {
      const receipts = await rpc<{ status: Hex }[]>('eth_getBlockReceipts', [toQuantity(block)])
      expect(receipts.filter((receipt) => receipt.status !== '0x1')).toEqual([])
      expect(receipts.length).toBeGreaterThan(0)
    }
  })

  test('the pair of the economy file is the market: created at its start block, and traded on ever since', async () => {
    const { address, startBlock } = economy.contracts.pair
    expect(await rpc('eth_getCode', [address, toQuantity(startBlock - 1)])).toBe('0x')
    expect(await rpc('eth_getCode', [address, toQuantity(startBlock)])).not.toBe('0x')
    const last = named(eventsOf('pair', address, logs), 'Sync').at(-1)
    const held = await Promise.all(
      (['token', 'stable'] as const).map((name) =>
        view(name, economy.contracts[name].address, 'balanceOf', [address]),
      ),
    )
    const reserves = [last?.args.reserve0, last?.args.reserve1] as bigint[]
    const isTokenFirst =
      economy.contracts.token.address.toLowerCase() < economy.contracts.stable.address.toLowerCase()
    expect(isTokenFirst ? reserves : reserves.reverse()).toEqual(held)
  })

  test('past states answer at every block', async () => {
    for (const block of [2, 10, 50, 100, 150]) {
      const burned = sum(
        named(token, 'Burn').filter((event) => event.block <= block),
        'value',
      )
      expect(await supply(toQuantity(block))).toBe(WHOLE_SUPPLY - burned)
    }
  })
})

describe('awkward cases are on chain', () => {
  const transfers = () => named(token, 'Transfer')
  const burnsFrom = (account: string | undefined) =>
    named(token, 'Burn').filter((each) => each.args.from === account)

  test('zero-value and self transfers', () => {
    expect(transfers().some(({ args }) => args.value === 0n && args.from !== args.to)).toBe(true)
    expect(transfers().some(({ args }) => (args.value as bigint) > 0n && args.from === args.to)).toBe(true)
    expect(transfers().some(({ args }) => args.value === 0n && args.from === args.to)).toBe(true)
  })

  test('burns of nothing, by a holder and by who never held', () => {
    const nothing = named(token, 'Burn').filter(({ args }) => args.value === 0n)
    expect(nothing.map(({ args }) => args.from)).toEqual([roles.users[0], roles.passerBy])
  })

  test('a price that is gone when its block ends, and reserves that change without a trade', () => {
    const market = eventsOf('pair', economy.contracts.pair.address, logs)
    const swaps = named(market, 'Swap')
    const round = swaps.filter((one) =>
      swaps.some((other) => other !== one && other.block === one.block && other.args.to === one.args.to),
    )
    expect(round.some(({ args }) => args.to === roles.traders[0])).toBe(true)
    const traded = new Set(market.filter(({ name }) => name !== 'Sync').map((each) => each.transaction))
    expect(named(market, 'Sync').filter((each) => !traded.has(each.transaction))).toHaveLength(1)
  })

  test('two equal burns in one transaction', () => {
    const burns = burnsFrom(economy.wallets.buyback[0])
    const twins = burns.filter((burn) =>
      burns.some(
        (each) =>
          each !== burn && each.transaction === burn.transaction && each.args.value === burn.args.value,
      ),
    )
    expect(twins.length).toBeGreaterThanOrEqual(2)
  })

  test('swap and burn in one transaction, and in two', () => {
    const bought = named(eventsOf('burner', economy.wallets.buyback[0], logs), 'Bought')
    const burned = new Set(burnsFrom(economy.wallets.buyback[0]).map((each) => each.transaction))
    expect(bought.some((each) => burned.has(each.transaction))).toBe(true)
    expect(bought.some((each) => !burned.has(each.transaction))).toBe(true)
  })

  test('tokens at the dead address, and tokens sent straight to staking', async () => {
    expect(transfers().some(({ args }) => args.to === economy.wallets.dead[0])).toBe(true)
    const { address } = economy.contracts.staking
    const held = await view('token', economy.contracts.token.address, 'balanceOf', [address])
    expect(held).toBeGreaterThan(await view('staking', address, 'totalStaked'))
  })

  test('foreign contracts emit the same events', () => {
    const foreign = eventsOf('lookAlike', undefined, logs).filter(({ name }) => name === 'RewardPaid')
    expect(foreign.length).toBeGreaterThan(named(staking, 'RewardPaid').length)
  })

  test('two treasury inflows in one transaction', () => {
    const inflows = stable.filter((each) => each.args.to === economy.wallets.treasury[0])
    expect(new Set(inflows.map((each) => each.transaction)).size).toBeLessThan(inflows.length)
  })

  test('a staker leaves altogether and comes back', () => {
    const own = staking.filter(({ args }) => args.account === roles.returner).map(({ name }) => name)
    expect(own.filter((name) => name !== 'RewardPaid')).toEqual([
      'Stake',
      'Unstake',
      'Stake',
      'Unstake',
      'Stake',
    ])
  })

  test('a holder is emptied to exactly 0', async () => {
    expect(transfers().some(({ args }) => args.to === roles.passerBy && (args.value as bigint) > 0n)).toBe(
      true,
    )
    expect(await view('token', economy.contracts.token.address, 'balanceOf', [roles.passerBy])).toBe(0n)
  })

  test('a bridge burns its own tokens, and those of a holder', async () => {
    expect(burnsFrom(economy.wallets.bridges[0])).toHaveLength(1)
    const senders = await Promise.all(
      burnsFrom(roles.users[0]).map(({ transaction }) =>
        rpc<{ from: string }>('eth_getTransactionByHash', [transaction]),
      ),
    )
    expect(senders.some(({ from }) => from === roles.bridge.toLowerCase())).toBe(true)
  })

  test('the treasury takes in what is no revenue, and pays for something else', () => {
    const moves = stable.filter((each) => each.name === 'Transfer')
    const treasury = economy.wallets.treasury[0]
    expect(moves.some(({ args }) => args.from === economy.wallets.internal[0] && args.to === treasury)).toBe(
      true,
    )
    expect(moves.some(({ args }) => args.from === treasury && args.to === roles.vendor)).toBe(true)
  })

  test('an exclusion begins with the block of its grant', async () => {
    const grant = economy.wallets.excluded.find(({ label }) => label === 'Foundation grant, locked')
    const received = transfers().filter(({ args }) => args.to === grant?.address)
    expect(received.map(({ block }) => block)).toEqual([grant?.fromBlock])
  })
})
