import { createPublicClient, custom, http, type PublicClient, webSocket } from 'viem'
import type { Address, Hash } from '../core/address'

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

const ERC20_VIEWS = [
  {
    type: 'function',
    name: 'decimals',
    stateMutability: 'view',
    inputs: [],
    outputs: [{ type: 'uint8' }],
  },
  {
    type: 'function',
    name: 'balanceOf',
    stateMutability: 'view',
    inputs: [{ type: 'address' }],
    outputs: [{ type: 'uint256' }],
  },
] as const

const PAIR_VIEWS = ['token0', 'token1'].map(
  (name) =>
    ({
      type: 'function',
      name,
      stateMutability: 'view',
      inputs: [],
      outputs: [{ type: 'address' }],
    }) as const,
)

/**
 * A client of a node over HTTP or WebSocket; nothing is sent until something is asked.
 * @param options how long one try of a call may take, in milliseconds, and how often it is tried again
 */
export function clientOf(url: string, options: { timeout: number; retryCount: number }): PublicClient {
  const transport = /^wss?:/.test(url) ? webSocket(url, options) : http(url, options)
  return createPublicClient({ transport }) as PublicClient
}

/** Connects to a node; nothing is sent until something is asked. */
export function connectNode(url: string, shownUrl: string): ChainNode {
  return nodeOf(clientOf(url, { timeout: 15_000, retryCount: 2 }), shownUrl)
}

/** Asks JSON-RPC for one thing. */
export type Ask = <T>(method: string, params: readonly unknown[]) => Promise<T>

/** The same questions asked by other means; trying again is their business. */
export function nodeOver(ask: Ask, shownUrl: string): ChainNode {
  const transport = custom({ request: ({ method, params }) => ask(method, params ?? []) }, { retryCount: 0 })
  return nodeOf(createPublicClient({ transport }) as PublicClient, shownUrl)
}

function nodeOf(client: PublicClient, shownUrl: string): ChainNode {
  const blockHash: ChainNode['blockHash'] = async (block) => {
    const blockTag = typeof block === 'string' ? block : (`0x${block.toString(16)}` as const)
    // Asked plainly: the library's own getBlock turns an absent block into an error that hides its cause.
    const answer = await client.request({ method: 'eth_getBlockByNumber', params: [blockTag, false] })
    if (answer === null || answer.hash === null || answer.number === null) return undefined
    return { number: Number(answer.number), hash: answer.hash }
  }
  return {
    shownUrl,
    blockHash,
    chainId: () => client.getChainId(),
    head: async () => Number(await client.getBlockNumber({ cacheTime: 0 })),
    hasCode: async (address, block) => {
      const code = await client.getCode({ address, blockNumber: BigInt(block) })
      return code !== undefined && code !== '0x'
    },
    decimals: async (address, block) => {
      const call = {
        address,
        abi: ERC20_VIEWS,
        functionName: 'decimals',
        blockNumber: BigInt(block),
      } as const
      return client.readContract(call).catch(() => undefined)
    },
    balanceOf: (address, account, block) =>
      client.readContract({
        address,
        abi: ERC20_VIEWS,
        functionName: 'balanceOf',
        args: [account],
        blockNumber: BigInt(block),
      }),
    pairTokens: async (pair, block) => {
      const call = { address: pair, abi: PAIR_VIEWS, blockNumber: BigInt(block) }
      const sides = ['token0', 'token1'].map((functionName) => client.readContract({ ...call, functionName }))
      const [first, second] = await Promise.all(sides).catch(() => [])
      if (typeof first !== 'string' || typeof second !== 'string') return undefined
      return [first.toLowerCase() as Address, second.toLowerCase() as Address]
    },
  }
}

/** One line of why: the library's own messages run over many, with the request in them. */
export function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null) {
    const { details, shortMessage, message } = error as Record<string, unknown>
    for (const text of [details, shortMessage, message]) {
      if (typeof text === 'string' && text !== '') return text.split('\n')[0] ?? text
    }
  }
  return String(error)
}
