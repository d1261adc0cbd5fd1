import type { Address, Hash } from './address'
import type { ContractName } from './events'
import type { PartialHistory } from './policy'

/** What is compared, and the contract whose view is the judge of it. */
export const RECONCILED = {
  totalSupply: 'token',
  /** Not the running figure but the balances of all accounts, added up anew: one wrong row shows. */
  balanceSum: 'token',
  'treasury.balance': 'stable',
  staked: 'staking',
  /** The stakes of all accounts, added up anew. */
  stakeSum: 'staking',
  'account.balance': 'token',
  'account.staked': 'staking',
} as const satisfies Record<string, ContractName>

export type ReconciledFigure = keyof typeof RECONCILED

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
  return partial[RECONCILED[figure]]
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
