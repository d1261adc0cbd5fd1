import type { Address, Hash } from './address'
import { unreachable } from './errors'
import type { ContractName, EconomyEvent, EventBlock } from './events'

/** SHA-256 of some bytes. The core has no hash function of its own: it is handed one. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** What identifies a history before its first event: which logs of which chain it is made of. */
export interface HistoryScope {
  readonly chainId: number
  readonly token: { readonly address: Address; readonly startBlock: number }
  readonly staking: { readonly address: Address; readonly startBlock: number }
  readonly stable: { readonly address: Address; readonly startBlock: number }
  readonly treasury: ReadonlySet<Address>
  readonly buyback: ReadonlySet<Address>
  /** Undefined where no pair is configured. */
  readonly pair: { readonly address: Address; readonly startBlock: number } | undefined
}

const MAGIC = 'ashao-indexer/history/2'
const BLOCK_BYTES = 52
const EVENT_BYTES = 109

/** The digest that the first block extends (docs/digest.md, "Seed"). */
export function historySeed(scope: HistoryScope, sha256: Sha256): Hash {
  const lists = [scope.treasury, scope.buyback].map((wallets) => [...wallets].sort())
  const wallets = lists.reduce((total, list) => total + list.length, 0)
  const bytes = new Writer(MAGIC.length + 8 + 4 * 28 + 2 * 4 + 20 * wallets)
  for (const character of MAGIC) bytes.uint(character.charCodeAt(0), 1)
  bytes.uint(scope.chainId, 8)
  const pair = scope.pair ?? { address: NOBODY, startBlock: 0 }
  for (const contract of [scope.token, scope.staking, scope.stable, pair]) {
    bytes.hex(contract.address)
    bytes.uint(contract.startBlock, 8)
  }
  for (const list of lists) {
    bytes.uint(list.length, 4)
    for (const wallet of list) bytes.hex(wallet)
  }
  return toHash(sha256(bytes.done()))
}

/** SHA-256(previous digest ‖ canonical bytes of the block); a block without events leaves the digest as it is. */
export function extendDigest(previous: Hash, block: EventBlock, sha256: Sha256): Hash {
  if (block.events.length === 0) return previous
  const canonical = canonicalBytes(block)
  const bytes = new Uint8Array(32 + canonical.length)
  const head = new Writer(32)
  head.hex(previous)
  bytes.set(head.done())
  bytes.set(canonical, 32)
  return toHash(sha256(bytes))
}

/** A block's events in the one byte form that the digest is taken of (docs/digest.md, "Block"). */
export function canonicalBytes({ block, events }: EventBlock): Uint8Array {
  const bytes = new Writer(BLOCK_BYTES + EVENT_BYTES * events.length)
  bytes.uint(block.number, 8)
  bytes.hex(block.hash)
  bytes.uint(block.timestamp, 8)
  bytes.uint(events.length, 4)
  for (const event of events) writeEvent(bytes, event)
  return bytes.done()
}

function writeEvent(bytes: Writer, event: EconomyEvent): void {
  const { kind, first, second, amount } = fieldsOf(event)
  bytes.uint(kind, 1)
  bytes.uint(event.logIndex, 4)
  bytes.hex(event.transactionHash)
  bytes.hex(first)
  bytes.hex(second)
  bytes.hex(`0x${amount.toString(16).padStart(64, '0')}`)
}

const NOBODY: Address = '0x0000000000000000000000000000000000000000'
const CONTRACT_NUMBERS: Readonly<Record<ContractName, bigint>> = { token: 1n, staking: 2n, stable: 3n }

function fieldsOf(event: EconomyEvent): { kind: number; first: Address; second: Address; amount: bigint } {
  switch (event.kind) {
    case 'transfer':
      return { kind: 1, first: event.from, second: event.to, amount: event.value }
    case 'burn':
      return { kind: 2, first: event.from, second: NOBODY, amount: event.value }
    case 'stake':
      return { kind: 3, first: event.account, second: NOBODY, amount: event.amount }
    case 'unstake':
      return { kind: 4, first: event.account, second: NOBODY, amount: event.amount }
    case 'reward':
      return { kind: 5, first: event.account, second: NOBODY, amount: event.amount }
    case 'stableTransfer':
      return { kind: 6, first: event.from, second: event.to, amount: event.value }
    case 'sync':
      // Both reserves are uint112: one above the other they fit the field.
      return {
        kind: 7,
        first: NOBODY,
        second: NOBODY,
        amount: (event.tokenReserve << 128n) + event.stableReserve,
      }
    case 'upgrade':
      return {
        kind: 8,
        first: event.implementation,
        second: NOBODY,
        amount: CONTRACT_NUMBERS[event.contract],
      }
    default:
      return unreachable(event)
  }
}

/** Fills a buffer of known size from the left, big-endian. */
class Writer {
  private readonly bytes: Uint8Array
  private offset = 0

  constructor(size: number) {
    this.bytes = new Uint8Array(size)
  }

  uint(value: number, width: number): void {
    let rest = value
    for (let index = width - 1; index >= 0; index -= 1) {
      this.bytes[this.offset + index] = rest % 256
      rest = Math.floor(rest / 256)
    }
    this.offset += width
  }

  hex(text: `0x${string}`): void {
    for (let index = 2; index < text.length; index += 2) {
      this.bytes[this.offset] = Number.parseInt(text.slice(index, index + 2), 16)
      this.offset += 1
    }
  }

  done(): Uint8Array {
    if (this.offset !== this.bytes.length) {
      throw new RangeError(`wrote ${this.offset} of ${this.bytes.length} bytes`)
    }
    return this.bytes
  }
}

function toHash(bytes: Uint8Array): Hash {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
