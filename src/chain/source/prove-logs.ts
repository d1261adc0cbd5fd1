import { setTimeout as sleep } from 'node:timers/promises'
import type { Hash } from '../../core/address'
import { ReceiptsUnverifiable } from '../errors'
import type { NodeHeader, NodeLog, NodeReceipt } from '../rpc/node-types'
import { type EndpointName, type Rpc, RpcRejected } from '../rpc/rpc'
import { checkReceipts, sameLogs } from '../verify/check-receipts'
import { Disagreement } from './disagreement'
import { holdAgainstBlooms, wrongYeses } from './hold-against-blooms'
import { type BlockLogs, type LogsRead, readLogsOf } from './read-logs'
import { readReceiptLogs } from './read-receipt-logs'
import type { Wanted } from './wanted-logs'

/** Logs that were held against the headers of their blocks. */
export interface ProvenLogs {
  readonly blocks: readonly BlockLogs[]
  /** Blocks of which it was checked. */
  readonly checked: number
}

/** Blocks whose receipts are asked for at once: they are the biggest answers that there are. */
const RECEIPTS_AT_ONCE = 8

export interface Proving {
  readonly priority?: number
  /** Whether the blocks are new: then a node may have a block some time before it has its logs. */
  readonly isFresh?: boolean
  /** Whether a bloom may be empty although there are logs: some chains keep none. */
  readonly mayBeEmpty?: boolean
}

/** Pauses, in milliseconds, after which a new block is asked again for the logs that its bloom speaks of. */
const PAUSES = [100, 400, 1_000, 3_000]
/** A yes of a bloom counts as likely if less than this share of such yeses would be wrong. */
const LIKELY = 0.01

/**
 * Holds logs against the blooms of their blocks: a log that its bloom excludes is a lie, and a block that left a question
 * without an answer although its bloom could hold one is asked again by its hash, of somebody else where there is one. A
 * bloom may say yes where there is nothing: a second no is believed where that happens often, and elsewhere, as for every
 * new block, the receipts decide.
 * @param headers of every block that the logs were asked of
 */
export async function proveByBloom(
  rpc: Rpc,
  headers: readonly NodeHeader[],
  read: LogsRead,
  wanted: Wanted,
  { priority = 0, isFresh = false, mayBeEmpty = false }: Proving = {},
): Promise<ProvenLogs> {
  const { suspicious, lie } = holdAgainstBlooms(headers, read, wanted, mayBeEmpty)
  if (lie !== undefined) throw new Disagreement(lie, read.endpoints)
  const blocks = new Map(read.blocks.map((block) => [block.number, block]))
  await Promise.all(
    suspicious.map(async ({ number: height, hash, logsBloom }) => {
      const number = Number(height)
      const told = blocks.get(number)?.logs ?? []
      const isDoubtful = isFresh || wrongYeses(logsBloom) < LIKELY
      const doubt = { told, avoid: read.endpoints, priority, isFresh, isDoubtful }
      const logs = await askAgain(rpc, { number, hash }, wanted, doubt)
      if (logs.length <= told.length) return
      const reason = `block ${number} has ${logs.length} logs, of which ${told.length} were told`
      distrust(rpc, read.endpoints, reason)
      blocks.set(number, { number, hash, logs })
    }),
  )
  return { blocks: inOrder([...blocks.values()]), checked: headers.length }
}

interface Doubt {
  /** What was told at first. */
  readonly told: readonly NodeLog[]
  readonly avoid: ReadonlySet<EndpointName>
  readonly priority: number
  readonly isFresh: boolean
  /** Whether the same answer again is not enough. */
  readonly isDoubtful: boolean
}

/** The wanted logs of a block whose bloom speaks of more than was told. */
async function askAgain(
  rpc: Rpc,
  block: { readonly number: number; readonly hash: Hash },
  wanted: Wanted,
  { told, avoid, priority, isFresh, isDoubtful }: Doubt,
): Promise<readonly NodeLog[]> {
  const ask = async () => (await readLogsOf(rpc, block, wanted, { avoid, priority })).logs
  let logs = await ask()
  if (logs.length > told.length || !isDoubtful) return logs
  const kept = await readReceiptLogs(rpc, block, wanted, priority)
  if (kept !== undefined || !isFresh) return kept ?? logs
  // Nobody gives receipts: all that is left is to wait for a node that has the block but not its logs yet.
  for (const pause of PAUSES) {
    await sleep(pause)
    logs = await ask()
    if (logs.length > told.length) break
  }
  return logs
}

/**
 * Proves logs by the receipts that their block's header commits to, for every block that has wanted logs or whose
 * bloom could hold some. What a node said otherwise does not count.
 * @param headers of every block that the logs were asked of, each known to be what its hash commits to
 * @throws ReceiptsUnverifiable (E3017) if no endpoint gives receipts
 */
export async function proveByReceipts(
  rpc: Rpc,
  headers: readonly NodeHeader[],
  read: LogsRead,
  wanted: Wanted,
  { priority = 0 }: Proving = {},
): Promise<ProvenLogs> {
  const { suspicious } = holdAgainstBlooms(headers, read, wanted, false)
  const said = new Map(read.blocks.map(({ number, logs }) => [number, logs]))
  const concerned = new Set([...said.keys(), ...suspicious.map(({ number }) => Number(number))])
  const proven: BlockLogs[] = []
  const blocks = headers.filter(({ number }) => concerned.has(Number(number)))
  for (let start = 0; start < blocks.length; start += RECEIPTS_AT_ONCE) {
    const run = blocks.slice(start, start + RECEIPTS_AT_ONCE)
    const logsOfRun = await readReceipts(rpc, run, wanted, priority)
    for (const [index, header] of run.entries()) {
      const number = Number(header.number)
      const logs = logsOfRun[index] ?? []
      const difference = sameLogs(said.get(number) ?? [], logs)
      if (difference !== undefined) distrust(rpc, read.endpoints, `logs of block ${number}: ${difference}`)
      if (logs.length > 0) proven.push({ number, hash: header.hash, logs })
    }
  }
  return { blocks: proven, checked: blocks.length }
}

async function readReceipts(
  rpc: Rpc,
  headers: readonly NodeHeader[],
  wanted: Wanted,
  priority: number,
): Promise<(readonly NodeLog[])[]> {
  const proven: (readonly NodeLog[])[] = []
  try {
    await rpc.callEach<readonly NodeReceipt[]>(
      'eth_getBlockReceipts',
      headers.map(({ hash }) => [hash]),
      {
        priority,
        check: (receipts, index) => {
          const header = headers[index]
          if (header !== undefined) proven[index] = checkReceipts(header, receipts, wanted.exactly)
        },
      },
    )
  } catch (error) {
    if (!(error instanceof RpcRejected)) throw error
    throw new ReceiptsUnverifiable({ url: error.endpoint, reason: error.message })
  }
  return proven
}

function distrust(rpc: Rpc, endpoints: ReadonlySet<EndpointName>, reason: string): void {
  for (const endpoint of endpoints) rpc.distrust(endpoint, reason)
}

function inOrder(blocks: BlockLogs[]): BlockLogs[] {
  return blocks.sort((a, b) => a.number - b.number)
}
