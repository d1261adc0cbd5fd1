import { sha256 } from '../../chain/verify/sha256'
import type { EconomyFile } from '../../config/economy-file'
import { extendDigest } from '../../core/digest'
import type { Manifest } from '../manifest'
import type { Finding } from '../verify/finding'
import { type BlockProof, parseProofLine } from './block-proof'
import type { HeaderFacts } from './header-facts'
import { historyLogs } from './history-logs'
import { createRowMatcher, type RowMatcher, type RowsToProve } from './proven-rows'
import { verifyBlock } from './verify-block'

/** A file of proofs. */
export interface ProofsFile {
  /** Path within the directory. */
  readonly file: string
  /** Its lines in bundles, without their ends. */
  readonly lines: AsyncIterable<readonly string[]>
}

/** What the file claims to prove. */
export type ProofFacts = Pick<Manifest, 'fromBlock' | 'toBlock' | 'toBlockHash' | 'historyDigest'>

/** What was looked at. */
export interface ProofCounts {
  readonly blocks: number
  readonly receipts: number
  /** Events that are proven. */
  readonly events: number
}

/**
 * Checks a file of proofs with nothing but itself: every header is its block's, every receipt is one that the header
 * commits to, and the events in those receipts are, taken together, the ones that the history digest commits to: no event
 * of the digest is without a proof, and no proof is of an event beyond them. Rows of other files are held against the
 * events so proven, one to one.
 * @param economy the rules that the digest was made by: which contracts, which wallets
 * @param files that read without a fault; of blocks outside the range, nothing is said
 * @param add told of all that does not hold: line, block and transaction
 */
export async function verifyProofs(
  proofs: ProofsFile,
  economy: EconomyFile,
  facts: ProofFacts,
  files: readonly RowsToProve[],
  add: (finding: Finding) => void,
): Promise<ProofCounts> {
  const matchers = files.map((file) => createRowMatcher(file, economy, facts, add))
  try {
    return await verifyWith(matchers, proofs, economy, facts, add)
  } finally {
    for (const matcher of matchers) await matcher.close()
  }
}

async function verifyWith(
  matchers: readonly RowMatcher[],
  proofs: ProofsFile,
  economy: EconomyFile,
  facts: ProofFacts,
  add: (finding: Finding) => void,
): Promise<ProofCounts> {
  const history = historyLogs(economy)
  const counts = { blocks: 0, receipts: 0, events: 0 }
  let digest = facts.historyDigest.before
  let previous: HeaderFacts | undefined
  let row = 0
  for await (const lines of proofs.lines) {
    for (const line of lines) {
      row += 1
      const tell = (problem: string, block?: number): void =>
        add({ law: 'proofs', file: proofs.file, row, ...(block !== undefined && { block }), problem })
      const proof = readLine(line, tell)
      if (proof === undefined) continue
      const { header, proven, problems } = await verifyBlock(proof, history)
      const astray = [...problems, ...placeProblems(header, previous, facts)]
      for (const problem of astray) tell(problem, proof.blockNumber)
      previous = header ?? previous
      counts.blocks += 1
      counts.receipts += proof.receipts.length
      if (proven === undefined || astray.length > 0) {
        for (const matcher of matchers) await matcher.pass(proof.blockNumber)
        continue
      }
      counts.events += proven.events.length
      digest = extendDigest(digest, proven, sha256)
      for (const matcher of matchers) await matcher.match(proven)
    }
  }
  for (const matcher of matchers) await matcher.finish()
  if (digest !== facts.historyDigest.after) {
    const problem =
      `the events that are proven add up to history digest ${digest}, not to ${facts.historyDigest.after}: ` +
      'one is missing, there is one too many, or its log index or transaction hash is another'
    add({ law: 'proofs', file: proofs.file, problem })
  }
  return counts
}

function readLine(line: string, tell: (problem: string) => void): BlockProof | undefined {
  try {
    return parseProofLine(line)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    tell(error.message)
    return undefined
  }
}

/** Whether a block is where it can be: within the range, after the one before it, and linked where it is the next. */
function placeProblems(
  header: HeaderFacts | undefined,
  previous: HeaderFacts | undefined,
  { fromBlock, toBlock, toBlockHash }: ProofFacts,
): string[] {
  if (header === undefined) return []
  const { number, hash, parentHash, timestamp } = header
  const problems: string[] = []
  if (number < fromBlock || number > toBlock) problems.push(`it is not of blocks ${fromBlock} to ${toBlock}`)
  if (number === toBlock && hash !== toBlockHash)
    problems.push(`the last block is ${hash}, not ${toBlockHash}`)
  if (previous === undefined) return problems
  if (number <= previous.number) problems.push(`it comes after block ${previous.number}`)
  if (number === previous.number + 1 && parentHash !== previous.hash) {
    problems.push(`its parent is ${parentHash}, but block ${previous.number} is ${previous.hash}`)
  }
  if (number > previous.number && timestamp < previous.timestamp) {
    problems.push(`its time is before that of block ${previous.number}`)
  }
  return problems
}
