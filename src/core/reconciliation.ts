import type { Address, Hash } from './address'
import type { ContractName } from './events'
import type { PartialHistory } from './policy'

/** What is compared: the contract whose view is the judge of it, and the asset that it is an amount of. */
export const RECONCILED = {
  totalSupply: { contract: 'token', unit: 'token' },
  /** Not the running figure but the balances of all accounts, added up anew: one wrong row shows. */
  balanceSum: { contract: 'token', unit: 'token' },
  'treasury.balance': { contract: 'stable', unit: 'stable' },
  // What is staked is the token.
  staked: { contract: 'staking', unit: 'token' },
  /** The stakes of all accounts, added up anew. */
  stakeSum: { contract: 'staking', unit: 'token' },
  'account.balance': { contract: 'token', unit: 'token' },
  'account.staked': { contract: 'staking', unit: 'token' },
} as const satisfies Record<string, { readonly contract: ContractName; readonly unit: ReconciledUnit }>

/** The asset that an amount is of. */
export type ReconciledUnit = 'token' | 'stable'

export type ReconciledFigure = keyof typeof RECONCILED

/** The asset that a figure is an amount of; undefined for one that only another release compares. */
export function unitOfReconciled(figure: string): ReconciledUnit | undefined {
  return Object.hasOwn(RECONCILED, figure) ? RECONCILED[figure as ReconciledFigure].unit : undefined
}

/** What the database says at one block; amounts in base units. */
export interface DerivedState {
  readonly blockNumber: number
  readonly blockHash: Hash
  /** Time of the block, unix seconds. */
  readonly timestamp: number
  readonly totalSupply: bigint
  readonly treasuryBalance: bigint
  readonly staked: bigint
  readonly balanceSum: bigint
  readonly stakeSum: bigint
  /** The accounts that are compared one by one. */
  readonly accounts: readonly {
    readonly address: Address
    readonly balance: bigint
    readonly staked: bigint
  }[]
  /** What stood when this was loaded. */
  readonly standing: readonly StandingDifference[]
}

/** One figure as the database has it, to be asked of the chain. */
export interface Question {
  readonly figure: ReconciledFigure
  /** The account, where the figure is an account's. */
  readonly account: Address | null
  readonly derived: bigint
}

/** What the chain says, or why it says nothing. */
export type Answer = { readonly value: bigint } | { readonly gap: string }

export type ReconciliationResult = 'EQUAL' | 'DIFFERENT' | 'GAP'

/** One figure, compared. */
export interface ReconciliationCheck extends Question {
  /** Null for a gap. */
  readonly onChain: bigint | null
  readonly result: ReconciliationResult
  /** Why there is a gap; null where there is none. */
  readonly reason: string | null
}

/** What a figure is called, and whose it is. */
interface Pair {
  readonly figure: string
  /** The account, where the figure is an account's. */
  readonly account: Address | null
}

/** A difference that was found and not found equal since; amounts in base units. */
export interface StandingDifference extends Pair {
  readonly derived: bigint
  readonly onChain: bigint
  /** The block at which it was last found. */
  readonly blockNumber: number
  readonly blockHash: Hash
}

/** Everything that was compared, and how it came out. */
export interface Verdicts {
  readonly equal: number
  readonly different: number
  readonly gaps: number
  readonly checks: readonly ReconciliationCheck[]
}

/** The reason of a gap where earlier events were left out on purpose: what is derived is a change, no total. */
const HISTORY_PARTIAL = 'HISTORY_PARTIAL'

/** Everything that there is to ask about a state: the totals, then account by account. */
export function questionsOf(state: DerivedState): Question[] {
  const total = (figure: ReconciledFigure, derived: bigint): Question => ({ figure, account: null, derived })
  return [
    total('totalSupply', state.totalSupply),
    total('balanceSum', state.balanceSum),
    total('treasury.balance', state.treasuryBalance),
    total('staked', state.staked),
    total('stakeSum', state.stakeSum),
    ...state.accounts.flatMap(({ address, balance, staked }): Question[] => [
      { figure: 'account.balance', account: address, derived: balance },
      { figure: 'account.staked', account: address, derived: staked },
    ]),
  ]
}

/** Whether a figure counts changes only, so that no view of the chain can be equal to it. */
export function isChangeOnly({ figure }: Question, partial: PartialHistory): boolean {
  return partial[RECONCILED[figure].contract]
}

/**
 * Compares what is derived with what was answered. A missing answer is a gap: neither a success nor a difference.
 */
export function compare(
  questions: readonly Question[],
  answers: ReadonlyMap<Question, Answer>,
  partial: PartialHistory,
): Verdicts {
  const checks = questions.map((question): ReconciliationCheck => {
    const answer = answers.get(question) ?? { gap: 'it was not asked' }
    if (isChangeOnly(question, partial)) {
      return { ...question, onChain: null, result: 'GAP', reason: HISTORY_PARTIAL }
    }
    if ('gap' in answer) return { ...question, onChain: null, result: 'GAP', reason: answer.gap }
    const result = question.derived === answer.value ? 'EQUAL' : 'DIFFERENT'
    return { ...question, onChain: answer.value, result, reason: null }
  })
  const count = (wanted: ReconciliationResult): number =>
    checks.filter(({ result }) => result === wanted).length
  return { equal: count('EQUAL'), different: count('DIFFERENT'), gaps: count('GAP'), checks }
}

const keyOf = ({ figure, account }: Pair): string => `${figure} ${account}`

/**
 * The differences that stand after a comparison. What differs now replaces what stood of the same figure and account, or
 * adds to it; what is equal now no longer stands; what has no answer, or was not asked, stands as before: only an
 * answer can lift a difference.
 * @param block the block that was compared
 */
export function standingAfter(
  before: readonly StandingDifference[],
  checks: readonly ReconciliationCheck[],
  block: Pick<StandingDifference, 'blockNumber' | 'blockHash'>,
): readonly StandingDifference[] {
  const { blockNumber, blockHash } = block
  const standing = new Map(before.map((difference) => [keyOf(difference), difference]))
  for (const check of checks) {
    const { figure, account, derived, onChain, result } = check
    if (result === 'EQUAL') standing.delete(keyOf(check))
    if (result === 'DIFFERENT' && onChain !== null) {
      standing.set(keyOf(check), { figure, account, derived, onChain, blockNumber, blockHash })
    }
  }
  return [...standing.values()]
}

/**
 * The checks of a comparison that may speak about what stands when they are stored. Another comparison may have found a
 * difference while this one was under way: an equal that may be the older word does not lift it, the next one may.
 * @param known what stood when this comparison began
 * @param latest what stands when it is stored
 */
export function checksThatCount(
  checks: readonly ReconciliationCheck[],
  known: readonly StandingDifference[],
  latest: readonly StandingDifference[],
): readonly ReconciliationCheck[] {
  const factOf = (difference: StandingDifference): string =>
    [keyOf(difference), difference.derived, difference.onChain, difference.blockHash].join()
  const before = new Set(known.map(factOf))
  const meanwhile = new Set(latest.filter((each) => !before.has(factOf(each))).map(keyOf))
  return checks.filter((check) => check.result !== 'EQUAL' || !meanwhile.has(keyOf(check)))
}
