// Longer than most: what the chain says and what the API says, figure by figure, have to be seen side by side.
import { readFileSync } from 'node:fs'
import {
  type Address,
  createPublicClient,
  getAbiItem,
  http,
  type PublicClient,
  parseAbi,
  zeroAddress,
} from 'viem'
import { expect } from 'vitest'
import { parse } from 'yaml'

const VIEWS = parseAbi([
  'function totalSupply() view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
  'function totalStaked() view returns (uint256)',
  'function stakeOf(address) view returns (uint256)',
])
const EVENTS = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'event Stake(address indexed account, uint256 amount)',
  'event Unstake(address indexed account, uint256 amount)',
  'event RewardPaid(address indexed account, uint256 reward)',
])

type WalletList = 'treasury' | 'buyback' | 'rewards' | 'internal' | 'bridges' | 'dead'

interface EconomyYaml {
  contracts: Record<'token' | 'staking' | 'stable', { address: Address; startBlock: number }>
  wallets: Record<WalletList, Address[]> & { excluded: { address: Address; fromBlock: number }[] }
}

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
  'burns' | 'buybackBurns' | 'bridgeBurns' | 'stakes' | 'unstakes' | 'rewards' | 'inflows' | 'outflows',
  number
>

/** All amounts in base units, as decimal text: the form that the API answers in. */
export interface Figures {
  readonly supply: Record<SupplyFigure, string>
  readonly treasury: {
    readonly balance: string
    readonly revenue: string
    readonly internalInflow: string
    readonly outflow: { readonly buyback: string; readonly rewards: string; readonly other: string }
  }
  readonly staking: { readonly staked: string; readonly rewardsPaid: string }
  readonly accounts: Record<string, AccountFigures>
}

export type SupplyFigure = (typeof SUPPLY_FIGURES)[number]
type AccountFigures = Record<'balance' | 'staked' | 'rewardsPaid', string>

export const SUPPLY_FIGURES = [
  'totalSupply',
  'cumulativeBurn',
  'burnedByBuyback',
  'burnedByBridge',
  'burnedByOther',
  'deadBurn',
  'circulatingSupply',
  'outstandingSupply',
] as const

/** An amount that moved, with everyone it concerns in lower case. */
interface Moved {
  readonly block: number
  readonly from: string
  readonly to: string
  readonly amount: bigint
}

/** Every log that a figure is made of, as of one block of the chain. */
interface Logs {
  readonly number: number
  readonly hash: string
  /** Transfers of the token to the zero address. */
  readonly burns: readonly Moved[]
  /** Transfers of the stable asset with a treasury wallet on exactly one side. */
  readonly inflows: readonly Moved[]
  readonly outflows: readonly Moved[]
  readonly stakes: readonly Moved[]
  readonly unstakes: readonly Moved[]
  readonly rewards: readonly Moved[]
}

const total = (moved: readonly Moved[]): bigint => moved.reduce((sum, { amount }) => sum + amount, 0n)

export function openGroundTruth(rpcUrl: string, economyFile: string): GroundTruth {
  const { contracts, wallets } = parse(readFileSync(economyFile, 'utf8')) as EconomyYaml
  const client = createPublicClient({ transport: http(rpcUrl, { batch: { batchSize: 50 } }) }) as PublicClient
  const { token, staking, stable } = contracts
  const listed = (name: WalletList): Set<string> => new Set(wallets[name].map((each) => each.toLowerCase()))
  const [treasury, dead] = [listed('treasury'), listed('dead')]
  const [buyback, bridges] = [listed('buyback'), listed('bridges')]
  const [rewardWallets, internal] = [listed('rewards'), listed('internal')]

  const transfers = async (
    address: Address,
    args: { from?: Address[]; to?: Address[] },
    toBlock: bigint,
  ): Promise<Moved[]> => {
    const event = getAbiItem({ abi: EVENTS, name: 'Transfer' })
    const logs = await client.getLogs({ address, event, args, fromBlock: 0n, toBlock, strict: true })
    return logs.map(({ args: { from, to, value }, blockNumber }) => ({
      block: Number(blockNumber),
      from: from.toLowerCase(),
      to: to.toLowerCase(),
      amount: value,
    }))
  }
  const stakingLogs = async (toBlock: bigint): Promise<Pick<Logs, 'stakes' | 'unstakes' | 'rewards'>> => {
    const logs = await client.getLogs({
      address: staking.address,
      events: EVENTS.filter(({ name }) => name !== 'Transfer'),
      fromBlock: 0n,
      toBlock,
      strict: true,
    })
    const named = (wanted: string): Moved[] =>
      logs
        .filter(({ eventName }) => eventName === wanted)
        .map(({ args, blockNumber }) => {
          const { account, amount, reward } = args as { account: Address; amount?: bigint; reward?: bigint }
          const who = account.toLowerCase()
          return { block: Number(blockNumber), from: who, to: who, amount: amount ?? reward ?? 0n }
        })
    return { stakes: named('Stake'), unstakes: named('Unstake'), rewards: named('RewardPaid') }
  }

  let read: Logs | undefined
  /** The chain's logs are fetched once, as long as the block up to which they were is still the chain's. */
  const logsUpTo = async (block: number): Promise<Logs> => {
    if (read !== undefined && block <= read.number) {
      const still = await client.getBlock({ blockNumber: BigInt(read.number) }).catch(() => undefined)
      if (still?.hash === read.hash) return read
    }
    const newest = await client.getBlock()
    const { number, hash } = newest
    const own = wallets.treasury
    const [burns, entering, leaving, staked] = await Promise.all([
      transfers(token.address, { to: [zeroAddress] }, number),
      transfers(stable.address, { to: own }, number),
      transfers(stable.address, { from: own }, number),
      stakingLogs(number),
    ])
    read = {
      number: Number(number),
      hash,
      burns,
      inflows: entering.filter(({ from }) => !treasury.has(from)),
      outflows: leaving.filter(({ to }) => !treasury.has(to)),
      ...staked,
    }
    return read
  }

  return {
    client,
    firstBlock: token.startBlock,
    exclusionBlocks: [...new Set(wallets.excluded.map(({ fromBlock }) => fromBlock))],
    async accounts(upTo) {
      const moved = await transfers(token.address, {}, BigInt(upTo))
      const seen = new Set(moved.flatMap(({ from, to }) => [from, to]))
      seen.delete(zeroAddress)
      return [...seen] as Address[]
    },
    async figuresAt(block, accounts) {
      const at = { abi: VIEWS, blockNumber: BigInt(block) } as const
      const balance = (contract: Address, account: string): Promise<bigint> =>
        client.readContract({
          ...at,
          address: contract,
          functionName: 'balanceOf',
          args: [account as Address],
        })
      const balances = async (contract: Address, owners: Iterable<string>): Promise<bigint> => {
        const all = await Promise.all([...owners].map((owner) => balance(contract, owner)))
        return all.reduce((sum, each) => sum + each, 0n)
      }
      const locked = wallets.excluded.filter(({ fromBlock }) => fromBlock <= block)
      const excluded = new Set([...treasury, ...dead, ...locked.map(({ address }) => address.toLowerCase())])
      const isStaking =
        (await client.getCode({ address: staking.address, blockNumber: BigInt(block) })) !== undefined
      const stake = (account: Address): Promise<bigint> | bigint =>
        isStaking
          ? client.readContract({ ...at, address: staking.address, functionName: 'stakeOf', args: [account] })
          : 0n
      const [logs, supply, deadBurn, notCirculating, held, staked] = await Promise.all([
        logsUpTo(block),
        client.readContract({ ...at, address: token.address, functionName: 'totalSupply' }),
        balances(token.address, dead),
        balances(token.address, excluded),
        balances(stable.address, treasury),
        isStaking
          ? client.readContract({ ...at, address: staking.address, functionName: 'totalStaked' })
          : 0n,
      ])
      const sum = (moved: readonly Moved[], counts: (moved: Moved) => boolean = () => true): string =>
        String(total(moved.filter((each) => each.block <= block && counts(each))))
      const isOther = ({ to }: Moved): boolean => !buyback.has(to) && !rewardWallets.has(to)
      const entries = await Promise.all(
        accounts.map(async (account) => {
          const figures = {
            balance: String(await balance(token.address, account)),
            staked: String(await stake(account)),
            rewardsPaid: sum(logs.rewards, ({ to }) => to === account.toLowerCase()),
          }
          return [account.toLowerCase(), figures] as const
        }),
      )
      return {
        supply: {
          totalSupply: String(supply),
          cumulativeBurn: sum(logs.burns, ({ from }) => !bridges.has(from)),
          burnedByBuyback: sum(logs.burns, ({ from }) => buyback.has(from)),
          burnedByBridge: sum(logs.burns, ({ from }) => bridges.has(from)),
          burnedByOther: sum(logs.burns, ({ from }) => !buyback.has(from) && !bridges.has(from)),
          deadBurn: String(deadBurn),
          circulatingSupply: String(supply - notCirculating),
          outstandingSupply: String(supply - deadBurn),
        },
        treasury: {
          balance: String(held),
          revenue: sum(logs.inflows, ({ from }) => !internal.has(from)),
          internalInflow: sum(logs.inflows, ({ from }) => internal.has(from)),
          outflow: {
            buyback: sum(logs.outflows, ({ to }) => buyback.has(to)),
            rewards: sum(logs.outflows, ({ to }) => rewardWallets.has(to)),
            other: sum(logs.outflows, isOther),
          },
        },
        staking: { staked: String(staked), rewardsPaid: sum(logs.rewards) },
        accounts: Object.fromEntries(entries),
      }
    },
    async happenings(from, to) {
      const logs = await logsUpTo(to)
      const count = (moved: readonly Moved[]): number =>
        moved.filter(({ block, amount }) => amount > 0n && block >= from && block <= to).length
      return {
        burns: count(logs.burns),
        buybackBurns: count(logs.burns.filter((burn) => buyback.has(burn.from))),
        bridgeBurns: count(logs.burns.filter((burn) => bridges.has(burn.from))),
        stakes: count(logs.stakes),
        unstakes: count(logs.unstakes),
        rewards: count(logs.rewards),
        inflows: count(logs.inflows),
        outflows: count(logs.outflows),
      }
    },
  }
}

type Answer = { data?: Record<string, unknown>; errors?: readonly { message: string }[] }

/** Asks the API; any error in the answer is a failure of the test. */
export async function ask<Data>(apiUrl: string, query: string): Promise<Data> {
  const response = await fetch(`${apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data, errors } = (await response.json()) as Answer
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('\n'))
  return data as Data
}

type AmountJson = { baseUnits: string }
type AmountsJson<Name extends string> = Record<Name, AmountJson>

interface FiguresJson {
  supply: AmountsJson<SupplyFigure> & { asOf: { block: number } }
  treasury: AmountsJson<'balance' | 'revenue' | 'internalInflow'> & {
    outflow: AmountsJson<'buyback' | 'rewards' | 'other'>
  }
  staking: AmountsJson<'staked' | 'rewardsPaid'>
  [account: `a${number}`]: AmountsJson<keyof AccountFigures>
}

/** The same figures as `GroundTruth.figuresAt`, as the API answers them for that block. */
export async function apiFigures(
  apiUrl: string,
  block: number,
  accounts: readonly Address[],
): Promise<Figures> {
  const at = `block: { number: ${block} }`
  const amounts = (...names: readonly string[]): string =>
    names.map((name) => `${name} { baseUnits }`).join(' ')
  const account = (address: Address, index: number): string =>
    `a${index}: account(address: "${address}", ${at}) { ${amounts('balance', 'staked', 'rewardsPaid')} }`
  const data = await ask<FiguresJson>(
    apiUrl,
    `{ supply(${at}) { ${amounts(...SUPPLY_FIGURES)} asOf { block } }
       treasury(${at}) { ${amounts('balance', 'revenue', 'internalInflow')}
         outflow { ${amounts('buyback', 'rewards', 'other')} } }
       staking(${at}) { ${amounts('staked', 'rewardsPaid')} }
       ${accounts.map(account).join('\n')} }`,
  )
  const { asOf, ...supply } = data.supply
  expect(asOf.block).toBe(block)
  const { outflow, ...treasury } = data.treasury
  const entries = accounts.map((address, index) => {
    const figures = data[`a${index}`]
    if (figures === undefined) throw new TypeError(`the API left out ${address}`)
    return [address.toLowerCase(), texts(figures)] as const
  })
  return {
    supply: texts(supply),
    treasury: { ...texts(treasury), outflow: texts(outflow) },
    staking: texts(data.staking),
    accounts: Object.fromEntries(entries),
  }
}

function texts<Name extends string>(amounts: AmountsJson<Name>): Record<Name, string> {
  const entries = Object.entries<AmountJson>(amounts).map(([name, { baseUnits }]) => [name, baseUnits])
  return Object.fromEntries(entries) as Record<Name, string>
}

/** Some of a list, chosen by a seed: the same ones when a failure is looked into again. */
export function sample<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const rest = [...items]
  const chosen: Item[] = []
  let state = seed
  while (chosen.length < count && rest.length > 0) {
    // Numerical Recipes' linear congruential generator: enough to spread picks.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    chosen.push(...rest.splice(state % rest.length, 1))
  }
  return chosen
}
