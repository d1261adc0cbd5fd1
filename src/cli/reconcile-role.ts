import { connectViews } from '../chain/contract-views'
import type { Config } from '../config'
import type { EconomyFile } from '../config/economy-file'
import { redactor, redactUrl } from '../config/redact'
import { RECONCILED, type ReconciliationCheck } from '../core/reconciliation'
import { formatUnits } from '../core/units'
import { deploymentIdentity } from '../indexer/deployment-identity'
import { matchDeployment } from '../store/deployment'
import { canReconcile } from '../store/reconciliation'
import { chooseNode } from './choose-node'
import { closeDatabase, connectDatabase } from './connections'
import { NothingToReconcile } from './errors'
import { EXIT } from './exit'
import { nameOf, type Reconciliation, reconcile, stillStanding } from './reconcile'

const HEADINGS = ['figure', 'account', 'derived', 'on chain', 'result'] as const

/**
 * Compares the database with the chain once.
 * @param say told of nodes that cannot be used, where there are several
 * @returns what to print, and what to end with: 0 if all is equal, 65 if something is different, or was and has not
 *   been found equal since, 75 if nothing is different but not everything could be compared
 * @throws NothingToReconcile (E6208), DeploymentMismatch (E4002), DatabaseUnreachable (E4004), and what is wrong with
 *   the node (E3002, E3003, E3009)
 */
export async function runReconcile(
  config: Config,
  say: (text: string) => void,
): Promise<{ table: string; exitCode: number }> {
  const { environment, economy } = config
  const databaseUrl = environment.databaseUrl ?? ''
  const nothing = new NothingToReconcile({ database: redactUrl(databaseUrl) })
  const client = await connectDatabase(databaseUrl, 'ashao-reconciliation')
  let url: string
  try {
    if (!(await canReconcile(client))) throw nothing
    const chosen = await chooseNode(config, (message, error) => say(`${message}: ${error.message}\n`))
    url = chosen.url
    if (!(await matchDeployment(client, deploymentIdentity(economy, chosen.genesisHash)))) throw nothing
  } finally {
    await closeDatabase(client)
  }
  const redact = redactor(environment.secrets)
  const reconciliation = await reconcile(config, connectViews(url, economy, redact), 'ON_DEMAND')
  if (reconciliation === undefined) throw nothing
  const { verdicts, standing } = reconciliation
  const exitCode = standing.length > 0 ? EXIT.different : verdicts.gaps > 0 ? EXIT.unavailable : 0
  return { table: tableOf(reconciliation, economy, redactUrl(url)), exitCode }
}

/** The comparison as a person reads it: amounts in whole units, one line for each figure. */
function tableOf(reconciliation: Reconciliation, economy: EconomyFile, node: string): string {
  const { state, verdicts } = reconciliation
  const { equal, different, gaps, checks } = verdicts
  const rows = [HEADINGS, ...checks.map((check) => rowOf(check, economy))]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        // Amounts end under each other, so that a missing digit shows.
        column === 2 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  const time = new Date(state.timestamp * 1_000).toISOString()
  return [
    `Block ${state.blockNumber} of ${economy.chain.name}, ${time}`,
    `hash  ${state.blockHash}`,
    `node  ${node}`,
    '',
    ...lines,
    '',
    `${equal} equal, ${different} different, ${gaps} without an answer.`,
    ...stillStanding(reconciliation).map(
      (difference) =>
        `${nameOf(difference)} differed at block ${difference.blockNumber}, and was not found equal since.`,
    ),
    ...(gaps > 0 ? ['What has no answer was not compared: it is neither right nor wrong.'] : []),
    '',
  ].join('\n')
}

function rowOf(check: ReconciliationCheck, { contracts }: EconomyFile): readonly string[] {
  const { figure, account, derived, onChain, result, reason } = check
  const { decimals, symbol } = contracts[RECONCILED[figure].unit]
  const whole = (amount: bigint): string => `${formatUnits(amount, decimals)} ${symbol}`
  const verdict = reason === null ? result.toLowerCase() : `gap: ${reason}`
  return [figure, account ?? '', whole(derived), onChain === null ? '–' : whole(onChain), verdict]
}
