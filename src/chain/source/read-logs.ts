import type { Hash } from '../../core/address'
import { inHex } from '../rpc/hex'
import type { LogFilter, NodeLog } from '../rpc/node-types'
import type { EndpointName, Rpc } from '../rpc/rpc'
import { checkLogs } from '../verify/check-logs'
import { sameLogs } from '../verify/check-receipts'
import { matchesFilter } from '../verify/matches-filter'
import { Disagreement } from './disagreement'
import type { Wanted } from './wanted-logs'

/** The wanted logs of one block, in log order. */
export interface BlockLogs {
  readonly number: number
  readonly hash: Hash
  readonly logs: readonly NodeLog[]
}

/** Wanted logs by block, blocks ascending; and who said so. */
export interface LogsRead {
  readonly blocks: readonly BlockLogs[]
  readonly endpoints: ReadonlySet<EndpointName>
}

interface Asking {
  readonly avoid?: ReadonlySet<EndpointName>
  readonly priority?: number
}

/**
 * Reads the wanted logs of the blocks from `fromBlock` up to and including `toBlock`.
 * @throws RangeTooLarge if an endpoint does not give the logs of so many blocks at once
 * @throws Disagreement if the answers to its questions do not fit each other
 */
export function readLogs(
  rpc: Rpc,
  { fromBlock, toBlock }: { fromBlock: number; toBlock: number },
  wanted: Wanted,
  asking: Asking = {},
): Promise<LogsRead> {
  const place = { fromBlock: inHex(fromBlock), toBlock: inHex(toBlock) }
  return ask(rpc, wanted, place, asking, (logs, filters) => checkLogs(logs, { fromBlock, toBlock, filters }))
}

/** Reads the wanted logs of one block by its hash (EIP-234), so that they cannot be those of another one. */
export async function readLogsOf(
  rpc: Rpc,
  { number, hash }: { number: number; hash: Hash },
  wanted: Wanted,
  asking: Asking = {},
): Promise<{ readonly logs: readonly NodeLog[]; readonly endpoints: ReadonlySet<EndpointName> }> {
  const { blocks, endpoints } = await ask(rpc, wanted, { blockHash: hash }, asking, (logs, filters) =>
    checkLogs(logs, { blockHash: hash, blockNumber: number, filters }),
  )
  return { logs: blocks[0]?.logs ?? [], endpoints }
}

async function ask(
  rpc: Rpc,
  wanted: Wanted,
  place: object,
  asking: Asking,
  check: (logs: unknown, filters: readonly LogFilter[]) => void,
): Promise<LogsRead> {
  const questions = wanted.questions.map(({ addresses, topics }) => ({
    ...place,
    address: addresses,
    topics,
  }))
  const answers = await rpc.callEach<readonly NodeLog[]>(
    'eth_getLogs',
    questions.map((question) => [question]),
    { ...asking, check: (logs, index) => check(logs, wanted.questions.slice(index, index + 1)) },
  )
  const endpoints = new Set(answers.map(({ endpoint }) => endpoint))
  const logs = answers.map(({ value }) => value.filter((log) => matchesFilter(log, wanted.exactly)))
  return { blocks: byBlock(joined(logs, endpoints), endpoints), endpoints }
}

/** The answers to several questions as one: in chain order, and each log once (a Transfer may answer two questions). */
function joined(
  answers: readonly (readonly NodeLog[])[],
  endpoints: ReadonlySet<EndpointName>,
): readonly NodeLog[] {
  const told = answers.filter((logs) => logs.length > 0)
  if (told.length <= 1) return told[0] ?? []
  const logs = told
    .flat()
    .sort((a, b) => Number(a.blockNumber) - Number(b.blockNumber) || Number(a.logIndex) - Number(b.logIndex))
  return logs.filter((log, index) => {
    const previous = logs[index - 1]
    if (previous?.logIndex !== log.logIndex || previous.blockNumber !== log.blockNumber) return true
    const difference = sameLogs([previous], [log])
    if (difference !== undefined)
      throw new Disagreement(`a log is told in two ways: ${difference}`, endpoints)
    return false
  })
}

function byBlock(logs: readonly NodeLog[], endpoints: ReadonlySet<EndpointName>): BlockLogs[] {
  const blocks: { number: number; hash: Hash; logs: NodeLog[] }[] = []
  let number: string | undefined
  for (const log of logs) {
    const last = blocks.at(-1)
    if (last === undefined || log.blockNumber !== number) {
      number = log.blockNumber
      blocks.push({ number: Number(number), hash: log.blockHash, logs: [log] })
    } else if (log.blockHash !== last.hash) {
      throw new Disagreement(`block ${last.number} is ${last.hash} and ${log.blockHash}`, endpoints)
    } else {
      last.logs.push(log)
    }
  }
  return blocks
}
