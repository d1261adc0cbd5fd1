import type { RunQuery } from '../../src/read/row'

/** One node of a plan as PostgreSQL explains it; rows are those of one loop. */
export interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly 'Rows Removed by Join Filter'?: number
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly PlanNode[]
}

/** A statement that was run, and how. */
export interface ExplainedStatement {
  readonly text: string
  readonly values: readonly unknown[]
  readonly plan: PlanNode
}

/** Runs statements as they are, and has each one explained afterwards with the same values. */
export function explaining(query: RunQuery, statements: ExplainedStatement[]): RunQuery {
  return async (text, values = []) => {
    // In this order, so that what a connection reads once of its catalogue is not counted.
    const rows = await query(text, values)
    const [row = {}] = await query(`explain (analyze, buffers, format json) ${text}`, values)
    const [explained] = row['QUERY PLAN'] as readonly { readonly Plan: PlanNode }[]
    if (explained === undefined) throw new TypeError('nothing was explained')
    statements.push({ text, values, plan: explained.Plan })
    return rows
  }
}

export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}

/** How many rows a node looked at, in all its loops, whether it passed them on or not. */
export function rowsRead(node: PlanNode): number {
  const removed =
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0) +
    (node['Rows Removed by Join Filter'] ?? 0)
  return (node['Actual Rows'] + removed) * node['Actual Loops']
}

/** Pages of 8 kB that a statement asked for, in memory or not, each as often as it was asked for. */
export function pagesOf(plan: PlanNode): number {
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
}

/** How often a plan went down an index. */
export function descentsOf(plan: PlanNode): number {
  const scans = nodesOf(plan).filter((node) => node['Index Name'] !== undefined)
  return scans.reduce((sum, node) => sum + node['Actual Loops'], 0)
}

/** A plan as lines that can be read. */
export function planLines(node: PlanNode, depth = 0): string[] {
  const place = node['Index Name'] ?? node['Relation Name']
  const name = place === undefined ? '' : ` ${node['Relation Name'] ?? ''} ${node['Index Name'] ?? ''}`
  const own = `${'  '.repeat(depth)}${node['Node Type']}${name.trimEnd()}: ${rowsRead(node)} rows, ${node['Actual Loops']} times, ${pagesOf(node)} pages`
  return [own, ...(node.Plans ?? []).flatMap((plan) => planLines(plan, depth + 1))]
}
