import type { Address, Hash } from './address'
import { unreachable } from './errors'
import type { ContractName, EconomyEvent, EventBlock } from './events'

/** SHA-256 of some bytes, as 64 digits in lower case. The core has no hash function of its own: it is handed one. */
export type Sha256 = (bytes: Uint8Array) => string

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
const DIGEST_BYTES = 32
const BLOCK_BYTES = 52
const EVENT_BYTES = 109
/** In place of a digit's value. */
const NO_DIGIT = 255
const LARGEST_DIGIT = 15

/** The digest that the first block extends (docs/digest.md, "Seed"). */
export function historySeed(scope: HistoryScope, sha256: Sha256): Hash {
  const lists = [scope.treasury, scope.buyback].map((wallets) => [...wallets].sort())
  const wallets = lists.reduce((total, list) => total + list.length, 0)
  const bytes = new Writer(new Uint8Array(MAGIC.length + 8 + 4 * 28 + 2 * 4 + 20 * wallets))
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
  return `0x${sha256(bytes.done())}`
}

/** SHA-256(previous digest ‖ canonical bytes of the block); a block without events leaves the digest as it is. */
export function extendDigest(previous: Hash, block: EventBlock, sha256: Sha256): Hash {
  if (block.events.length === 0) return previous
  const bytes = new Writer(scratch(DIGEST_BYTES + sizeOf(block)))
  bytes.hex(previous)
  writeBlock(bytes, block)
  return `0x${sha256(bytes.done())}`
}

/** Memory for one block after the other: of its own for each, it would cost more than to fill it. */
let memory = new Uint8Array(0)

/** So many bytes, good until the next ones are asked for; what is in them is left from before. */
function scratch(size: number): Uint8Array {
  if (memory.length < size) memory = new Uint8Array(2 * size)
  return memory.subarray(0, size)
}

/** A block's events in the one byte form that the digest is taken of (docs/digest.md, "Block"). */
export function canonicalBytes(block: EventBlock): Uint8Array {
  const bytes = new Writer(new Uint8Array(sizeOf(block)))
  writeBlock(bytes, block)
  return bytes.done()
}

function sizeOf({ events }: EventBlock): number {
  return BLOCK_BYTES + EVENT_BYTES * events.length
}

function writeBlock(bytes: Writer, { block, events }: EventBlock): void {
  bytes.uint(block.number, 8)
  bytes.hex(block.hash)
  bytes.uint(block.timestamp, 8)
  bytes.uint(events.length, 4)
  for (const event of events) writeEvent(bytes, event)
}

function writeEvent(bytes: Writer, event: EconomyEvent): void {
  const { kind, first, second, amount } = fieldsOf(event)
  bytes.uint(kind, 1)
  bytes.uint(event.logIndex, 4)
  bytes.hex(event.transactionHash)
  bytes.hex(first)
  bytes.hex(second)
  bytes.amount(amount)
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

/** Fills bytes from the left, big-endian: all of them, whatever they hold. */
class Writer {
  private offset = 0

  constructor(private readonly bytes: Uint8Array) {}

  uint(value: number, width: number): void {
    let rest = value
    for (let index = width - 1; index >= 0; index -= 1) {
      this.bytes[this.offset + index] = rest % 256
      rest = Math.floor(rest / 256)
    }
    this.offset += width
  }

  hex(text: `0x${string}`): void {
    const { bytes } = this
    let { offset } = this
    let seen = 0
    for (let index = 2; index < text.length; index += 2) {
      const high = DIGITS[text.charCodeAt(index)] ?? NO_DIGIT
      const low = DIGITS[text.charCodeAt(index + 1)] ?? NO_DIGIT
      seen |= high | low
      bytes[offset] = high * 16 + low
      offset += 1
    }
    // One question for the whole text: no digit has a bit that NO_DIGIT has beyond the fourth.
    if (seen > LARGEST_DIGIT) throw new RangeError(`${text} is not hexadecimal`)
    this.offset = offset
  }

  /** A uint256. */
  amount(value: bigint): void {
    const text = value.toString(16)
    const width = 32
    let end = this.offset + width
    this.bytes.fill(0, this.offset, end)
    for (let index = text.length; index > 0; index -= 2) {
      end -= 1
      this.bytes[end] = (index > 1 ? digitAt(text, index - 2) * 16 : 0) + digitAt(text, index - 1)
    }
    if (end < this.offset) throw new RangeError(`${value} has more than ${width} bytes`)
    this.offset += width
  }

  done(): Uint8Array {
    if (this.offset !== this.bytes.length) {
      throw new RangeError(`wrote ${this.offset} of ${this.bytes.length} bytes`)
    }
    return this.bytes
  }
}

/** What each character stands for, by its code: every byte of history passes here, digit by digit. */
const DIGITS = new Uint8Array(128).fill(NO_DIGIT)
for (let digit = 0; digit < 16; digit += 1) {
  const text = digit.toString(16)
  DIGITS[text.charCodeAt(0)] = digit
  DIGITS[text.toUpperCase().charCodeAt(0)] = digit
}

/** @throws RangeError if what a source handed over as hexadecimal is not */
function digitAt(text: string, index: number): number {
  const digit = DIGITS[text.charCodeAt(index)] ?? NO_DIGIT
  if (digit === NO_DIGIT) throw new RangeError(`${text} is not hexadecimal`)
  return digit
}
