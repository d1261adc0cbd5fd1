import { quantity } from './block-header'
import { RpcFailure } from './rpc-failure'

/** Who words a refusal. */
export const LIMIT_WORDINGS = [
  'alchemy',
  'infura',
  'quicknode',
  'ankr',
  'chainstack',
  'drpc',
  'geth',
  'erigon',
  'nethermind',
  'reth',
  'anvil',
] as const
export type LimitWording = (typeof LIMIT_WORDINGS)[number]

/** What `eth_getLogs` may ask for at one endpoint. */
export interface LogLimits {
  /** Blocks in one request. */
  readonly maxRange?: number
  /** Logs in one answer. */
  readonly maxLogs?: number
  readonly wording?: LimitWording
}

/** A request that is refused. */
interface Refused {
  readonly from: number
  readonly to: number
  readonly limit: number
  /** The last block of a range from `from` that would be answered. */
  readonly fitting: number
}

const hexRange = ({ from, fitting }: Refused): string => `[${quantity(from)}, ${quantity(fitting)}]`

/** "Too many blocks", as each says it. */
const RANGE_REFUSALS: Readonly<Record<LimitWording, (refused: Refused) => RpcFailure>> = {
  alchemy: (refused) =>
    new RpcFailure(
      -32600,
      `Under the Free tier plan, you can make eth_getLogs requests with up to a ${refused.limit} block range. Based on your parameters, this block range should work: ${hexRange(refused)}. Upgrade to PAYG for expanded block range.`,
    ),
  infura: ({ from, to, limit }) => new RpcFailure(-32602, `range ${to - from + 1} exceeds limit of ${limit}`),
  quicknode: ({ limit }) =>
    new RpcFailure(-32614, `eth_getLogs is limited to a ${limit.toLocaleString('en')} range`),
  ankr: () => new RpcFailure(-32062, 'Block range is too large'),
  chainstack: () =>
    new RpcFailure(
      -32602,
      'Block range limit exceeded. See more details at https://docs.chainstack.com/docs/limits#evm-range-limits',
    ),
  drpc: ({ limit }) => new RpcFailure(35, `ranges over ${limit} blocks are not supported on freetier`),
  geth: ({ limit }) => new RpcFailure(-32000, `exceed maximum block range: ${limit}`),
  erigon: ({ limit }) => new RpcFailure(-32005, `block range too large, max range: ${limit}`),
  nethermind: ({ from, to, limit }) =>
    new RpcFailure(
      -32005,
      `block range is larger than max block range, block range = ${to - from + 1}, max block range = ${limit}`,
    ),
  reth: ({ limit }) => new RpcFailure(-32602, `query exceeds max block range ${limit}`),
  anvil: ({ limit }) => new RpcFailure(-32602, `query exceeds max block range ${limit}`),
}

/** "Too many logs", as each says it. */
const RESULT_REFUSALS: Readonly<Record<LimitWording, (refused: Refused) => RpcFailure>> = {
  alchemy: (refused) =>
    new RpcFailure(
      -32602,
      `Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size, or you can request any block range with a cap of 10K logs in the response. Based on your parameters and the response size limit, this block range should work: ${hexRange(refused)}`,
    ),
  infura: (refused) =>
    new RpcFailure(
      -32005,
      `query returned more than ${refused.limit} results. Try with this block range ${hexRange(refused)}.`,
      { from: quantity(refused.from), limit: refused.limit, to: quantity(refused.fitting) },
    ),
  quicknode: () => new RpcFailure(-32602, 'query returns too many logs, narrow the block range'),
  ankr: () => new RpcFailure(-32012, 'backend response too large'),
  chainstack: ({ limit }) => new RpcFailure(-32005, `query returned more than ${limit} results`),
  drpc: () => new RpcFailure(-32602, 'query returns too many logs'),
  geth: (refused) =>
    new RpcFailure(
      -32005,
      `query returned more than ${refused.limit} results. Try with this block range ${hexRange(refused)}.`,
    ),
  erigon: ({ limit }) => new RpcFailure(-32000, `query returned more than ${limit} results`),
  nethermind: ({ limit }) =>
    new RpcFailure(-32005, `Too many logs requested. Max logs per response is ${limit}.`),
  reth: ({ from, fitting, limit }) =>
    new RpcFailure(-32602, `query exceeds max results ${limit}, retry with the range ${from}-${fitting}`),
  anvil: ({ limit }) => new RpcFailure(-32602, `query exceeds max results ${limit}`),
}

/** @throws RpcFailure for a range of more blocks than the endpoint allows */
export function checkRange(limits: LogLimits, from: number, to: number): void {
  const { maxRange, wording = 'geth' } = limits
  if (maxRange === undefined || to - from + 1 <= maxRange) return
  throw RANGE_REFUSALS[wording]({ from, to, limit: maxRange, fitting: from + maxRange - 1 })
}

/**
 * @param fitting finds the last block of a range that would be answered
 * @throws RpcFailure for more logs than the endpoint allows; a single block is always answered, as it cannot be split
 */
export function checkResults(
  limits: LogLimits,
  range: { readonly from: number; readonly to: number },
  count: number,
  fitting: (limit: number) => number,
): void {
  const { maxLogs, wording = 'geth' } = limits
  const { from, to } = range
  if (maxLogs === undefined || count <= maxLogs || from === to) return
  throw RESULT_REFUSALS[wording]({ from, to, limit: maxLogs, fitting: fitting(maxLogs) })
}
