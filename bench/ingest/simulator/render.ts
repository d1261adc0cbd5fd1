import { type HeaderJson, quantity } from './block-header'
import type { BlockLayout, PlacedLog } from './block-layout'
import { type Cast, PERSON } from './cast'
import { bloomOf, gasUsedBy, statusOf, topicsOf, typeOf } from './receipts'

/** What every object in a block repeats of it. */
export interface BlockFacts {
  readonly number: number
  readonly hash: string
  /** Unix seconds. */
  readonly timestamp: number
  readonly chainId: number
  readonly logTimestamps: boolean
}

/** One log as JSON. */
export function logText(
  cast: Cast,
  log: PlacedLog,
  logIndex: number,
  transactionHash: string,
  block: BlockFacts,
): string {
  const { number, hash, timestamp, logTimestamps } = block
  const time = logTimestamps ? `,"blockTimestamp":"${quantity(timestamp)}"` : ''
  const address = cast.contracts[log.contract]?.text ?? '0x'
  const topics = topicsOf(cast, log).join('","')
  return `{"address":"${address}","topics":["${topics}"],"data":"0x${log.data}","blockNumber":"${quantity(number)}","transactionHash":"${transactionHash}","transactionIndex":"${quantity(log.transactionIndex)}","blockHash":"${hash}"${time},"logIndex":"${quantity(logIndex)}","removed":false}`
}

/** A header as JSON, open at its end: what a block and a message of newHeads have in common. */
export function openHeaderText(header: HeaderJson): string {
  return JSON.stringify(header).slice(0, -1)
}

/** What closes a header to a block whose transactions are named by their hashes. */
export function hashesText({ transactions }: BlockLayout): string {
  const hashes = transactions.map(({ hash }) => `"${hash}"`).join(',')
  return `,"totalDifficulty":"0x0","size":"${quantity(800 + 200 * transactions.length)}","uncles":[],"withdrawals":[],"transactions":[${hashes}]}`
}

/** What closes a header to a block with its transactions in full. */
export function transactionsText(cast: Cast, layout: BlockLayout, block: BlockFacts): string {
  const all = layout.transactions.map((_, index) => transactionText(cast, layout, index, block)).join(',')
  return `,"totalDifficulty":"0x0","size":"0x400","uncles":[],"withdrawals":[],"transactions":[${all}]}`
}

export function transactionText(cast: Cast, layout: BlockLayout, index: number, block: BlockFacts): string {
  const transaction = layout.transactions[index]
  if (transaction === undefined) return 'null'
  const { hash, sender, contract, start } = transaction
  const log = layout.logs[start]
  const receiver = contract < 0 ? cast.address(PERSON.distributor) : cast.contracts[contract]?.text
  const input = log === undefined ? '0x' : `0xa9059cbb${topicsOf(cast, log)[1]?.slice(2) ?? ''}${log.data}`
  return JSON.stringify({
    blockHash: block.hash,
    blockNumber: quantity(block.number),
    from: cast.address(sender),
    gas: '0x30d40',
    gasPrice: '0x3b9aca01',
    hash,
    input,
    nonce: quantity(block.number + index),
    to: receiver,
    transactionIndex: quantity(index),
    value: contract < 0 ? '0xde0b6b3a7640000' : '0x0',
    ...feesOf(typeOf(index)),
    chainId: quantity(block.chainId),
    v: '0x0',
    yParity: '0x0',
    r: hash,
    s: hash,
  })
}

/** The fields of a transaction that its type decides (EIP-2930, EIP-1559). */
function feesOf(type: number): Readonly<Record<string, unknown>> {
  const access = type > 0 ? { accessList: [] } : {}
  const fees = type === 2 ? { maxFeePerGas: '0x77359400', maxPriorityFeePerGas: '0x1' } : {}
  return { type: quantity(type), ...access, ...fees }
}

export function receiptText(cast: Cast, layout: BlockLayout, index: number, block: BlockFacts): string {
  const transaction = layout.transactions[index]
  if (transaction === undefined) return 'null'
  const { hash, sender, contract, start, end } = transaction
  const logs = layout.logs.slice(start, end)
  const receipt = JSON.stringify({
    blockHash: block.hash,
    blockNumber: quantity(block.number),
    contractAddress: null,
    cumulativeGasUsed: quantity(gasUsedBy(index + 1)),
    effectiveGasPrice: '0x3b9aca01',
    from: cast.address(sender),
    gasUsed: quantity(gasUsedBy(1)),
    logsBloom: `0x${bloomOf(cast, logs).toString('hex')}`,
    status: quantity(statusOf(transaction, index)),
    to: contract < 0 ? cast.address(PERSON.distributor) : cast.contracts[contract]?.text,
    transactionHash: hash,
    transactionIndex: quantity(index),
    type: quantity(typeOf(index)),
  })
  const texts = logs.map((log, place) => logText(cast, log, start + place, hash, block))
  return `${receipt.slice(0, -1)},"logs":[${texts.join(',')}]}`
}
