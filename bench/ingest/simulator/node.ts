import { quantity } from './block-header'
import { placeInHash } from './block-layout'
import type { SimulatedChain } from './chain'
import { callContract } from './contract-calls'
import { DEPLOYMENT_BLOCK } from './economy-file'
import { findLogs } from './find-logs'
import { parseFilter } from './log-filter'
import { checkRange, checkResults, type LogLimits } from './range-limits'
import { receiptText, transactionsText, transactionText } from './render'
import { RpcFailure } from './rpc-failure'

/** JSON in pieces, so that bytes that are kept need not be copied into a text first. */
export type Answer = readonly (Buffer | string)[]

/** How much of the chain an endpoint has seen. */
export interface Outlook {
  head(): number
  finalized(): number
}

/** Answers one call with the JSON of its result. @throws RpcFailure */
export type Node = (method: string, params: readonly unknown[], outlook: Outlook) => Answer

export function createNode(chain: SimulatedChain, limits: LogLimits): Node {
  const { store, cast, options } = chain

  /** Number of the block that a parameter means; undefined if the node has none such. */
  const resolve = (parameter: unknown, outlook: Outlook): number | undefined => {
    if (typeof parameter === 'object' && parameter !== null) {
      const { blockHash, blockNumber } = parameter as Record<string, unknown>
      return blockHash === undefined ? resolve(blockNumber, outlook) : byHash(blockHash, outlook)
    }
    switch (parameter) {
      case undefined:
      case 'latest':
      case 'pending':
        return outlook.head()
      case 'safe':
      case 'finalized':
        return outlook.finalized()
      case 'earliest':
        return 0
    }
    if (typeof parameter !== 'string' || !/^0x[0-9a-f]+$/i.test(parameter)) {
      throw new RpcFailure(-32602, 'invalid argument: hex string without 0x prefix')
    }
    const number = Number.parseInt(parameter, 16)
    return number <= outlook.head() ? number : undefined
  }
  const byHash = (hash: unknown, outlook: Outlook): number | undefined => {
    const number = store.numberOf(String(hash).toLowerCase())
    return number !== undefined && number <= outlook.head() ? number : undefined
  }
  const block = (number: number | undefined, isFull: unknown): Answer => {
    if (number === undefined) return ['null']
    if (isFull !== true) return [store.blockBytes(number)]
    return [store.headerBytes(number), transactionsText(cast, store.layout(number), store.facts(number))]
  }
  const logs = (filter: Readonly<Record<string, unknown>>, outlook: Outlook): Answer => {
    const parsed = parseFilter(cast, filter)
    let [from, to] = [0, 0]
    if (filter.blockHash !== undefined) {
      const number = byHash(filter.blockHash, outlook)
      if (number === undefined) throw new RpcFailure(-32000, 'unknown block')
      from = number
      to = number
    } else {
      from = bound(filter.fromBlock, outlook)
      to = bound(filter.toBlock, outlook)
      if (from > to) throw new RpcFailure(-32000, 'invalid block range params')
      checkRange(limits, from, to)
      // What lies above the head is left out without a word, as nodes do.
      to = Math.min(to, outlook.head())
    }
    const found = findLogs(chain, parsed, from, to)
    checkResults(limits, { from, to }, found.count, (limit) => {
      let [low, high] = [from, to]
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (findLogs(chain, parsed, from, middle).count <= limit) low = middle
        else high = middle - 1
      }
      return low
    })
    return found.count === 0 ? ['[]'] : ['[', ...withoutLastComma(found.bytes()), ']']
  }
  /** A bound of a range may lie above the head. */
  const bound = (parameter: unknown, outlook: Outlook): number =>
    resolve(parameter, outlook) ?? Number.parseInt(String(parameter), 16)
  const placeOf = (hash: unknown, outlook: Outlook) => {
    const place = placeInHash(String(hash).toLowerCase())
    if (place === undefined || place.block > outlook.head()) return undefined
    const layout = store.layout(place.block)
    return layout.transactions[place.index]?.hash === hash ? { ...place, layout } : undefined
  }
  const state = (parameter: unknown, outlook: Outlook): number => {
    const number = resolve(parameter, outlook)
    if (number === undefined) throw new RpcFailure(-32000, 'header not found')
    return number
  }

  return (method, params, outlook) => {
    const [first, second] = params
    switch (method) {
      case 'eth_chainId':
        return [json(quantity(options.chainId))]
      case 'net_version':
        return [json(String(options.chainId))]
      case 'web3_clientVersion':
        return [json('simulator/1.0.0')]
      case 'eth_syncing':
        return ['false']
      case 'eth_blockNumber':
        return [json(quantity(outlook.head()))]
      case 'eth_gasPrice':
        return [json('0x3b9aca00')]
      case 'eth_getBlockByNumber':
        return block(resolve(first, outlook), second)
      case 'eth_getBlockByHash':
        return block(byHash(first, outlook), second)
      case 'eth_getLogs':
        return logs(objectOf(first), outlook)
      case 'eth_getBlockReceipts': {
        const number =
          typeof first === 'string' && first.length === 66 ? byHash(first, outlook) : resolve(first, outlook)
        if (number === undefined) return ['null']
        const layout = store.layout(number)
        const facts = store.facts(number)
        return [
          `[${layout.transactions.map((_, index) => receiptText(cast, layout, index, facts)).join(',')}]`,
        ]
      }
      case 'eth_getTransactionReceipt': {
        const place = placeOf(first, outlook)
        return [place ? receiptText(cast, place.layout, place.index, store.facts(place.block)) : 'null']
      }
      case 'eth_getTransactionByHash': {
        const place = placeOf(first, outlook)
        return [place ? transactionText(cast, place.layout, place.index, store.facts(place.block)) : 'null']
      }
      case 'eth_getCode': {
        const isContract = cast.contracts.some(({ text }) => text === String(first).toLowerCase())
        return [json(isContract && state(second, outlook) >= DEPLOYMENT_BLOCK ? '0x6080604052' : '0x')]
      }
      case 'eth_call': {
        const { to, data, input } = objectOf(first)
        return [json(callContract(chain, String(to), String(data ?? input ?? '0x'), state(second, outlook)))]
      }
      default:
        throw new RpcFailure(-32601, `the method ${method} does not exist/is not available`)
    }
  }
}

/** A block's header as a message of newHeads has it. */
export function headMessage({ store }: SimulatedChain, number: number): string {
  return `${store.headerBytes(number).toString('latin1')}}`
}

function objectOf(parameter: unknown): Readonly<Record<string, unknown>> {
  if (typeof parameter === 'object' && parameter !== null) return parameter as Record<string, unknown>
  throw new RpcFailure(-32602, 'missing value for required argument 0')
}

function json(value: unknown): string {
  return JSON.stringify(value)
}

function withoutLastComma(pieces: readonly (Buffer | string)[]): Answer {
  const last = pieces.at(-1)
  if (last === undefined) return []
  return [...pieces.slice(0, -1), typeof last === 'string' ? last.slice(0, -1) : last.subarray(0, -1)]
}
