import { type Cast, CONTRACT, OWN_CONTRACTS, PERSON, SIGNATURE } from './cast'
import { type EntryColumns, KIND_SHAPE } from './entries'
import { createRandom, hex8, inventHash, mix, type Random } from './random'

/** No person: where a log has fewer topics. */
const NOBODY = -2
/** The digits of a word before its last eight. */
const NO_WORD = '0'.repeat(56)

/** A log in its block. */
export interface PlacedLog {
  /** Its place in the cast's contracts and signatures. */
  readonly contract: number
  readonly signature: number
  /** People in the second and third topic; below PERSON.zero where there is no such topic. */
  readonly first: number
  readonly second: number
  /** Words of 64 hex digits. */
  readonly data: string
  /** Its place in the columns of entries; -1 for a foreign log. */
  readonly entry: number
  readonly transactionIndex: number
}

export interface PlacedTransaction {
  readonly hash: `0x${string}`
  readonly sender: number
  /** A contract, or -1 for a plain payment. */
  readonly contract: number
  /** Its logs in the block: from `start` up to, not including, `end`. */
  readonly start: number
  readonly end: number
}

export interface BlockLayout {
  readonly transactions: readonly PlacedTransaction[]
  readonly logs: readonly PlacedLog[]
}

/** What decides a block besides its number: after a reorg, the same number is another block. */
export interface BlockPlace {
  readonly seed: number
  readonly fork: number
  readonly number: number
}

/** What a block holds, a pure function of its place and its entries: it need not be stored. */
export function layOutBlock(
  cast: Cast,
  place: BlockPlace,
  entries: EntryColumns,
  range: readonly [start: number, end: number],
  options: { readonly noise: number; readonly plainTransactions: number },
): BlockLayout {
  const transactions: PlacedTransaction[] = []
  const logs: PlacedLog[] = []
  if (place.number === 0) return { transactions, logs }
  const random = createRandom(place.seed, place.fork, place.number, 3)
  const stranger = (): number => cast.accounts + random.below(cast.people - cast.accounts)
  let entry = range[0]
  let groups = 0
  for (let index = range[0]; index < range[1]; index += 1) if (entries.opens[index]) groups += 1
  let noise = options.noise
  let plain = options.plainTransactions
  while (groups > 0 || noise > 0 || plain > 0) {
    const transactionIndex = transactions.length
    const start = logs.length
    let sender = stranger()
    let contract = -1
    const dice = random.below(groups + Math.ceil(noise / 2.5) + plain)
    if (dice < groups) {
      groups -= 1
      sender = Math.max(entries.first[entry] ?? 0, PERSON.distributor)
      contract = contractOf(entries.kind[entry] ?? 0)
      do {
        logs.push(ownLog(entries, entry, transactionIndex))
        entry += 1
      } while (entry < range[1] && !entries.opens[entry])
    } else if (dice < groups + Math.ceil(noise / 2.5)) {
      const count = Math.min(noise, 1 + random.below(4))
      noise -= count
      for (let index = 0; index < count; index += 1) {
        const log = foreignLog(cast, random, transactionIndex)
        if (index === 0) contract = log.contract
        logs.push(log)
      }
    } else plain -= 1
    const hash = transactionHash(place, transactionIndex)
    transactions.push({ hash, sender, contract, start, end: logs.length })
  }
  return { transactions, logs }
}

/** A made-up hash that ends in block and index, 8 digits each: so a transaction is found without a list of all. */
export function transactionHash({ seed, fork, number }: BlockPlace, index: number): `0x${string}` {
  const base = mix(seed, fork, number, index)
  let text = '0x'
  for (let word = 0; word < 6; word += 1) text += hex8(mix(base, word))
  return `${text}${hex8(number)}${hex8(index)}` as `0x${string}`
}

/** Where a hash says that its transaction is; whether there is one with that hash is another question. */
export function placeInHash(hash: string): { readonly block: number; readonly index: number } | undefined {
  if (!/^0x[0-9a-f]{64}$/.test(hash)) return undefined
  return { block: Number.parseInt(hash.slice(50, 58), 16), index: Number.parseInt(hash.slice(58), 16) }
}

/** A block's hash where blocks are not sealed. */
export function blockHashOf({ seed, fork, number }: BlockPlace): `0x${string}` {
  return inventHash(seed, fork, number, 11)
}

function contractOf(kind: number): number {
  return KIND_SHAPE[kind]?.contract ?? CONTRACT.token
}

function ownLog(entries: EntryColumns, entry: number, transactionIndex: number): PlacedLog {
  const shape = KIND_SHAPE[entries.kind[entry] ?? 0] ?? KIND_SHAPE[0]
  return {
    contract: shape.contract,
    signature: shape.signature,
    first: entries.first[entry] ?? 0,
    second: shape.hasSecond ? (entries.second[entry] ?? 0) : NOBODY,
    data: (entries.value[entry] ?? 0n).toString(16).padStart(64, '0'),
    entry,
    transactionIndex,
  }
}

function foreignLog(cast: Cast, random: Random, transactionIndex: number): PlacedLog {
  const contract = OWN_CONTRACTS + random.below(cast.contracts.length - OWN_CONTRACTS)
  const strangers = cast.people - cast.accounts
  let first = cast.accounts + random.below(strangers)
  let second = cast.accounts + random.below(strangers)
  const dice = random.below(100)
  let signature: number = SIGNATURE.transfer
  let words = 1
  if (dice >= 85) {
    signature = SIGNATURE.sync
    words = 2
    first = NOBODY
    second = NOBODY
  } else if (dice >= 65) {
    signature = SIGNATURE.swap
    words = 4
  } else if (dice >= 64) {
    // Anyone may emit what looks like ours.
    signature = SIGNATURE.stake
    second = NOBODY
  } else if (dice >= 45) signature = SIGNATURE.approval
  const data = `${NO_WORD}${hex8(random.next())}`.repeat(words)
  return { contract, signature, first, second, data, entry: -1, transactionIndex }
}
