import { keccak256 } from 'viem'
import { type BlockPlace, blockHashOf } from './block-layout'
import type { Hex } from './cast'
import { inventHash } from './random'
import { encodeRlp, hexBytes, quantityBytes } from './rlp'

export const NO_HASH: Hex = `0x${'0'.repeat(64)}`
/** Hash of the RLP of an empty list: there are no uncles. */
const NO_UNCLES: Hex = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'
/** Root of an empty trie. */
const EMPTY_ROOT: Hex = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421'
const MINER: Hex = '0x95222290dd7278aa3ddd389cc1e1d165cc4bafe5'
const EXTRA_DATA: Hex = '0x73696d756c61746564'
const GAS_LIMIT = 60_000_000
const BASE_FEE = 1_000_000_000

/** What a header is made from; the rest is the same in every block, or made up. */
export interface HeaderParts {
  readonly place: BlockPlace
  readonly parentHash: Hex
  /** The real one where blocks are sealed. */
  readonly receiptsRoot: Hex | undefined
  /** 256 bytes. */
  readonly bloom: Buffer
  readonly gasUsed: number
  /** Unix seconds. */
  readonly timestamp: number
}

/** A header as JSON-RPC says it, with the fields of Cancun. */
export type HeaderJson = Readonly<Record<string, string>>

/** A header with its hash: that of its RLP if it has a real receipts root, else a made-up one. */
export function headerJson(parts: HeaderParts): HeaderJson {
  const { place, parentHash, receiptsRoot, bloom, gasUsed, timestamp } = parts
  const invent = (salt: number): Hex => inventHash(place.seed, place.fork, place.number, salt)
  const made = invent(12)
  const header = {
    parentHash,
    sha3Uncles: NO_UNCLES,
    miner: MINER,
    stateRoot: made,
    transactionsRoot: made,
    receiptsRoot: receiptsRoot ?? made,
    logsBloom: `0x${bloom.toString('hex')}`,
    difficulty: '0x0',
    number: quantity(place.number),
    gasLimit: quantity(GAS_LIMIT),
    gasUsed: quantity(gasUsed),
    timestamp: quantity(timestamp),
    extraData: EXTRA_DATA,
    mixHash: made,
    nonce: '0x0000000000000000',
    baseFeePerGas: quantity(BASE_FEE),
    withdrawalsRoot: EMPTY_ROOT,
    blobGasUsed: '0x0',
    excessBlobGas: '0x0',
    parentBeaconBlockRoot: made,
  }
  const hash = receiptsRoot === undefined ? blockHashOf(place) : sealOf(header)
  return { hash, ...header }
}

/** Fields that are numbers: RLP has them without leading zeros. The others are bytes as they stand. */
const NUMBERS = new Set([
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'baseFeePerGas',
  'blobGasUsed',
  'excessBlobGas',
])

/** Hash of a header's RLP; the fields are in the order of the Yellow Paper and of the EIPs that added to it. */
export function sealOf(header: HeaderJson): Hex {
  const fields = Object.entries(header).map(([name, text]) =>
    NUMBERS.has(name) ? quantityBytes(BigInt(text)) : hexBytes(text),
  )
  return keccak256(encodeRlp(fields))
}

export function quantity(value: number | bigint): Hex {
  return `0x${value.toString(16)}`
}
