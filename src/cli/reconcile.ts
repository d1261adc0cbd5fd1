import type { Logger } from '@subsquid/logger'
import type { ContractViews } from '../chain/contract-views'
import type { Config } from '../config'
import {
  type Answer,
  compare,
  type DerivedState,
  isChangeOnly,
  type Question,
  questionsOf,
  type StandingDifference,
  type Verdicts,
} from '../core/reconciliation'
import { loadDerivedState, type ReconciliationTrigger, writeReconciliation } from '../store/reconciliation'
import { closeDatabase, connectDatabase } from './connections'

/** How often it is looked whether it is time, in milliseconds. */
const LOOK_EVERY = 1_000
/** What a statement may take before nobody waits for it, in milliseconds: more than the database allows the sums. */
const STATEMENT_PATIENCE = 330_000

/** One comparison of the database with the chain, as it was stored. */
export interface Reconciliation {
  readonly state: DerivedState
  readonly verdicts: Verdicts
  /** Differences that stand after it. */
  readonly standing: readonly StandingDifference[]
}

/**
 * Compares the database with the contracts' own views at its newest block, once, and stores what came out. It has a
 * connection of its own, takes no lock, and reads one state: indexing goes on meanwhile.
 * @returns undefined if nothing is indexed yet.
 * @throws DatabaseUnreachable (E4004)
 */
export async function reconcile(
  { environment, economy }: Config,
  views: ContractViews,
  trigger: ReconciliationTrigger,
): Promise<Reconciliation | undefined> {
  const limits = { statement: STATEMENT_PATIENCE }
  const client = await connectDatabase(environment.databaseUrl ?? '', 'ashao-reconciliation', limits)
  // A connection that breaks while the node is asked emits an error; the next statement tells of it.
  client.on('error', () => undefined)
  try {
    const state = await loadDerivedState(client)
    if (state === undefined) return undefined
    const { partial } = economy.policy
    const questions = questionsOf(state)
    const asked = questions.filter((question) => !isChangeOnly(question, partial))
    const given = await views.answers({ number: state.blockNumber, hash: state.blockHash }, asked)
    const answers = new Map<Question, Answer>()
    for (const [index, question] of asked.entries()) {
      const answer = given[index]
      if (answer !== undefined) answers.set(question, answer)
    }
    const verdicts = compare(questions, answers, partial)
    const standing = await writeReconciliation(client, state, verdicts, trigger, Date.now())
    return { state, verdicts, standing }
  } finally {
    await closeDatabase(client)
  }
}

export interface Keeping {
  readonly config: Config
  readonly views: ContractViews
  readonly log: Logger
  /** Whether the newest indexed block is the newest of the chain. */
  readonly isCaughtUp: () => boolean
}

/**
 * Reconciles as soon as the indexer has caught up for the first time, and at the configured interval, whether it has or
 * not: one that always trails the chain by a block would never be compared. Blocks are named by hash, not by the head.
 * Whatever goes wrong is a warning: a comparison never delays or ends indexing.
 */
export function keepReconciling({ config, views, log, isCaughtUp }: Keeping): void {
  const seconds = config.environment.reconcileSeconds
  if (seconds === 0) return
  const interval = seconds * 1_000
  let since = Date.now()
  let isFirst = true
  let isBusy = false
  const look = async (): Promise<void> => {
    const hasCaughtUp = isFirst && isCaughtUp()
    if (!hasCaughtUp && Date.now() - since < interval) return
    since = Date.now()
    if (hasCaughtUp) isFirst = false
    const reconciliation = await reconcile(config, views, 'INTERVAL')
    if (reconciliation === undefined) isFirst = true
    else report(reconciliation, log)
  }
  setInterval(() => {
    if (isBusy) return
    isBusy = true
    look()
      .catch((error: unknown) =>
        log.warn({ err: error as Error }, 'the reconciliation with the chain failed'),
      )
      .finally(() => {
        isBusy = false
      })
  }, LOOK_EVERY).unref()
}

/** What an operator has to hear of a comparison; all of it is stored as well, and served. */
function report(reconciliation: Reconciliation, log: Logger): void {
  const { state, verdicts, standing } = reconciliation
  const { blockNumber, blockHash } = state
  const { equal, gaps, checks } = verdicts
  for (const check of checks.filter(({ result }) => result === 'DIFFERENT')) {
    const { figure, account, derived, onChain } = check
    log.error(
      { figure, account, derived: `${derived}`, onChain: `${onChain}`, blockNumber, blockHash },
      `Different from the chain at block ${blockNumber}: ${nameOf(check)} is derived as ${derived}, the contract says ${onChain}.`,
    )
  }
  for (const difference of stillStanding(reconciliation)) {
    log.error(
      { ...difference, derived: `${difference.derived}`, onChain: `${difference.onChain}` },
      `Still different from the chain, for it was not found equal since block ${difference.blockNumber}: ${nameOf(difference)}.`,
    )
  }
  if (gaps > 0) {
    const reasons = [...new Set(checks.flatMap(({ reason }) => reason ?? []))]
    log.warn(
      { gaps, reasons, blockNumber, blockHash },
      `${gaps} of ${checks.length} figures could not be compared with the chain at block ${blockNumber}.`,
    )
  }
  if (standing.length === 0 && equal > 0) {
    log.info(
      { equal, gaps, blockNumber, blockHash },
      gaps === 0
        ? `All ${equal} figures that were compared equal the chain at block ${blockNumber}.`
        : `The other ${equal} figures equal the chain at block ${blockNumber}.`,
    )
  }
}

/** Differences that were found before, and were neither found again nor found equal now. */
export function stillStanding({ verdicts, standing }: Reconciliation): readonly StandingDifference[] {
  const found = new Set(verdicts.checks.filter(({ result }) => result === 'DIFFERENT').map(nameOf))
  return standing.filter((difference) => !found.has(nameOf(difference)))
}

/** A figure by its name, with the account where it is an account's. */
export function nameOf({ figure, account }: Pick<StandingDifference, 'figure' | 'account'>): string {
  return account === null ? figure : `${figure} of ${account}`
}
