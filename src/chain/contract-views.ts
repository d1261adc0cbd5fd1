import type { EconomyFile } from '../config/economy-file'
import type { Address, Hash } from '../core/address'
import { unreachable } from '../core/errors'
import type { Answer, Question } from '../core/reconciliation'
import { type BlockParameter, callView, type Request, type ViewAnswer } from './call-view'
import { clientOf } from './node-client'
import { reasonOf } from './reason'
import { inHex } from './rpc/hex'

/** How long one call may take, in milliseconds. */
const CALL_TIMEOUT = 10_000
/** How long all of them may take, in milliseconds, with the questions about the block: the rest is a gap. */
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

type Ask = (contract: Address, view: string, account?: Address) => Promise<ViewAnswer>

/**
 * Connects to a node; nothing is sent until something is asked. Which views the staking contract has is found out
 * once: a node that fails later cannot make it look like another contract.
 * @param redact strikes secrets out of what the node says of itself; reasons are stored and served
 * @param patience how long all the calls for one block may take, in milliseconds
 */
export function connectViews(
  url: string,
  { contracts, policy }: EconomyFile,
  redact: (text: string) => string,
  patience = PATIENCE,
): ContractViews {
  const client = clientOf(url, { timeout: CALL_TIMEOUT, retryCount: 1 })
  const { token, staking, stable } = contracts
  let settled = staking.views

  const answersAt = async (
    request: Request,
    block: BlockName,
    questions: readonly Question[],
  ): Promise<readonly Answer[]> => {
    const byHash = { blockHash: block.hash }
    const knowsHashes = await looksAtHashes(request, byHash, token.address)
    const at: BlockParameter = knowsHashes ? byHash : inHex(block.number)
    const asked = new Map<string, Promise<ViewAnswer>>()
    const lane = createLanes(LANES)
    const ask: Ask = (contract, view, account) => {
      const key = [contract, view, account].join()
      const answer = asked.get(key) ?? lane(() => callView(request, at, contract, view, account))
      asked.set(key, answer)
      return answer
    }
    const askAll = async (): Promise<readonly Answer[]> => {
      const views = settled ?? (await stakingViews(ask, contracts))
      if (typeof views !== 'string') settled = views
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
          return typeof views === 'string' ? { gap: views } : ask(staking.address, views.totalStaked)
        case 'account.staked':
          return typeof views === 'string' ? { gap: views } : ask(staking.address, views.stakeOf, account)
        default:
          return unreachable(figure)
      }
    }
    if (knowsHashes) return askAll()
    // By number, the answers are about the right block only if it was the node's all along.
    const before = await otherBlock(request, block)
    const answers = before === undefined ? await askAll() : []
    const moved = before ?? (await otherBlock(request, block))
    return moved === undefined ? answers : questions.map(() => ({ gap: moved }))
  }

  return {
    async answers(block, questions) {
      const deadline = startDeadline(patience)
      const request: Request = (method, params) =>
        // Asked plainly: the library knows only the methods, and not that a block may be named by its hash.
        deadline.within(() => client.request({ method, params } as never) as Promise<unknown>)
      try {
        const answers = await answersAt(request, block, questions)
        return answers.map((answer) => ('value' in answer ? answer : { gap: inOneLine(redact(answer.gap)) }))
      } finally {
        deadline.clear()
      }
    },
  }
}

/**
 * Whether the node looks at the hash that it is asked with (EIP-1898): it answers for this block, and says of one
 * that does not exist that it has no such block. One that merely fails has not looked: it is asked by number.
 */
async function looksAtHashes(request: Request, byHash: BlockParameter, token: Address): Promise<boolean> {
  const there = await callView(request, byHash, token, 'totalSupply', undefined)
  if ('gap' in there) return false
  const nowhere = await callView(request, { blockHash: NO_BLOCK }, token, 'totalSupply', undefined)
  return 'gap' in nowhere && nowhere.missing !== 'answer'
}

/** Why the node cannot be asked by number about a block: it has another one there, or none; undefined if it can. */
async function otherBlock(request: Request, block: BlockName): Promise<string | undefined> {
  try {
    const found = await request('eth_getBlockByNumber', [inHex(block.number), false])
    if (found === null) return 'the node does not have the block'
    return (found as { hash?: unknown }).hash === block.hash ? undefined : 'the block was reorganised away'
  } catch (error) {
    return reasonOf(error)
  }
}

/**
 * The first known views that the contract has; a text says why there are none. Only the contract's own word that it
 * has no such view leads on to the next: after a failure of the node, the next would be a guess.
 */
async function stakingViews(
  ask: Ask,
  { token, staking }: EconomyFile['contracts'],
): Promise<StakingViews | string> {
  for (const views of KNOWN_VIEWS) {
    // Where the token stakes itself, these are the token's own supply and balances.
    if (views.totalStaked === 'totalSupply' && staking.address === token.address) continue
    const total = await ask(staking.address, views.totalStaked)
    // Any account will do: who never staked has a stake of 0.
    const stake = await ask(staking.address, views.stakeOf, staking.address)
    const missing = [total, stake].filter((answer) => 'gap' in answer)
    if (missing.length === 0) return views
    const failure = missing.find((answer) => answer.missing !== 'view')
    if (failure !== undefined) return failure.gap
  }
  // If the node cannot even tell the supply at this block, its reason is the reason.
  const supply = await ask(token.address, 'totalSupply')
  if ('gap' in supply) return supply.gap
  return 'the staking contract has no known views of stake: name them in contracts.staking.views'
}

async function sum(parts: readonly Promise<ViewAnswer>[]): Promise<Answer> {
  let total = 0n
  for (const part of await Promise.all(parts)) {
    if ('gap' in part) return part
    total += part.value
  }
  return { value: total }
}

/** What may be stored as text and shown in a table: no control characters, no half of a character, not a page. */
function inOneLine(reason: string): string {
  const line = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason
  return line.replace(/[\p{Cc}\p{Cs}]/gu, '\u{fffd}')
}

interface Deadline {
  /** Does the work, or gives up when the time is over; then, nothing is begun any more. */
  within<T>(work: () => Promise<T>): Promise<T>
  clear(): void
}

/** The client's own limits are for one try of one call, and a node may tell it to wait for hours before the next. */
function startDeadline(patience: number): Deadline {
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isOver = true
      reject(new Error(`the node took longer than ${patience / 1_000} seconds over all figures`))
    }, patience)
  })
  over.catch(() => undefined)
  return {
    within: (work) => (isOver ? over : Promise.race([work(), over])),
    clear: () => clearTimeout(timer),
  }
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
