/** The parts of a log that an event is decoded from. */
export interface LogData {
  /** topic0, and a 32-byte word for each indexed parameter. */
  readonly topics: string[]
  /** The other parameters, as hex. */
  readonly data: string
}

/**
 * Puts a log into the shape that its ABI says. `indexed` does not change topic0, but it moves a parameter from the
 * data into a topic. Where the first parameters are the indexed ones, topics and data in a row are the parameters in
 * a row, however many are indexed: so only their number has to be put right.
 * @param indexed how many parameters the ABI says are indexed
 * @param accepted how many may be: with other numbers, which ones are indexed cannot be told
 * @param parameters how many there are, each of 32 bytes
 * @throws RangeError if topics and data fit none of it (four topics on a Transfer are an ERC-721's)
 */
export function inShape(
  { topics, data }: LogData,
  indexed: number,
  accepted: readonly number[],
  parameters: number,
): LogData {
  const found = topics.length - 1
  if (!accepted.includes(found)) throw new RangeError(`${found} parameters are indexed`)
  const words = topics.slice(1).map((topic) => topic.slice(2))
  const rest = data.slice(2)
  if (words.length * 64 + rest.length !== parameters * 64) {
    throw new RangeError(`the data has ${rest.length / 2} bytes beside ${found} indexed parameters`)
  }
  const all = words.join('') + rest
  const split = indexed * 64
  const inTopics = all.slice(0, split).match(/.{64}/g) ?? []
  return { topics: [topics[0] ?? '', ...inTopics.map((word) => `0x${word}`)], data: `0x${all.slice(split)}` }
}
