import type { VerificationSetting } from '../../config/verification'
import type { Hash } from '../../core/address'
import { type EndpointName, RangeTooLarge, type Rpc } from '../rpc/rpc'
import { checkLinks } from '../verify/check-headers'
import { assembleBlock, type Identity } from './assemble-block'
import { checkReached } from './check-reached'
import { compareWithAnother } from './compare-logs'
import { confirmBlock } from './confirm-block'
import { Disagreement, inAgreement, untilAgreed } from './disagreement'
import { proveByBloom, proveByReceipts } from './prove-logs'
import { type BlockEvents, readEvents } from './read-events'
import { type BriefHeader, briefly, readHeaders } from './read-headers'
import { readLogs } from './read-logs'
import type { SourceBlock } from './source-block'
import type { Wanted } from './wanted-logs'

/** A run of finalized blocks, and how it is to be read. */
export interface RangeQuestion {
  readonly fromBlock: number
  readonly toBlock: number
  readonly wanted: Wanted
  readonly verification: VerificationSetting
  /** Whether a second endpoint is asked as well. */
  readonly isSampled: boolean
  /** Hash of the block before the first, where that is known: then every header has to descend from it. */
  readonly parentHash?: Hash
}

/** What a run of blocks holds. */
export interface RangeRead {
  readonly fromBlock: number
  readonly toBlock: number
  /** Those with wanted logs; and the last one, where its hash was proven. */
  readonly blocks: readonly SourceBlock[]
  readonly logCount: number
  /** Of their data. */
  readonly bytes: number
  /** Blocks of which it was checked what the setting says. */
  readonly blocksChecked: number
  /** The first and the last block where all headers were read: what the neighbours have to link to. */
  readonly ends: { readonly first: BriefHeader; readonly last: BriefHeader } | undefined
}

/**
 * Reads a run of finalized blocks, checked as configured; in parts, where an endpoint does not give so much at once.
 * @throws NodeUntrusted (E3014), ReceiptsUnverifiable (E3017)
 */
export async function readRange(rpc: Rpc, question: RangeQuestion): Promise<RangeRead[]> {
  const { fromBlock, toBlock } = question
  try {
    const what = `blocks ${fromBlock} to ${toBlock}`
    return [await untilAgreed(rpc, what, (avoid) => readOnce(rpc, question, avoid))]
  } catch (error) {
    if (!(error instanceof RangeTooLarge) || fromBlock === toBlock) throw error
    const half = Math.floor((toBlock - fromBlock + 1) / 2)
    const middle = fromBlock + Math.max(Math.min(error.blocks ?? half, toBlock - fromBlock), 1) - 1
    const first = await readRange(rpc, { ...question, toBlock: middle })
    const { wanted, verification, isSampled } = question
    const parentHash = first.at(-1)?.ends?.last.hash
    const rest = { fromBlock: middle + 1, toBlock, wanted, verification, isSampled }
    return [...first, ...(await readRange(rpc, { ...rest, ...(parentHash && { parentHash }) }))]
  }
}

async function readOnce(
  rpc: Rpc,
  question: RangeQuestion,
  avoid: ReadonlySet<EndpointName>,
): Promise<RangeRead> {
  const { fromBlock, toBlock, wanted, verification } = question
  const { mode } = verification
  const isProven = mode === 'bloom' || mode === 'receipts'
  const { blocks, headers, blocksChecked } = isProven
    ? await readProven(rpc, question, mode, avoid)
    : await readPlain(rpc, question, avoid)
  const eventsOf = new Map(blocks.map(({ number, events }) => [number, events]))
  const identities = [...headers.values()].filter(({ number }) => {
    return eventsOf.has(number) || (number === toBlock && mode === 'receipts') || wanted.allBlocks
  })
  const [first, last] = [headers.get(fromBlock), headers.get(toBlock)]
  return {
    fromBlock,
    toBlock,
    blocks: identities.map((identity) => assembleBlock(identity, eventsOf.get(identity.number) ?? [])),
    logCount: blocks.reduce((count, { logCount }) => count + logCount, 0),
    bytes: blocks.reduce((sum, { bytes }) => sum + bytes, 0),
    blocksChecked,
    ends: isProven && hasParent(first) && hasParent(last) ? { first, last } : undefined,
  }
}

interface Completed {
  readonly blocks: readonly BlockEvents[]
  /** Of each of these blocks and of others that are wanted; ascending. */
  readonly headers: ReadonlyMap<number, Identity>
  readonly blocksChecked: number
}

/** All headers of the range, linked to one another, and logs that were held against them. */
async function readProven(
  rpc: Rpc,
  question: RangeQuestion,
  mode: 'bloom' | 'receipts',
  avoid: ReadonlySet<EndpointName>,
): Promise<Completed> {
  const { fromBlock, toBlock, wanted, parentHash } = question
  // Earlier blocks first, whatever is asked of them: nothing later can be used before them.
  const priority = fromBlock
  const read = await readLogs(rpc, question, wanted, { avoid, priority })
  const numbers = Array.from({ length: toBlock - fromBlock + 1 }, (_, index) => fromBlock + index)
  const isWhole = mode === 'receipts'
  const asking = { sealed: isWhole, withTransactions: isWhole, avoid, priority }
  const answered = new Set(read.endpoints)
  const headers = await readHeaders(rpc, numbers, (header) => header, { ...asking, told: answered })
  inAgreement(answered, () => checkLinks(headers))
  const [first] = headers
  if (parentHash !== undefined && first?.parentHash !== parentHash) {
    const message = `block ${fromBlock} has parent ${first?.parentHash}, but the block before it is ${parentHash}`
    throw new Disagreement(message, answered)
  }
  const last = headers.at(-1)
  // The links tell of every other one; and receipts are proven against a header that is what its hash says.
  if (mode === 'bloom' && last !== undefined) await confirmBlock(rpc, briefly(last), answered, priority)
  const prove = mode === 'receipts' ? proveByReceipts : proveByBloom
  const { blocks, checked } = await prove(rpc, headers, read, wanted, { priority })
  return {
    blocks: await readEvents(rpc, blocks, wanted, priority),
    headers: byNumber(headers.map(briefly)),
    blocksChecked: checked,
  }
}

/** No more headers than the index needs: none where the logs say when their block was. */
async function readPlain(
  rpc: Rpc,
  question: RangeQuestion,
  avoid: ReadonlySet<EndpointName>,
): Promise<Completed> {
  const { fromBlock, toBlock, wanted } = question
  const priority = fromBlock
  const { blocks, endpoints, isCompared } = await readUnproven(rpc, question, avoid)
  const identities = new Map<number, Identity>()
  const lacking = new Set<number>()
  if (wanted.allBlocks) for (let number = fromBlock; number <= toBlock; number += 1) lacking.add(number)
  for (const { number, hash, timestamp } of blocks) {
    if (timestamp === undefined) lacking.add(number)
    else identities.set(number, { number, hash, parentHash: null, timestamp })
  }
  const numbers = [...lacking].sort((a, b) => a - b)
  const answered = new Set(endpoints)
  const [headers] = await Promise.all([
    readHeaders(rpc, numbers, briefly, { avoid, priority, told: answered }),
    checkReached(rpc, toBlock, endpoints, priority),
  ])
  for (const header of headers) identities.set(header.number, header)
  for (const { number, hash } of blocks) {
    const header = identities.get(number)
    if (header?.hash !== hash) {
      throw new Disagreement(
        `block ${number} is ${header?.hash} in its header, but ${hash} in its logs`,
        answered,
      )
    }
  }
  const blocksChecked = isCompared ? toBlock - fromBlock + 1 : 0
  return { blocks, headers: inTime(identities, answered), blocksChecked }
}

/** Of the logs, only their events outlive this: many ranges wait for their headers at once. */
async function readUnproven(rpc: Rpc, question: RangeQuestion, avoid: ReadonlySet<EndpointName>) {
  const { fromBlock: priority, wanted, isSampled } = question
  const read = await readLogs(rpc, question, wanted, { avoid, priority })
  const isCompared = isSampled && (await compareWithAnother(rpc, question, read))
  const blocks = await readEvents(rpc, read.blocks, wanted, priority)
  return { blocks, endpoints: read.endpoints, isCompared }
}

/** By height; time never runs backwards on a chain. */
function inTime(
  identities: ReadonlyMap<number, Identity>,
  answered: ReadonlySet<EndpointName>,
): ReadonlyMap<number, Identity> {
  const ascending = [...identities.values()].sort((a, b) => a.number - b.number)
  for (const [index, { number, timestamp }] of ascending.entries()) {
    const before = ascending[index - 1]
    if (before !== undefined && before.timestamp > timestamp) {
      const message = `block ${number} has timestamp ${timestamp}, but block ${before.number} before it ${before.timestamp}`
      throw new Disagreement(message, answered)
    }
  }
  return byNumber(ascending)
}

function byNumber<T extends Identity>(headers: readonly T[]): ReadonlyMap<number, T> {
  return new Map(headers.map((header) => [header.number, header]))
}

function hasParent(header: Identity | undefined): header is BriefHeader {
  return header !== undefined && header.parentHash !== null
}
