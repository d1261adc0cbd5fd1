import type { Call, FaultPlan } from './faults'
import { twist } from './lies'
import type { Answer, Node, Outlook } from './node'
import type { Random } from './random'
import { refusalOf } from './refusals'
import { RpcFailure } from './rpc-failure'

/** How many calls of each method, and how many got an error. */
export interface CallCounts {
  readonly methods: Record<string, number>
  errors: number
}

/** What answers the calls of one endpoint. */
export interface Answering {
  readonly node: Node
  readonly outlook: Outlook
  readonly random: Random
  readonly counts: CallCounts
  readonly onCall: ((call: Call) => void) | undefined
}

/** How far a replica lags, in blocks. */
const REPLICA_LAG = 5

/** One response object as JSON. */
export function answerCall(answering: Answering, plan: FaultPlan, call: Call): Answer {
  const { node, random, counts, onCall } = answering
  counts.methods[call.method] = (counts.methods[call.method] ?? 0) + 1
  onCall?.(call)
  const id = JSON.stringify(call.id ?? null)
  try {
    const refusal = plan.strike('refusal', call)
    if (refusal) throw refusalOf(refusal.fault, random)
    const result = node(call.method, call.params, outlookOf(answering, plan, call))
    return [`{"jsonrpc":"2.0","id":${id},"result":`, ...told(answering, plan, call, result), '}']
  } catch (error) {
    if (!(error instanceof RpcFailure)) throw error
    counts.errors += 1
    const { code, message, data } = error
    return [`{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify({ code, message, data })}}`]
  }
}

/** Which calls an older outlook shows in; for the others, a strike would count for nothing. */
const TELLS_HEAD = new Set(['eth_blockNumber'])
const NAMES_BLOCK = new Set([
  'eth_getBlockByNumber',
  'eth_getBlockByHash',
  'eth_getBlockReceipts',
  'eth_getLogs',
])

function outlookOf({ outlook, random }: Answering, plan: FaultPlan, call: Call): Outlook {
  const tellsHead = TELLS_HEAD.has(call.method)
  const namesBlock = NAMES_BLOCK.has(call.method)
  if (!tellsHead && !namesBlock) return outlook
  const rule = plan.strike('outlook', call)
  if (rule === undefined) return outlook
  const behind = Math.max(outlook.head() - 1 - random.below(REPLICA_LAG), 0)
  switch (rule.fault) {
    case 'stale-finalized':
      if (call.params[0] === 'finalized' || call.params[0] === 'safe') {
        return { head: outlook.head, finalized: () => Math.floor(outlook.finalized() / 2) }
      }
      break
    case 'head-backwards':
      if (tellsHead || call.params[0] === 'latest') {
        return { head: () => behind, finalized: outlook.finalized }
      }
      break
    case 'lagging-replica':
      return { head: () => behind, finalized: () => Math.min(outlook.finalized(), behind) }
  }
  plan.spare(rule)
  return outlook
}

/** What is told of a result: it, or a lie. */
function told({ outlook, random }: Answering, plan: FaultPlan, call: Call, result: Answer): Answer {
  const rule = plan.strike('lie', call)
  if (rule === undefined) return result
  const value: unknown = JSON.parse(result.map(String).join(''))
  const wrong = twist(rule.fault, call, value, random, outlook.head())
  if (wrong === undefined) {
    plan.spare(rule)
    return result
  }
  return [JSON.stringify(wrong)]
}

/** The calls of a request. @returns undefined for what is no JSON-RPC */
export function parseCalls(
  body: string,
): { readonly isBatch: boolean; readonly calls: readonly Call[] } | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return undefined
  }
  const calls = (Array.isArray(parsed) ? parsed : [parsed]).map((one: Partial<Call> | null) => ({
    id: one?.id,
    method: String(one?.method),
    params: one?.params ?? [],
  }))
  return { isBatch: Array.isArray(parsed), calls }
}

/** Answers to all calls of a request: an array for a batch, however many calls it has. */
export function answerAll(
  answering: Answering,
  plan: FaultPlan,
  request: { readonly isBatch: boolean; readonly calls: readonly Call[] },
  batchLimit: number,
): Answer {
  const { isBatch, calls } = request
  const [first] = calls
  if (first === undefined) return [failure(-32600, 'empty batch')]
  if (!isBatch) return answerCall(answering, plan, first)
  if (calls.length > batchLimit) return [failure(-32600, `batch too large, max is ${batchLimit}`)]
  const rule = plan.strike('batch', first)
  if (rule?.fault === 'no-batches') return [failure(-32600, 'batch requests are not supported')]
  let answers = calls.map((call) => answerCall(answering, plan, call))
  if (rule?.fault === 'batch-out-of-order') answers = answers.toReversed()
  if (rule?.fault === 'batch-cut-short') answers = answers.slice(0, -1)
  return ['[', ...answers.flatMap((answer, index) => (index === 0 ? answer : [',', ...answer])), ']']
}

function failure(code: number, message: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } })
}
