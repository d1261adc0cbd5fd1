import type { DataRequest } from '@subsquid/evm-processor/lib/interfaces/data-request'
import type { Block, Log } from '@subsquid/evm-processor/lib/mapping/entities'
import type { RangeRequest } from '@subsquid/util-internal-range'
import type { RawLog } from '../decode-log'
import { BadAnswer } from '../rpc/rpc'
import { isLowerData } from '../verify/hex-shape'
import { matchesFilter } from '../verify/matches-filter'
import type { SourceBlock } from './source-block'
import { type Wanted, wantedOf } from './wanted-logs'

/** A block as a gateway hands it over: always with its parent's hash. */
export interface GatewayBlock extends Omit<SourceBlock, 'events'> {
  readonly header: SourceBlock['header'] & { readonly parentHash: string }
  /** In log order. */
  readonly logs: readonly RawLog[]
}

/**
 * Reads the SDK's blocks as blocks of a source, and holds each against the one before it: in order, once, linked
 * where they follow each other, with the logs that were asked for and no others.
 * @param requests what was asked for, in ascending ranges
 * @throws BadAnswer from the returned function, which takes batches in their order
 */
export function readGatewayBlocks(
  requests: readonly RangeRequest<DataRequest>[],
): (blocks: readonly Block[]) => GatewayBlock[] {
  const wanted = requests.map(({ range, request }) => ({ range, ...wantedOf(request, () => undefined) }))
  const askedAt = (height: number): (typeof wanted)[number] => {
    const asked = wanted.find(({ range: { from, to = Infinity } }) => from <= height && height <= to)
    if (asked === undefined) throw untrusted(height, 'was not asked for')
    return asked
  }
  let previous: GatewayBlock['header'] | undefined
  return (batch) => {
    const readUpTo = previous?.height ?? -1
    const blocks = batch.map((block): GatewayBlock => {
      const header = readHeader(block, previous)
      previous = header
      return { header, logs: readLogs(block, askedAt(header.height)) }
    })
    const last = blocks.at(-1)
    if (last === undefined) return blocks
    // Between two ranges nothing was asked for, and nothing is covered.
    const fromBlock = Math.max(askedAt(last.header.height).range.from, readUpTo + 1)
    const coverage = { fromBlock, source: 'GATEWAY', verification: 'NONE', blocksChecked: 0 } as const
    return [...blocks.slice(0, -1), { ...last, coverage }]
  }
}

function readHeader(
  { header: { height, hash, parentHash, timestamp } }: Block,
  previous: GatewayBlock['header'] | undefined,
): GatewayBlock['header'] {
  if (!isLowerData(hash, 32) || !isLowerData(parentHash, 32))
    throw malformed(height, 'has a hash that is none')
  if (timestamp === undefined) throw malformed(height, 'has no timestamp')
  if (previous !== undefined) {
    if (height <= previous.height) throw untrusted(height, `comes after its block ${previous.height}`)
    if (height === previous.height + 1 && parentHash !== previous.hash) {
      throw untrusted(height, `does not follow its block ${previous.height}`)
    }
    if (timestamp < previous.timestamp) throw untrusted(height, `is older than its block ${previous.height}`)
  }
  return { height, hash, parentHash, timestamp }
}

/** The logs of a block, which the SDK has put into log order. */
function readLogs({ header: { height }, logs }: Block, wanted: Wanted): RawLog[] {
  let previous: Log | undefined
  return logs.map((log) => {
    if (log.logIndex === previous?.logIndex) throw untrusted(height, `has its log ${log.logIndex} twice`)
    if (previous !== undefined && log.transactionIndex < previous.transactionIndex) {
      throw untrusted(height, `has its logs ${previous.logIndex} and ${log.logIndex} out of order`)
    }
    previous = log
    return readLog(log, height, wanted)
  })
}

function readLog(log: Log, height: number, wanted: Wanted): RawLog {
  const { logIndex, address, topics, data, transactionHash, transaction } = log
  if (!isLowerData(address, 20) || !isLowerData(data) || !isLowerData(transactionHash, 32)) {
    throw malformed(height, `has a log ${logIndex} that is none`)
  }
  if (topics === undefined || topics.length > 4 || !topics.every((topic) => isLowerData(topic, 32))) {
    throw malformed(height, `has a log ${logIndex} whose topics are none`)
  }
  const raw = { address, topics, data, logIndex, transactionHash }
  if (!matchesFilter(raw, wanted.exactly)) {
    throw untrusted(height, `has a log ${logIndex} that was not asked for`)
  }
  if (transaction?.from !== undefined)
    return { ...raw, transaction: { from: transaction.from, to: transaction.to } }
  // Without it, who called is not known, and a bridge's burn would be counted as somebody else's.
  if (matchesFilter(raw, wanted.withTransaction)) {
    throw malformed(height, `lacks the transaction of its log ${logIndex}`)
  }
  return raw
}

function untrusted(height: number, what: string): BadAnswer {
  return new BadAnswer('untrusted', `its block ${height} ${what}`)
}

function malformed(height: number, what: string): BadAnswer {
  return new BadAnswer('malformed', `its block ${height} ${what}`)
}
