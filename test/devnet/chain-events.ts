import { readFileSync } from 'node:fs'
import { type Abi, decodeEventLog, type Hex } from 'viem'
import { parse } from 'yaml'
import { ARTIFACTS, loadUniswapArtifacts } from '../../src/devnet/artifacts'
import type { Rpc } from '../../src/devnet/rpc'

const CONTRACTS = { ...ARTIFACTS, pair: loadUniswapArtifacts().pair }

/** An event of one of the economy's contracts, decoded by address and topic. */
export interface ChainEvent {
  readonly contract: keyof typeof CONTRACTS
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
  readonly block: number
  readonly transaction: Hex
}

export interface RawLog {
  readonly address: Hex
  readonly topics: [Hex, ...Hex[]]
  readonly data: Hex
  readonly blockNumber: Hex
  readonly transactionHash: Hex
}

export interface EconomyFile {
  readonly contracts: Record<'token' | 'staking' | 'stable' | 'pair', { address: Hex; startBlock: number }>
  readonly wallets: Record<'treasury' | 'buyback' | 'rewards' | 'internal' | 'bridges' | 'dead', Hex[]> & {
    readonly excluded: { address: Hex; label: string; fromBlock: number }[]
  }
}

export function readEconomyFile(path: string): EconomyFile {
  return parse(readFileSync(path, 'utf8')) as EconomyFile
}

export function allLogs(rpc: Rpc): Promise<RawLog[]> {
  return rpc<RawLog[]>('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])
}

/** Decodes the logs of one contract; `address` undefined takes those of every address. */
export function eventsOf(
  contract: keyof typeof CONTRACTS,
  address: Hex | undefined,
  logs: readonly RawLog[],
): ChainEvent[] {
  const abi: Abi = CONTRACTS[contract].abi
  const events: ChainEvent[] = []
  for (const log of logs) {
    if (address && log.address.toLowerCase() !== address.toLowerCase()) continue
    try {
      const { eventName, args } = decodeEventLog({ abi, topics: log.topics, data: log.data })
      const block = Number(log.blockNumber)
      const decoded = args as unknown as Record<string, unknown>
      events.push({ contract, name: `${eventName}`, args: decoded, block, transaction: log.transactionHash })
    } catch {
      // An event of another contract.
    }
  }
  return events
}

export function sum(events: readonly ChainEvent[], field: string): bigint {
  return events.reduce((total, event) => total + (event.args[field] as bigint), 0n)
}
