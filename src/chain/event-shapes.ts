import type { Address } from '../core/address'

/** The parts of a log that an event is decoded from. */
export interface LogData {
  /** topic0, and a 32-byte word for each indexed parameter. */
  readonly topics: readonly string[]
  /** The other parameters, as hex. */
  readonly data: string
}

/** Digits of a 32-byte word. */
const WORD = 64
/** An address in a word: what is before its 20 bytes has to be nothing. */
const ADDRESS = /^0{24}[0-9a-f]{40}$/

/**
 * The parameters of a log, each as the digits of its word. `indexed` does not change topic0, but it moves a parameter
 * from the data into a topic. Where the first parameters are the indexed ones, topics and data in a row are the
 * parameters in a row, however many are indexed: so only their number has to be right.
 * @param accepted how many may be indexed: with other numbers, which ones are cannot be told
 * @param parameters how many there are, each of 32 bytes
 * @throws RangeError if topics and data fit none of it (four topics on a Transfer are an ERC-721's)
 */
export function parametersOf(
  { topics, data }: LogData,
  accepted: readonly number[],
  parameters: number,
): string[] {
  const indexed = topics.length - 1
  if (!accepted.includes(indexed)) throw new RangeError(`${indexed} parameters are indexed`)
  if (data.length !== 2 + (parameters - indexed) * WORD) {
    throw new RangeError(`the data has ${data.length / 2 - 1} bytes beside ${indexed} indexed parameters`)
  }
  const words: string[] = []
  for (let index = 1; index <= indexed; index += 1) {
    const topic = topics[index] ?? ''
    if (topic.length !== 2 + WORD) throw new RangeError(`topic ${index} has ${topic.length / 2 - 1} bytes`)
    words.push(topic.slice(2))
  }
  for (let start = 2; start < data.length; start += WORD) words.push(data.slice(start, start + WORD))
  return words
}

/** @throws RangeError if the word is more than an address, or no hexadecimal */
export function addressIn(word = ''): Address {
  let address = known.get(word)
  if (address !== undefined) return address
  const digits = word.toLowerCase()
  if (!ADDRESS.test(digits)) throw new RangeError(`${word} is no address`)
  address = `0x${digits.slice(24)}`
  // Starting over is rare and cheap; forgetting one by one would cost at every look-up.
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(word, address)
  return address
}

/** The same accounts come again and again: as one text each, they are looked up without being read anew. */
const known = new Map<string, Address>()
const MOST_KNOWN = 100_000

/** @throws SyntaxError if the word is no hexadecimal */
export function amountIn(word: string | undefined): bigint {
  return BigInt(`0x${word}`)
}
