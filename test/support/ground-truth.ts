import { type Address, createPublicClient, http, type PublicClient } from 'viem'
import { type ChainLogs, type Moved, readChainLogs } from './chain-logs'
import { type EconomyWallets, readEconomyWallets } from './economy-wallets'

/** The chain's own word: its views and its raw logs, read without a line of the program under test. */
export interface GroundTruth {
  readonly client: PublicClient
  readonly firstBlock: number
  /** Blocks from which on one more wallet does not circulate. */
  readonly exclusionBlocks: readonly number[]
  /** Everyone who ever sent or received the token, in order of appearance. */
  accounts(upTo: number): Promise<Address[]>
  figuresAt(block: number, accounts: readonly Address[]): Promise<Figures>
  /** How often each thing that changes a figure happened in these blocks, the last one included. */
  happenings(from: number, to: number): Promise<Happenings>
}

export type Happenings = Record<
  | 'burns'
  | 'buybackBurns'
  | 'bridgeBurns'
  | 'calledBridgeBurns'
  | 'stakes'
  | 'unstakes'
  | 'rewards'
  | 'inflows'
  | 'outflows'
  | 'reserves',
  number
>

/** All amounts in base units, prices and ratios in units of 10⁻¹⁸, both as decimal text; null where there is none. */
export interface Figures {
  readonly supply: Record<SupplyFigure, string>
  readonly treasury: {
    readonly balance: string
    readonly revenue: string
    readonly internalInflow: string
    readonly outflow: { readonly buyback: string; readonly rewards: string; readonly other: string }
  }
  readonly staking: {
    readonly staked: string
    readonly rewardsPaid: string
    readonly stakingRatio: string | null
  }
  readonly buyback: Record<'spent' | 'burned' | 'paid' | 'bought', string> & {
    readonly averagePrice: string | null
  }
  readonly price: PriceFigures
  readonly accounts: Record<string, AccountFigures>
}

export type SupplyFigure = (typeof SUPPLY_FIGURES)[number]
export type AccountFigures = Record<'balance' | 'staked' | 'rewardsPaid', string>

interface PriceFigures {
  readonly price: string | null
  readonly source: 'BUYBACK' | 'PAIR' | null
  readonly block: number | null
}

export const SUPPLY_FIGURES = [
  'totalSupply',
  'minted',
  'mintedAfterGenesis',
  'mintedByBridge',
  'destroyed',
  'cumulativeBurn',
  'burnedByBuyback',
  'burnedByBridge',
  'burnedByOther',
  'deadBurn',
  'circulatingSupply',
  'outstandingSupply',
  'liquidFloat',
] as const

const ONE = 10n ** 18n
type Counts<Item> = (item: Item) => boolean

export function openGroundTruth(rpcUrl: string, economyFile: string): GroundTruth {
  const economy = readEconomyWallets(economyFile)
  const client = createPublicClient({ transport: http(rpcUrl, { batch: { batchSize: 50 } }) }) as PublicClient
  const { contracts, lists } = economy
  const { token, staking, stable } = contracts
  const views = { totalStaked: 'totalStaked', stakeOf: 'stakeOf', ...staking.views }
  const readLogs = readChainLogs(client, economy)

  let read: ChainLogs | undefined
  /** The chain's logs are fetched once, as long as the block up to which they were is still the chain's. */
  const logsUpTo = async (block: number): Promise<ChainLogs> => {
    if (read !== undefined && block <= read.number) {
      const still = await client.getBlock({ blockNumber: BigInt(read.number) }).catch(() => undefined)
      if (still?.hash === read.hash) return read
    }
    read = await readLogs()
    return read
  }
  const isBuyback: Counts<Moved> = ({ from }) => lists.buyback.has(from)

  return {
    client,
    firstBlock: token.startBlock,
    exclusionBlocks: [...new Set(economy.excluded.map(({ fromBlock }) => fromBlock))],
    async accounts(upTo) {
      const { transfers } = await logsUpTo(upTo)
      const seen = new Set(
        transfers.filter(({ block }) => block <= upTo).flatMap(({ from, to }) => [from, to]),
      )
      seen.delete(`0x${'0'.repeat(40)}`)
      return [...seen] as Address[]
    },
    async figuresAt(block, accounts) {
      const view = async (address: Address, name: string, ...owners: readonly string[]): Promise<bigint> => {
        const inputs = owners.map(() => ({ type: 'address' }))
        const outputs = [{ type: 'uint256' }]
        const abi = [{ type: 'function', stateMutability: 'view', name, inputs, outputs }]
        const call = { address, abi, functionName: name, args: owners, blockNumber: BigInt(block) }
        return (await client.readContract(call)) as bigint
      }
      const balances = async (contract: Address, owners: Iterable<string>): Promise<bigint> => {
        const all = await Promise.all([...owners].map((owner) => view(contract, 'balanceOf', owner)))
        return all.reduce((sum, each) => sum + each, 0n)
      }
      const excluded = excludedAt(economy, block)
      const isThere = async ({ address }: { address: Address }): Promise<boolean> =>
        (await client.getCode({ address, blockNumber: BigInt(block) })) !== undefined
      const isStaking = await isThere(staking)
      const stake = (account: string): Promise<bigint> | bigint =>
        isStaking ? view(staking.address, views.stakeOf, account) : 0n
      const [all, supply, deadBurn, notCirculating, held, staked] = await Promise.all([
        logsUpTo(block),
        view(token.address, 'totalSupply'),
        balances(token.address, lists.dead),
        balances(token.address, excluded),
        (await isThere(stable)) ? balances(stable.address, lists.treasury) : 0n,
        isStaking ? view(staking.address, views.totalStaked) : 0n,
      ])
      const logs = upTo(all, block)
      const genesis = logs.mints[0]?.block
      const [spent, burned] = [
        total(logs.outflows.filter(({ to }) => lists.buyback.has(to))),
        total(logs.burns.filter(isBuyback)),
      ]
      const bridged = logs.burns.filter((burn) => burn.isBridged && !isBuyback(burn))
      const destroyed = total(logs.burns)
      const circulating = supply - notCirculating
      const entries = await Promise.all(
        accounts.map(async (account) => {
          const own = account.toLowerCase()
          const figures = {
            balance: String(await view(token.address, 'balanceOf', account)),
            staked: String(await stake(account)),
            rewardsPaid: String(total(logs.rewards.filter(({ to }) => to === own))),
          }
          return [own, figures] as const
        }),
      )
      const amounts = {
        supply: {
          totalSupply: supply,
          minted: total(logs.mints),
          mintedAfterGenesis: total(logs.mints.filter((mint) => mint.block !== genesis && !mint.isBridged)),
          mintedByBridge: total(logs.mints.filter((mint) => mint.block !== genesis && mint.isBridged)),
          destroyed,
          cumulativeBurn: destroyed - total(bridged),
          burnedByBuyback: burned,
          burnedByBridge: total(bridged),
          burnedByOther: destroyed - total(bridged) - burned,
          deadBurn,
          circulatingSupply: circulating,
          outstandingSupply: supply - deadBurn,
          // Every staking contract of these tests takes the tokens into custody: an excluded one takes them all along.
          liquidFloat: circulating - (excluded.has(staking.address.toLowerCase()) ? 0n : staked),
        },
        treasury: {
          balance: held,
          revenue: total(logs.inflows.filter(({ from }) => !lists.internal.has(from))),
          internalInflow: total(logs.inflows.filter(({ from }) => lists.internal.has(from))),
        },
        outflow: {
          buyback: spent,
          rewards: total(logs.outflows.filter(({ to }) => lists.rewards.has(to))),
          other: total(logs.outflows.filter(({ to }) => !lists.buyback.has(to) && !lists.rewards.has(to))),
        },
        staking: { staked, rewardsPaid: total(logs.rewards) },
        buyback: {
          spent,
          burned,
          paid: logs.buybacks.reduce((sum, each) => sum + each.stable, 0n),
          bought: logs.buybacks.reduce((sum, each) => sum + each.token, 0n),
        },
      }
      const price = (paid: bigint, got: bigint): bigint =>
        (paid * 10n ** BigInt(token.decimals) * ONE) / (got * 10n ** BigInt(stable.decimals))
      return {
        supply: texts(amounts.supply),
        treasury: { ...texts(amounts.treasury), outflow: texts(amounts.outflow) },
        staking: {
          ...texts(amounts.staking),
          stakingRatio: circulating > 0n ? String((staked * ONE) / circulating) : null,
        },
        buyback: {
          ...texts(amounts.buyback),
          averagePrice: burned > 0n ? String(price(spent, burned)) : null,
        },
        price: newestPrice(logs, price),
        accounts: Object.fromEntries(entries),
      }
    },
    async happenings(from, to) {
      const logs = await logsUpTo(to)
      const within = ({ block }: { block: number }): boolean => block >= from && block <= to
      const count = (moved: readonly Moved[]): number =>
        moved.filter((each) => each.amount > 0n && within(each)).length
      const bridged = logs.burns.filter(({ isBridged }) => isBridged)
      return {
        burns: count(logs.burns),
        buybackBurns: count(logs.burns.filter(isBuyback)),
        bridgeBurns: count(bridged),
        calledBridgeBurns: count(bridged.filter((burn) => !lists.bridges.has(burn.from))),
        stakes: count(logs.stakes),
        unstakes: count(logs.unstakes),
        rewards: count(logs.rewards),
        inflows: count(logs.inflows),
        outflows: count(logs.outflows),
        reserves: logs.reserves.filter(within).length,
      }
    },
  }
}

/** Wallets that do not circulate at a block. */
function excludedAt({ lists, excluded }: EconomyWallets, block: number): ReadonlySet<string> {
  const locked = excluded.filter(({ fromBlock }) => fromBlock <= block)
  return new Set([...lists.treasury, ...lists.dead, ...locked.map(({ address }) => address)])
}

/** What had happened by the end of a block. */
function upTo(logs: ChainLogs, block: number): ChainLogs {
  const past = <Item extends { readonly block: number }>(items: readonly Item[]): Item[] =>
    items.filter((item) => item.block <= block)
  const { number, hash, ...lists } = logs
  const entries = Object.entries(lists).map(([name, items]) => [name, past<{ block: number }>(items)])
  return { number, hash, ...(Object.fromEntries(entries) as typeof lists) }
}

/** The later of the last executed buyback and the last reserves; of one block, the buyback. */
function newestPrice(
  { buybacks, reserves }: ChainLogs,
  price: (paid: bigint, got: bigint) => bigint,
): PriceFigures {
  const [buyback, pair] = [buybacks.at(-1), reserves.at(-1)]
  const isBuyback = buyback !== undefined && buyback.block >= (pair?.block ?? 0)
  const newest = isBuyback ? buyback : pair
  if (newest === undefined) return { price: null, source: null, block: null }
  const { block, stable, token } = newest
  return { price: String(price(stable, token)), source: isBuyback ? 'BUYBACK' : 'PAIR', block }
}

function total(moved: readonly Moved[]): bigint {
  return moved.reduce((sum, { amount }) => sum + amount, 0n)
}

function texts<Name extends string>(amounts: Readonly<Record<Name, bigint>>): Record<Name, string> {
  const entries = Object.entries<bigint>(amounts).map(([name, amount]) => [name, String(amount)])
  return Object.fromEntries(entries) as Record<Name, string>
}
