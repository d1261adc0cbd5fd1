import type { RawLog } from '../../chain/decode-log'
import type { NodeLog } from '../../chain/rpc/node-types'
import type { Rpc } from '../../chain/rpc/rpc'
import { rangesInOrder } from '../../chain/source/ranges-in-order'
import { encodeHeader } from '../../chain/verify/header-hash'
import { hexOfBytes } from '../../chain/verify/hex-bytes'
import { sha256 } from '../../chain/verify/sha256'
import type { EconomyFile } from '../../config/economy-file'
import type { Hash } from '../../core/address'
import type { ExportRange } from '../../core/datasets/export-range'
import { extendDigest } from '../../core/digest'
import type { EventBlock } from '../../core/events'
import type { BlockProof, ReceiptProof } from './block-proof'
import { ProofsIncomplete } from './errors'
import { type HistoryLogs, historyLogs } from './history-logs'
import { type BlockEvidence, readEvidence } from './read-evidence'
import { pathTo, receiptsTrie } from './receipts-trie'

/** Blocks whose receipts are read at once: they are the biggest answers that there are. */
const BLOCKS_AT_ONCE = 8

/**
 * Proves every event of a range that the history digest commits to: that it is in the receipts that the header of its
 * block commits to. Where events are, filtered logs tell; which there are, the receipts. In the end, what was proven has
 * to add up to the digest of the range, so that nothing was left out.
 * @param onProgress told of the last block that is done with
 * @throws BlockUnprovable (E7050), ProofsIncomplete (E7051), NodeUntrusted (E3014), NodeUnreachable (E3002)
 */
export async function* buildProofs(
  rpc: Rpc,
  economy: EconomyFile,
  range: ExportRange,
  onProgress: (block: number) => void = () => undefined,
): AsyncGenerator<BlockProof> {
  const history = historyLogs(economy)
  let digest = range.digest.before
  for (const part of history.parts(range.fromBlock, range.toBlock)) {
    for await (const { blocks, toBlock } of rangesInOrder(part, { rpc, verification: { mode: 'none' } })) {
      for (let start = 0; start < blocks.length; start += BLOCKS_AT_ONCE) {
        const run = blocks.slice(start, start + BLOCKS_AT_ONCE)
        const evidence = await Promise.all(
          run.map(({ header: { height, hash } }) =>
            readEvidence(rpc, { number: height, hash: hash as Hash }, history),
          ),
        )
        for (const each of evidence) {
          const events = eventsOf(each, history)
          if (events.events.length === 0) continue
          digest = extendDigest(digest, events, sha256)
          yield await proofOf(each, events)
          onProgress(events.block.number)
        }
      }
      onProgress(toBlock)
    }
  }
  if (digest === range.digest.after) return
  const { fromBlock, toBlock } = range
  throw new ProofsIncomplete({ fromBlock, toBlock, expected: range.digest.after, found: digest })
}

function eventsOf({ header, logs }: BlockEvidence, history: HistoryLogs): EventBlock {
  const { hash, parentHash } = header
  const number = Number(header.number)
  const block = { number, hash, parentHash, timestamp: Number(header.timestamp) }
  return { block, events: history.events(logs.map(rawLog), number) }
}

function rawLog({ address, topics, data, logIndex, transactionHash }: NodeLog): RawLog {
  return { address, topics, data, logIndex: Number(logIndex), transactionHash }
}

/** The proof of a block's events; each node of the trie is in it once, however many receipts hang on it. */
async function proofOf(
  { header, receipts }: BlockEvidence,
  { block, events }: EventBlock,
): Promise<BlockProof> {
  const trie = await receiptsTrie(receipts)
  const places = new Map<string, number>()
  const placeOf = (node: Uint8Array): number => {
    const hex = hexOfBytes(node)
    const place = places.get(hex) ?? places.size
    places.set(hex, place)
    return place
  }
  const withEvents = new Set(events.map(({ transactionHash }) => transactionHash))
  const proven: ReceiptProof[] = []
  let logsBefore = 0
  for (const [transactionIndex, { logs }] of receipts.entries()) {
    const firstLogIndex = logsBefore
    logsBefore += logs.length
    // The hash as a log says it is in lower case by now; that of the receipt is not.
    const transactionHash = logs[0]?.transactionHash
    if (transactionHash === undefined || !withEvents.has(transactionHash)) continue
    const path = (await pathTo(trie, transactionIndex)).map(placeOf)
    proven.push({ transactionIndex, transactionHash, firstLogIndex, path })
  }
  return {
    blockNumber: block.number,
    blockHash: block.hash,
    header: hexOfBytes(encodeHeader(header)),
    nodes: [...places.keys()],
    receipts: proven,
  }
}
