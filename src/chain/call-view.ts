import type { Address, Hash } from '../core/address'
import { reasonOf } from './reason'
import { hexOfBytes } from './verify/hex-bytes'
import { isData, shown } from './verify/hex-shape'
import { keccak } from './verify/keccak'

/** A block as `eth_call` is given it; the second form is EIP-1898. */
export type BlockParameter = `0x${string}` | { readonly blockHash: Hash }

/** Asks a node. */
export type Request = (method: string, params: readonly unknown[]) => Promise<unknown>

/**
 * What one view said: a number, or why not, and what is missing: the contract has no such view, the node has no such
 * block, or the node did not answer at all, of which nothing follows.
 */
export type ViewAnswer =
  | { readonly value: bigint }
  | { readonly gap: string; readonly missing: 'view' | 'block' | 'answer' }

/** Asks one view of one contract. Never rejects. */
export async function callView(
  request: Request,
  at: BlockParameter,
  to: Address,
  view: string,
  account: Address | undefined,
): Promise<ViewAnswer> {
  try {
    const answer = await request('eth_call', [{ to, data: callData(view, account) }, at])
    if (isData(answer, 32)) return { value: BigInt(answer) }
    const gap = answer === '0x' ? `${view}() answers nothing` : `${view}() does not answer one number`
    return { gap, missing: typeof answer === 'string' ? 'view' : 'answer' }
  } catch (error) {
    return { gap: reasonOf(error), missing: missingOf(error) }
  }
}

/** The first four bytes of the hash of the view's signature, and its argument as a word of 32 bytes. @throws TypeError */
function callData(view: string, account: Address | undefined): string {
  const signature = `${view}(${account === undefined ? '' : 'address'})`
  const selector = hexOfBytes(keccak(Buffer.from(signature)).subarray(0, 4))
  if (account === undefined) return selector
  if (!isData(account, 20)) throw new TypeError(`${shown(account)} is not an address`)
  return selector + account.slice(2).padStart(64, '0')
}

/** What nodes say when the contract's own code refused: `execution reverted`, `invalid opcode: INVALID`, … */
const REFUSED = /\brevert(ed)?\b|opcode|bad instruction|(bad|invalid) ?jump/i
/** What nodes say when they do not have a block: `header not found`, `Unknown block`, … */
const NO_SUCH_BLOCK = /\b(block|header|hash)\b|BlockNotFound|BlockOutOfRange/i
/** JSON-RPC codes by which nodes put somebody off until later. */
const LATER = new Set([-32_005, -32_007, 429])

function missingOf(error: unknown): 'view' | 'block' | 'answer' {
  // Without a code in the answer's body it is not an answer: a time-out, a gateway, a connection that broke.
  const { code } = error as { code?: unknown }
  if (typeof code !== 'number' || LATER.has(code)) return 'answer'
  const said = `${reasonOf(error)} ${dataOf(error)}`
  if (code === 3 || REFUSED.test(said)) return 'view'
  return NO_SUCH_BLOCK.test(said) ? 'block' : 'answer'
}

/** What came with the error: some nodes say only there that the code refused. */
function dataOf(error: unknown): string {
  const { data, cause } = error as { data?: unknown; cause?: unknown }
  if (typeof data === 'string') return data
  return typeof cause === 'object' && cause !== null ? dataOf(cause) : ''
}
