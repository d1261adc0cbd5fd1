import type { Question } from './transport'

const HEX = /^0x[0-9a-f]+$/i

/** The blocks that an `eth_getLogs` asks for; undefined for another method, a block's hash or a tag. */
export function logSpan({ method, params }: Question): { from: number; to: number } | undefined {
  if (method !== 'eth_getLogs') return undefined
  const { fromBlock, toBlock } = (params[0] ?? {}) as { fromBlock?: unknown; toBlock?: unknown }
  if (typeof fromBlock !== 'string' || typeof toBlock !== 'string') return undefined
  if (!HEX.test(fromBlock) || !HEX.test(toBlock)) return undefined
  return { from: Number(fromBlock), to: Number(toBlock) }
}
