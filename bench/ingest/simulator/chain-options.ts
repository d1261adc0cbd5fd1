/** What a chain is made of. */
export interface ChainOptions {
  /** Height of the first head; blocks are numbered from 0. */
  readonly blocks: number
  /** Events of the economy in all of these blocks: exactly so many. */
  readonly events: number
  /** Share of the blocks that have events, over 0 and up to 1. */
  readonly active: number
  /** Logs of foreign contracts in each block. */
  readonly noise: number
  /** Transactions without logs in each block. */
  readonly plainTransactions: number
  readonly seed: number
  /** How many people take part in the economy, at least 16. */
  readonly accounts: number
  readonly chainId: number
  /** Seconds between blocks. */
  readonly blockTime: number
  /** Time of block 0, in unix seconds. */
  readonly startTime: number
  /** Whether logs carry `blockTimestamp`. */
  readonly logTimestamps: boolean
  /** Whether hashes and receipts roots are real; else they are made up, which is far faster. Blooms always are. */
  readonly sealed: boolean
  /** Whether the bytes of foreign logs are kept: a node that is asked for all logs is then as fast as one asked for ours. */
  readonly keepNoise: boolean
  /** How many blocks below the head is the finalized one. */
  readonly finality: number
}

const DEFAULTS: ChainOptions = {
  blocks: 300,
  events: 1_000,
  active: 1,
  noise: 5,
  plainTransactions: 2,
  seed: 1,
  accounts: 200,
  chainId: 71_071,
  blockTime: 12,
  startTime: 1_700_000_000,
  logTimestamps: false,
  sealed: false,
  keepNoise: true,
  finality: 64,
}

/**
 * Options with their defaults.
 * @throws RangeError for what no chain can be
 */
export function chainOptions(given: Partial<ChainOptions>): ChainOptions {
  const options = { ...DEFAULTS, ...given }
  const { blocks, events, active } = options
  if (blocks < 1 || events < 1) throw new RangeError('a chain has at least one block and one event')
  if (!(active > 0 && active <= 1)) throw new RangeError(`${active} is no share of the blocks`)
  return options
}
