import { createPublicClient, encodeFunctionData, type Hex, http, type PublicClient, webSocket } from 'viem'
import type { EconomyFile } from '../config/economy-file'
import type { Address, Hash } from '../core/address'
import { unreachable } from '../core/errors'
import type { Answer, Question } from '../core/reconciliation'
import { reasonOf } from './node'

/** How long one call may take, in milliseconds. */
const CALL_TIMEOUT = 10_000
/** How long all of them may take, in milliseconds: what is not answered by then is a gap. */
const PATIENCE = 60_000
/** Calls under way at once: gentle enough for a public node. */
const LANES = 4
/** A reason is one line in a table: some nodes answer with a page. */
const LONGEST_REASON = 200

/** No block has this hash; a node that answers for it does not look at the hash at all. */
const NO_BLOCK: Hash = `0x${'0'.repeat(63)}1`

/** The views of a staking contract, by name. */
interface StakingViews {
  readonly totalStaked: string
  readonly stakeOf: string
}

/** What staking contracts call their views: this project's, and StakingRewards of Synthetix and Uniswap. */
const KNOWN_VIEWS: readonly StakingViews[] = [
  { totalStaked: 'totalStaked', stakeOf: 'stakeOf' },
  { totalStaked: 'totalSupply', stakeOf: 'balanceOf' },
]

/** A block by both its names. */
export interface BlockName {
  readonly number: number
  readonly hash: Hash
}

/** The contracts' own word on the figures that a reconciliation compares. */
export interface ContractViews {
  /**
   * Asks the contracts for every figure at one block. Never rejects: what is not answered at that very block is a
   * gap with its reason.
   * @returns one answer for each question, in their order
   */
  answers(block: BlockName, questions: readonly Question[]): Promise<readonly Answer[]>
}

type Ask = (contract: Address, view: string, account?: Address) => Promise<Answer>

/** Connects to a node; nothing is sent until something is asked. */
export function connectViews(url: string, { contracts, policy }: EconomyFile): ContractViews {
  const options = { timeout: CALL_TIMEOUT, retryCount: 1 }
  const transport = /^wss?:/.test(url) ? webSocket(url, options) : http(url, options)
  const client = createPublicClient({ transport }) as PublicClient
  const { token, staking, stable } = contracts

  return {
    async answers(block, questions) {
      const deadline = Date.now() + PATIENCE
      const byHash = { blockHash: block.hash }
      const supplyAt = (at: BlockParameter): Promise<Answer> =>
        call(client, at, token.address, 'totalSupply', undefined)
      const knowsHashes =
        'value' in (await supplyAt(byHash)) && 'gap' in (await supplyAt({ blockHash: NO_BLOCK }))
      const at: BlockParameter = knowsHashes ? byHash : `0x${block.number.toString(16)}`
      const asked = new Map<string, Promise<Answer>>()
      const lane = createLanes(LANES)
      const ask: Ask = (contract, view, account) => {
        const key = [contract, view, account].join()
        const answer =
          asked.get(key) ??
          lane(async () =>
            Date.now() > deadline
              ? gap('the node took too long over the figures before')
              : call(client, at, contract, view, account),
          )
        asked.set(key, answer)
        return answer
      }
      const askAll = async (): Promise<readonly Answer[]> => {
        const views = await stakingViews(ask, contracts)
        return Promise.all(questions.map((question) => answerOf(question, views)))
      }
      const answerOf = async (question: Question, views: StakingViews | string): Promise<Answer> => {
        const { figure } = question
        const account = question.account ?? undefined
        switch (figure) {
          case 'totalSupply':
          case 'balanceSum':
            return ask(token.address, 'totalSupply')
          case 'treasury.balance':
            return sum([...policy.treasury].map((wallet) => ask(stable.address, 'balanceOf', wallet)))
          case 'account.balance':
            return ask(token.address, 'balanceOf', account)
          case 'staked':
          case 'stakeSum':
            return typeof views === 'string' ? gap(views) : ask(staking.address, views.totalStaked)
          case 'account.staked':
            return typeof views === 'string' ? gap(views) : ask(staking.address, views.stakeOf, account)
          default:
            return unreachable(figure)
        }
      }
      if (knowsHashes) return askAll()
      // By number, the answers are about the right block only if it was the node's all along.
      const before = await otherBlock(client, block)
      const answers = before === undefined ? await askAll() : []
      const moved = before ?? (await otherBlock(client, block))
      return moved === undefined ? answers : questions.map(() => gap(moved))
    },
  }
}

type BlockParameter = Hex | { readonly blockHash: Hash }

/** One view of one contract: 32 bytes, or why not. The second form of `at` is EIP-1898. */
async function call(
  client: PublicClient,
  at: BlockParameter,
  to: Address,
  view: string,
  account: Address | undefined,
): Promise<Answer> {
  const inputs = account === undefined ? [] : [{ type: 'address' }]
  const outputs = [{ type: 'uint256' }]
  const abi = [{ type: 'function', name: view, stateMutability: 'view', inputs, outputs }] as const
  const data = encodeFunctionData({ abi, functionName: view, args: account === undefined ? [] : [account] })
  try {
    const answer: unknown = await client.request({ method: 'eth_call', params: [{ to, data }, at] })
    if (typeof answer === 'string' && /^0x[0-9a-fA-F]{64}$/.test(answer)) return { value: BigInt(answer) }
    return gap(answer === '0x' ? `${view}() answers nothing` : `${view}() does not answer one number`)
  } catch (error) {
    return gap(reasonOf(error))
  }
}

/** Why the node cannot be asked by number about a block: it has another one there, or none; undefined if it can. */
async function otherBlock(client: PublicClient, block: BlockName): Promise<string | undefined> {
  try {
    const params = [`0x${block.number.toString(16)}`, false] as const
    const found = await client.request({ method: 'eth_getBlockByNumber', params: [...params] })
    if (found === null) return 'the node does not have the block'
    return found.hash === block.hash ? undefined : 'the block was reorganised away'
  } catch (error) {
    return gap(reasonOf(error)).gap
  }
}

/** The configured views, else the first known ones that the contract has; a text says why there are none. */
async function stakingViews(
  ask: Ask,
  { token, staking }: EconomyFile['contracts'],
): Promise<StakingViews | string> {
  if (staking.views !== undefined) return staking.views
  for (const views of KNOWN_VIEWS) {
    // Where the token stakes itself, these are the token's own supply and balances.
    if (views.totalStaked === 'totalSupply' && staking.address === token.address) continue
    const found = [await ask(staking.address, views.totalStaked)]
    // Any account will do: who never staked has a stake of 0.
    found.push(await ask(staking.address, views.stakeOf, staking.address))
    if (found.every((answer) => 'value' in answer)) return views
  }
  // If the node cannot even tell the supply at this block, its reason is the reason.
  const supply = await ask(token.address, 'totalSupply')
  if ('gap' in supply) return supply.gap
  return 'the staking contract has no known views of stake: name them in contracts.staking.views'
}

async function sum(parts: readonly Promise<Answer>[]): Promise<Answer> {
  let total = 0n
  for (const part of await Promise.all(parts)) {
    if ('gap' in part) return part
    total += part.value
  }
  return { value: total }
}

function gap(reason: string): { readonly gap: string } {
  return { gap: reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason }
}

/** Runs work, so much at once. */
function createLanes(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const lanes: Promise<unknown>[] = Array.from({ length: count }, () => Promise.resolve())
  let next = 0
  return (work) => {
    const lane = next
    next = (next + 1) % count
    const result = Promise.resolve(lanes[lane]).then(work)
    lanes[lane] = result.catch(() => undefined)
    return result
  }
}
