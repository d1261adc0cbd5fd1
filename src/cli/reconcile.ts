import type { Logger } from '@subsquid/logger'
import type { ContractViews } from '../chain/contract-views'
import type { Config } from '../config'
import { redactor } from '../config/redact'
import {
  type Answer,
  compare,
  type DerivedState,
  isChangeOnly,
  type Question,
  questionsOf,
  type ReconciliationCheck,
  type Verdicts,
} from '../core/reconciliation'
import { loadDerivedState, type ReconciliationTrigger, writeReconciliation } from '../store/reconciliation'
import { connectDatabase } from './connections'

/** How often it is looked whether it is time, in milliseconds. */
const LOOK_EVERY = 1_000

/** One comparison of the database with the chain, as it was stored. */
export interface Reconciliation {
  readonly state: DerivedState
  readonly verdicts: Verdicts
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
  const client = await connectDatabase(environment.databaseUrl ?? '', 'ashao-reconciliation')
  // A connection that breaks while the node is asked emits an error; the next statement tells of it.
  client.on('error', () => undefined)
  try {
    const state = await loadDerivedState(client)
    if (state === undefined) return undefined
    const { partial } = economy.policy
    const questions = questionsOf(state)
    const asked = questions.filter((question) => !isChangeOnly(question, partial))
    const given = await views.answers({ number: state.blockNumber, hash: state.blockHash }, asked)
    // What a node says in an error may hold the key that it was asked with, and reasons are served.
    const redact = redactor(environment.secrets)
    const answers = new Map<Question, Answer>()
    for (const [index, question] of asked.entries()) {
      const answer = given[index]
      if (answer !== undefined) answers.set(question, 'gap' in answer ? { gap: redact(answer.gap) } : answer)
    }
    const verdicts = compare(questions, answers, partial)
    await writeReconciliation(client, state, verdicts, trigger, Date.now())
    return { state, verdicts }
  } finally {
    await client.end().catch(() => undefined)
  }
}

export interface Keeping {
  readonly config: Config
  readonly views: ContractViews
  readonly log: Logger
  /** Whether the newest indexed block is the newest of the chain. */
  readonly isCaughtUp: () => Promise<boolean>
}

/**
 * Reconciles as soon as the indexer has caught up for the first time, then at the configured interval. Whatever goes
 * wrong is a warning: a comparison never delays or ends indexing.
 */
export function keepReconciling({ config, views, log, isCaughtUp }: Keeping): void {
  const seconds = config.environment.reconcileSeconds
  if (seconds === 0) return
  let last: number | undefined
  let isBusy = false
  const look = async (): Promise<void> => {
    if (last === undefined ? !(await isCaughtUp()) : Date.now() - last < seconds * 1_000) return
    last = Date.now()
    const reconciliation = await reconcile(config, views, 'INTERVAL')
    if (reconciliation === undefined) last = undefined
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
function report({ state, verdicts }: Reconciliation, log: Logger): void {
  const { blockNumber, blockHash } = state
  const { equal, different, gaps, checks } = verdicts
  for (const check of checks.filter(({ result }) => result === 'DIFFERENT')) {
    const { figure, account, derived, onChain } = check
    log.error(
      { figure, account, derived: `${derived}`, onChain: `${onChain}`, blockNumber, blockHash },
      `Different from the chain at block ${blockNumber}: ${nameOf(check)} is derived as ${derived}, the contract says ${onChain}.`,
    )
  }
  if (gaps > 0) {
    const reasons = [...new Set(checks.flatMap(({ reason }) => reason ?? []))]
    log.warn(
      { gaps, reasons, blockNumber, blockHash },
      `${gaps} of ${checks.length} figures could not be compared with the chain at block ${blockNumber}.`,
    )
  }
  if (different === 0 && equal > 0) {
    log.info(
      { equal, gaps, blockNumber, blockHash },
      gaps === 0
        ? `All ${equal} figures that were compared equal the chain at block ${blockNumber}.`
        : `The other ${equal} figures equal the chain at block ${blockNumber}.`,
    )
  }
}

/** A figure by its name, with the account where it is an account's. */
export function nameOf({ figure, account }: ReconciliationCheck): string {
  return account === null ? figure : `${figure} of ${account}`
}
