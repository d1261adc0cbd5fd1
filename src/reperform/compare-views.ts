import type { ContractViews } from '../chain/contract-views'
import type { SnapshotRow } from '../core/ledger'
import type { PartialHistory } from '../core/policy'
import { type Answer, compare, isChangeOnly, type Question, type Verdicts } from '../core/reconciliation'

/** Totals as they were made anew at one block, beside what the contracts themselves say there. */
export interface ViewComparison {
  readonly snapshot: SnapshotRow
  readonly verdicts: Verdicts
}

/**
 * Asks the contracts, by the hash of the block, for supply, treasury and stake.
 * @param nodes asked one after the other, for what those before did not answer: not all of them keep old states
 */
export async function compareViews(
  snapshot: SnapshotRow,
  nodes: readonly ContractViews[],
  partial: PartialHistory,
): Promise<ViewComparison> {
  const questions = questionsOf(snapshot)
  const block = { number: snapshot.blockNumber, hash: snapshot.hash }
  const answers = new Map<Question, Answer>()
  for (const node of nodes) {
    const open = questions.filter((question) => {
      const answer = answers.get(question)
      return !isChangeOnly(question, partial) && (answer === undefined || 'gap' in answer)
    })
    if (open.length === 0) break
    const given = await node.answers(block, open)
    for (const [index, question] of open.entries()) {
      const answer = given[index]
      if (answer !== undefined) answers.set(question, answer)
    }
  }
  return { snapshot, verdicts: compare(questions, answers, partial) }
}

function questionsOf({ totalSupply, treasuryBalance, staked }: SnapshotRow): Question[] {
  return [
    { figure: 'totalSupply', account: null, derived: totalSupply },
    { figure: 'treasury.balance', account: null, derived: treasuryBalance },
    { figure: 'staked', account: null, derived: staked },
  ]
}
