import type { Address, Hash } from '../core/address'
import { callView } from './call-view'
import { inHex } from './rpc/hex'
import { isQuantity, shown } from './verify/hex-shape'

/** The few questions that are asked of a node outside ingestion. All block numbers are heights. */
export interface ChainNode {
  /** The URL as it may be shown: without its secrets. */
  readonly shownUrl: string
  chainId(): Promise<number>
  head(): Promise<number>
  /** @returns undefined if the node has no such block. */
  blockHash(
    block: number | 'earliest' | 'finalized' | 'safe',
  ): Promise<{ number: number; hash: Hash } | undefined>
  hasCode(address: Address, block: number): Promise<boolean>
  /** @returns undefined where the node cannot call contracts or the contract has no such view. */
  decimals(contract: Address, block: number): Promise<number | undefined>
  balanceOf(contract: Address, account: Address, block: number): Promise<bigint>
  /** The assets of a Uniswap V2 pair; undefined where the node cannot call contracts or it is none. */
  pairTokens(pair: Address, block: number): Promise<readonly [Address, Address] | undefined>
}

/** What is looked at of a block; one that is not mined yet has no names. */
interface NamedBlock {
  readonly number: string | null
  readonly hash: Hash | null
}

/** Asks JSON-RPC for one thing. */
export type Ask = <T>(method: string, params: readonly unknown[]) => Promise<T>

/** A node behind any means of asking it; trying again is their business. */
export function nodeOver(ask: Ask, shownUrl: string): ChainNode {
  const view = async (contract: Address, name: string, block: number, account?: Address): Promise<bigint> => {
    const answer = await callView(ask, inHex(block), contract, name, account)
    if ('gap' in answer) throw new Error(answer.gap)
    return answer.value
  }
  return {
    shownUrl,
    async blockHash(wanted) {
      const tag = typeof wanted === 'string' ? wanted : inHex(wanted)
      const block = await ask<NamedBlock | null>('eth_getBlockByNumber', [tag, false])
      if (!block?.hash || !block.number) return undefined
      return { number: height(block.number), hash: block.hash }
    },
    chainId: async () => height(await ask('eth_chainId', [])),
    head: async () => height(await ask('eth_blockNumber', [])),
    async hasCode(address, block) {
      const code = await ask<unknown>('eth_getCode', [address, inHex(block)])
      if (code === null || code === '0x') return false
      if (typeof code === 'string') return true
      throw new Error(`it answers ${shown(code)}, which is no code`)
    },
    async decimals(contract, block) {
      const decimals = await view(contract, 'decimals', block).catch(() => undefined)
      return decimals !== undefined && decimals < 256n ? Number(decimals) : undefined
    },
    balanceOf: (address, account, block) => view(address, 'balanceOf', block, account),
    async pairTokens(pair, block) {
      const sides = [view(pair, 'token0', block), view(pair, 'token1', block)]
      const [first, second] = await Promise.all(sides).catch(() => [])
      if (first === undefined || second === undefined) return undefined
      return [addressIn(first), addressIn(second)]
    },
  }
}

function height(answer: unknown): number {
  if (isQuantity(answer)) return Number(answer)
  throw new Error(`it answers ${shown(answer)}, which is no number`)
}

/** The address that a word of 32 bytes ends with. */
function addressIn(word: bigint): Address {
  return `0x${word.toString(16).padStart(40, '0').slice(-40)}`
}
