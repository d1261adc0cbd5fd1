import { readFileSync } from 'node:fs'
import { type Address, createPublicClient, getAbiItem, http, type PublicClient, parseAbi } from 'viem'
import { expect } from 'vitest'
import { parse } from 'yaml'

const VIEWS = parseAbi([
  'function totalSupply() view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
  'function totalStaked() view returns (uint256)',
  'function stakeOf(address) view returns (uint256)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'event RewardPaid(address indexed account, uint256 reward)',
])

interface EconomyYaml {
  contracts: Record<'token' | 'staking' | 'stable', { address: Address; startBlock: number }>
  wallets: { treasury: Address[] }
}

/** The chain's own word: its views and its raw logs, read without a line of the program under test. */
export interface GroundTruth {
  readonly client: PublicClient
  readonly firstBlock: number
  /** Everyone who ever sent or received the token, in order of appearance. */
  accounts(upTo: number): Promise<Address[]>
  figuresAt(block: number, accounts: readonly Address[]): Promise<Figures>
}

/** All amounts in base units, as decimal text: the form that the API answers in. */
export interface Figures {
  readonly totalSupply: string
  readonly treasury: string
  readonly staked: string
  readonly rewardsPaid: string
  readonly accounts: Record<string, { balance: string; staked: string; rewardsPaid: string }>
}

export function openGroundTruth(rpcUrl: string, economyFile: string): GroundTruth {
  const { contracts, wallets } = parse(readFileSync(economyFile, 'utf8')) as EconomyYaml
  const client = createPublicClient({ transport: http(rpcUrl, { batch: { batchSize: 50 } }) }) as PublicClient
  const { token, staking, stable } = contracts
  const treasury = wallets.treasury[0]
  if (treasury === undefined) throw new TypeError('no treasury')
  return {
    client,
    firstBlock: token.startBlock,
    async accounts(upTo) {
      const event = getAbiItem({ abi: VIEWS, name: 'Transfer' })
      const logs = await client.getLogs({
        address: token.address,
        event,
        fromBlock: 0n,
        toBlock: BigInt(upTo),
      })
      const seen = new Set(logs.flatMap(({ args }) => [args.from, args.to]))
      return [...seen].filter(
        (address): address is Address => address !== undefined && !/^0x0+$/.test(address),
      )
    },
    async figuresAt(block, accounts) {
      const at = { abi: VIEWS, blockNumber: BigInt(block) } as const
      const balance = (contract: Address, account: Address): Promise<bigint> =>
        client.readContract({ ...at, address: contract, functionName: 'balanceOf', args: [account] })
      const isStaking =
        (await client.getCode({ address: staking.address, blockNumber: BigInt(block) })) !== undefined
      const stake = (account: Address): Promise<bigint> | bigint =>
        isStaking
          ? client.readContract({ ...at, address: staking.address, functionName: 'stakeOf', args: [account] })
          : 0n
      const event = getAbiItem({ abi: VIEWS, name: 'RewardPaid' })
      const [supply, held, staked, rewards] = await Promise.all([
        client.readContract({ ...at, address: token.address, functionName: 'totalSupply' }),
        balance(stable.address, treasury),
        isStaking
          ? client.readContract({ ...at, address: staking.address, functionName: 'totalStaked' })
          : 0n,
        client.getLogs({ address: staking.address, event, fromBlock: 0n, toBlock: BigInt(block) }),
      ])
      const paidTo = (account?: Address): bigint =>
        rewards
          .filter(({ args }) => account === undefined || args.account === account)
          .reduce((total, { args }) => total + (args.reward ?? 0n), 0n)
      const entries = await Promise.all(
        accounts.map(async (account) => {
          const figures = {
            balance: String(await balance(token.address, account)),
            staked: String(await stake(account)),
            rewardsPaid: String(paidTo(account)),
          }
          return [account.toLowerCase(), figures] as const
        }),
      )
      return {
        totalSupply: String(supply),
        treasury: String(held),
        staked: String(staked),
        rewardsPaid: String(paidTo()),
        accounts: Object.fromEntries(entries),
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
type AccountJson = { address: string; balance: AmountJson; staked: AmountJson; rewardsPaid: AmountJson }

/** The same figures as `GroundTruth.figuresAt`, as the API answers them for that block. */
export async function apiFigures(
  apiUrl: string,
  block: number,
  accounts: readonly Address[],
): Promise<Figures> {
  const at = `block: { number: ${block} }`
  const data = await ask<
    { supply: { totalSupply: AmountJson; asOf: { block: number } }; treasury: { balance: AmountJson } } & {
      staking: { staked: AmountJson; rewardsPaid: AmountJson }
    } & Record<`a${number}`, AccountJson>
  >(
    apiUrl,
    `{ supply(${at}) { totalSupply { baseUnits } asOf { block } } treasury(${at}) { balance { baseUnits } }
       staking(${at}) { staked { baseUnits } rewardsPaid { baseUnits } }
       ${accounts
         .map(
           (account, index) =>
             `a${index}: account(address: "${account}", ${at}) { address balance { baseUnits } staked { baseUnits } rewardsPaid { baseUnits } }`,
         )
         .join('\n')} }`,
  )
  expect(data.supply.asOf.block).toBe(block)
  const entries = accounts.map((account, index) => {
    const figures = data[`a${index}`]
    const { balance, staked, rewardsPaid } = figures as AccountJson
    const texts = { balance: balance.baseUnits, staked: staked.baseUnits, rewardsPaid: rewardsPaid.baseUnits }
    return [account.toLowerCase(), texts] as const
  })
  return {
    totalSupply: data.supply.totalSupply.baseUnits,
    treasury: data.treasury.balance.baseUnits,
    staked: data.staking.staked.baseUnits,
    rewardsPaid: data.staking.rewardsPaid.baseUnits,
    accounts: Object.fromEntries(entries),
  }
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
