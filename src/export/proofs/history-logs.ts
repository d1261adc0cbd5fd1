import { dataRequests } from '../../chain/data-requests'
import { decodeLog, type RawLog } from '../../chain/decode-log'
import { eventSources } from '../../chain/event-sources'
import type { LogFilter } from '../../chain/rpc/node-types'
import type { HistoryRange } from '../../chain/source/ranges-in-order'
import { wantedOf } from '../../chain/source/wanted-logs'
import { matchesFilter } from '../../chain/verify/matches-filter'
import type { EconomyFile } from '../../config/economy-file'
import type { EconomyEvent } from '../../core/events'

/** Which logs of a chain make up the history of an economy, and what they say. */
export interface HistoryLogs {
  /** What to ask nodes for, of these blocks, both ends included; ascending. */
  parts(fromBlock: number, toBlock: number): readonly HistoryRange[]
  /** Of which the logs of a block have to be one to count. */
  filtersAt(block: number): readonly LogFilter[]
  /**
   * The events that logs of a block say, in the order of the logs.
   * @throws LogUndecodable (E3001)
   */
  events(logs: readonly RawLog[], block: number): EconomyEvent[]
}

/** The rules of an economy file, as the indexer has them: the same requests, the same decoding. */
export function historyLogs(economy: EconomyFile): HistoryLogs {
  const sources = eventSources(economy)
  const decode = (log: RawLog, block: number): EconomyEvent | undefined => decodeLog(log, sources, block)
  const asked = dataRequests(economy).map(({ range: { from, to = Number.POSITIVE_INFINITY }, request }) => {
    // Who called does not enter the digest, and a block without events has nothing to prove.
    return { from, to, wanted: { ...wantedOf(request, decode), withTransaction: [], allBlocks: false } }
  })
  const filtersAt = (block: number): readonly LogFilter[] =>
    asked.find(({ from, to }) => from <= block && block <= to)?.wanted.exactly ?? []
  return {
    parts: (fromBlock, toBlock) =>
      asked
        .map(({ from, to, wanted }) => {
          return { fromBlock: Math.max(from, fromBlock), toBlock: Math.min(to, toBlock), wanted }
        })
        .filter((part) => part.fromBlock <= part.toBlock),
    filtersAt,
    events(logs, block) {
      const filters = filtersAt(block)
      return logs
        .filter((log) => matchesFilter(log, filters))
        .map((log) => decode(log, block))
        .filter((event) => event !== undefined)
    },
  }
}
