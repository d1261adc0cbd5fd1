import type { VerificationSetting } from '../../config/verification'
import type { BlockCoverage } from '../../core/coverage'
import type { NodeHeader } from '../rpc/node-types'
import { RangeTooLarge, type Rpc } from '../rpc/rpc'
import { assembleBlock } from './assemble-block'
import { Disagreement } from './disagreement'
import { EMPTY } from './hold-against-blooms'
import { proveByBloom, proveByReceipts } from './prove-logs'
import { readEvents } from './read-events'
import { briefly } from './read-headers'
import { type BlockLogs, type LogsRead, readLogs, readLogsOf } from './read-logs'
import type { SourceBlock } from './source-block'
import { verificationName } from './verification-name'
import type { Wanted } from './wanted-logs'

/** Up to so many blocks, logs are asked for by block hash, which no reorganisation can change the meaning of. */
const FEW_BLOCKS = 8

/**
 * Reads new blocks whose headers are known: every one of them, with or without wanted logs. Their headers are there
 * anyway, so that a block whose bloom could hold wanted logs is never taken for one without any at the first word.
 * @param headers consecutive and linked, with the same logs wanted of each
 * @throws Disagreement if the logs are of other blocks, as while the chain is being reorganised
 */
export async function readHotBlocks(
  rpc: Rpc,
  headers: readonly NodeHeader[],
  wanted: Wanted,
  { mode }: VerificationSetting,
): Promise<SourceBlock[]> {
  const read = await logsOf(rpc, headers, wanted)
  const { blocks } =
    mode === 'receipts'
      ? await proveByReceipts(rpc, headers, read, wanted)
      : await proveByBloom(rpc, headers, read, wanted, { isFresh: true, mayBeEmpty: mode !== 'bloom' })
  const decoded = await readEvents(rpc, blocks, wanted, 0)
  const eventsOf = new Map(decoded.map(({ number, events }) => [number, events]))
  return headers.map((header) => {
    const identity = briefly(header)
    const block = assembleBlock(identity, eventsOf.get(identity.number) ?? [])
    return { ...block, coverage: { ...checkedBy(mode), fromBlock: identity.number, source: 'RPC' } }
  })
}

/** Where blooms are but a hint, nothing is claimed of them. */
function checkedBy(mode: VerificationSetting['mode']): Pick<BlockCoverage, 'verification' | 'blocksChecked'> {
  const isChecked = mode === 'receipts' || mode === 'bloom'
  return { verification: verificationName(mode), blocksChecked: Number(isChecked) }
}

async function logsOf(rpc: Rpc, headers: readonly NodeHeader[], wanted: Wanted): Promise<LogsRead> {
  const [first, last] = [headers[0], headers.at(-1)]
  if (first === undefined || last === undefined) return { blocks: [], endpoints: new Set() }
  // By number, a node that lags leaves logs out without a word, and only blooms would tell.
  const hasBlooms = headers.some(({ logsBloom }) => !EMPTY.test(logsBloom))
  if (headers.length > FEW_BLOCKS && hasBlooms) {
    const range = { fromBlock: Number(first.number), toBlock: Number(last.number) }
    try {
      return ofTheseBlocks(await readLogs(rpc, range, wanted), headers)
    } catch (error) {
      if (!(error instanceof RangeTooLarge)) throw error
    }
  }
  const answers = await Promise.all(
    headers.map(async ({ number, hash }) => {
      const block = { number: Number(number), hash }
      return { block, ...(await readLogsOf(rpc, block, wanted)) }
    }),
  )
  const blocks = answers.map(({ block, logs }): BlockLogs => ({ ...block, logs }))
  return {
    blocks: blocks.filter(({ logs }) => logs.length > 0),
    endpoints: new Set(answers.flatMap(({ endpoints }) => [...endpoints])),
  }
}

function ofTheseBlocks(read: LogsRead, headers: readonly NodeHeader[]): LogsRead {
  const hashes = new Map(headers.map(({ number, hash }) => [Number(number), hash]))
  const other = read.blocks.find(({ number, hash }) => hashes.get(number) !== hash)
  if (other === undefined) return read
  const { number, hash } = other
  throw new Disagreement(`block ${number} is ${hashes.get(number)}, but ${hash} in its logs`, read.endpoints)
}
