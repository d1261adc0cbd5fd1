import type { RawLog } from '../../chain/decode-log'
import { bytesOfData } from '../../chain/verify/hex-bytes'
import { EconomyError } from '../../core/errors'
import type { EconomyEvent, EventBlock } from '../../core/events'
import type { BlockProof, ReceiptProof } from './block-proof'
import { type HeaderFacts, headerFacts } from './header-facts'
import type { HistoryLogs } from './history-logs'
import { receiptLogs } from './receipt-logs'
import { receiptAt } from './receipts-trie'

/** What a proof comes to. */
export interface BlockVerdict {
  /** Undefined where the header is not the block's: then nothing else was looked at. */
  readonly header: HeaderFacts | undefined
  /** The events that are proven, in log order. */
  readonly proven: EventBlock | undefined
  /** What does not hold, each one sentence without a full stop. */
  readonly problems: readonly string[]
}

/**
 * Checks one proof by itself: the header is what the block's hash commits to, each receipt is one that the header commits
 * to, at its place among the transactions, and each has events of the economy.
 *
 * A receipt says which logs it has, but not how many the receipts before it had: `firstLogIndex` is only held against the
 * neighbours here, and against the history digest by who puts blocks together. The same goes for the transaction's hash.
 */
export async function verifyBlock(proof: BlockProof, history: HistoryLogs): Promise<BlockVerdict> {
  let header: HeaderFacts
  try {
    header = headerFacts(bytesOfData(proof.header))
  } catch (error) {
    return { header: undefined, proven: undefined, problems: [reasonOf(error)] }
  }
  const problems = headerProblems(proof, header)
  if (problems.length > 0) return { header: undefined, proven: undefined, problems }
  problems.push(...nodeProblems(proof), ...placeProblems(proof.receipts))
  const nodes = proof.nodes.map(bytesOfData)
  const events: EconomyEvent[] = []
  let previous: LastReceipt | undefined
  for (const receipt of proof.receipts) {
    const what = `transaction ${receipt.transactionIndex}`
    try {
      const logs = await logsOf(receipt, nodes, header)
      const misplaced = placeProblem(previous, receipt)
      if (misplaced !== undefined) problems.push(`${what}: ${misplaced}`)
      previous = { ...receipt, endOfLogs: receipt.firstLogIndex + logs.length }
      const found = history.events(logs, header.number)
      if (found.length === 0) problems.push(`${what}: its receipt has no event of the economy`)
      events.push(...found)
    } catch (error) {
      previous = undefined
      problems.push(`${what}: ${reasonOf(error)}`)
    }
  }
  const { number, hash, parentHash, timestamp } = header
  const proven = { block: { number, hash, parentHash, timestamp }, events }
  return { header, proven: problems.length > 0 ? undefined : proven, problems }
}

function headerProblems({ blockNumber, blockHash }: BlockProof, { hash, number }: HeaderFacts): string[] {
  const problems: string[] = []
  if (hash !== blockHash) problems.push(`the header hashes to ${hash}, not to the blockHash ${blockHash}`)
  if (number !== blockNumber) problems.push(`the header is of block ${number}`)
  return problems
}

/** Nodes come in the order in which the paths come by them, so there is one way to write a proof, and none is idle. */
function nodeProblems({ nodes, receipts }: BlockProof): string[] {
  let seen = 0
  for (const { transactionIndex, path } of receipts) {
    for (const place of path) {
      if (place > seen || place >= nodes.length) {
        return [
          `transaction ${transactionIndex}: its path names node ${place} of ${nodes.length}, out of order`,
        ]
      }
      if (place === seen) seen += 1
    }
  }
  if (seen < nodes.length) return [`node ${seen} is on no path`]
  return new Set(nodes).size < nodes.length ? ['a node is there twice'] : []
}

interface LastReceipt extends ReceiptProof {
  /** Index of the log after its last one. */
  readonly endOfLogs: number
}

function placeProblems(receipts: readonly ReceiptProof[]): string[] {
  if (receipts.length === 0) return ['it proves no receipt']
  const problems: string[] = []
  for (const [index, { transactionIndex }] of receipts.entries()) {
    const before = receipts[index - 1]?.transactionIndex ?? -1
    if (transactionIndex <= before) {
      problems.push(`transaction ${transactionIndex}: it comes after transaction ${before}`)
    }
  }
  return problems
}

/** What logs of one transaction leave to those of the next: none before the first, no gap between neighbours. */
function placeProblem(previous: LastReceipt | undefined, receipt: ReceiptProof): string | undefined {
  const { transactionIndex, firstLogIndex } = receipt
  const isNext = transactionIndex === (previous?.transactionIndex ?? -1) + 1
  const least = previous?.endOfLogs ?? 0
  if (isNext ? firstLogIndex === least : firstLogIndex >= least) return undefined
  return `its logs cannot begin at index ${firstLogIndex}: those before it end at ${least}`
}

async function logsOf(
  { transactionIndex, transactionHash, firstLogIndex, path }: ReceiptProof,
  nodes: readonly Uint8Array[],
  header: HeaderFacts,
): Promise<RawLog[]> {
  const way = path.flatMap((place) => nodes[place] ?? [])
  const receipt = await receiptAt(header.receiptsRoot, transactionIndex, way)
  return receiptLogs(receipt).map((log, index) => {
    return { ...log, logIndex: firstLogIndex + index, transactionHash }
  })
}

/** What is wrong with what a file says; an error that says anything else is thrown on. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return error.message
  if (error instanceof EconomyError) return error.message.replace(/\.$/, '')
  throw error
}
