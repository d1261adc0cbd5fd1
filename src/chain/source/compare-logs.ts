import type { Rpc } from '../rpc/rpc'
import { sameLogs } from '../verify/check-receipts'
import { Disagreement } from './disagreement'
import { type LogsRead, readLogs } from './read-logs'
import type { Wanted } from './wanted-logs'

/**
 * Asks somebody else for the same logs.
 * @returns whether somebody else answered: where nobody else does, nothing was compared
 * @throws Disagreement if they say otherwise: then neither counts, and both are asked again
 */
export async function compareWithAnother(
  rpc: Rpc,
  range: { readonly fromBlock: number; readonly toBlock: number; readonly wanted: Wanted },
  read: LogsRead,
): Promise<boolean> {
  const other = await readLogs(rpc, range, range.wanted, { avoid: read.endpoints, priority: range.fromBlock })
  const everybody = new Set([...read.endpoints, ...other.endpoints])
  const [said, says] = [read, other].map(({ blocks }) => blocks.flatMap(({ logs }) => logs))
  const difference = sameLogs(said ?? [], says ?? [])
  if (difference !== undefined) {
    const message = `${[...everybody].join(' and ')} disagree about blocks ${range.fromBlock} to ${range.toBlock}`
    throw new Disagreement(`${message}: ${difference}`, everybody)
  }
  return everybody.size > read.endpoints.size
}
