import { applyRangeBound } from '@subsquid/util-internal-range'
import { dataRequests } from '../chain/data-requests'
import { type Decode, decodeLog } from '../chain/decode-log'
import { eventSources } from '../chain/event-sources'
import type { HistoryOptions } from '../chain/source/ranges-in-order'
import { readHistory } from '../chain/source/read-history'
import type { SourceBlock } from '../chain/source/source-block'
import { wantedOf } from '../chain/source/wanted-logs'
import type { EconomyFile } from '../config/economy-file'

/**
 * Final history of an economy as nodes tell it, bundle by bundle: every block that has events, from the first one on up
 * to and including `toBlock`, in order. While one bundle is worked on, the next one is read.
 * @throws NodeUntrusted (E3014), ReceiptsUnverifiable (E3017), LogUndecodable (E3001)
 */
export async function* readChain(
  economy: EconomyFile,
  toBlock: number,
  options: HistoryOptions,
): AsyncGenerator<readonly SourceBlock[]> {
  const sources = eventSources(economy)
  const decode: Decode = (log, block) => decodeLog(log, sources, block)
  // The same logs as the indexer asks for: the history digest is of these.
  for (const { range, request } of applyRangeBound(dataRequests(economy), { from: 0, to: toBlock })) {
    const wanted = wantedOf(request, decode)
    const part = { fromBlock: range.from, toBlock: range.to ?? toBlock, wanted }
    for await (const { blocks } of readHistory(part, options)) yield blocks
  }
}
