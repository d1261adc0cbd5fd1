import { decode, type NestedUint8Array } from '@ethereumjs/rlp'
import { hexOfBytes } from '../../chain/verify/hex-bytes'

/** A log as its receipt holds it, in lower-case hex. */
export interface ReceiptLog {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
}

type Item = Uint8Array | NestedUint8Array

/** Where in a receipt its logs are: after what came of it, gas and bloom (yellow paper, 4.3.1). */
const LOGS = 3
/** From here on a byte begins a list; below, it is the type of a transaction (EIP-2718). */
const FIRST_OF_LIST = 0xc0

/**
 * The logs of a receipt.
 * @param bytes as the trie of a block holds it
 * @throws RangeError if it is no receipt
 */
export function receiptLogs(bytes: Uint8Array): readonly ReceiptLog[] {
  const isTyped = (bytes[0] ?? 0) < FIRST_OF_LIST
  const logs = listIn(itemsOf(isTyped ? bytes.subarray(1) : bytes)[LOGS], 'list of logs')
  return logs.map((log) => {
    const [address, topics, data] = listIn(log, 'log')
    return {
      address: hexOfBytes(bytesIn(address, 20)),
      topics: listIn(topics, 'list of topics').map((topic) => hexOfBytes(bytesIn(topic, 32))),
      data: hexOfBytes(bytesIn(data)),
    }
  })
}

function itemsOf(bytes: Uint8Array): readonly Item[] {
  let items: Item
  try {
    items = decode(bytes)
  } catch {
    throw new RangeError('it is not RLP')
  }
  return listIn(items, 'receipt')
}

function listIn(item: Item | undefined, what: string): readonly Item[] {
  if (!Array.isArray(item)) throw new RangeError(`it has no ${what} where one has to be`)
  return item
}

function bytesIn(item: Item | undefined, length?: number): Uint8Array {
  if (!(item instanceof Uint8Array) || (length !== undefined && item.length !== length)) {
    throw new RangeError(`it has no ${length ?? 'plain'} bytes where they have to be`)
  }
  return item
}
