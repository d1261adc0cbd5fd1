import type { EconomyFile } from '../../../config/economy-file'
import type { ExportRange } from '../../../core/datasets/export-range'
import { isoOf } from '../../../core/iso-time'
import type { AccountingSource } from '../accounting-source'
import { closingTransaction, readClosing } from './closing-transaction'
import { type Commodities, commoditiesOf } from './commodity'
import { dateOf } from './event-transaction'
import { flowTransaction, pickFlow } from './flow-transaction'
import { readMemos } from './memos'
import { openingTransactions } from './opening-transaction'
import { preamble } from './preamble'
import { balanceBefore, walletBalances } from './wallet-balances'

/**
 * A journal of the treasury for hledger: each flow by its purpose with the balance that the treasury has to have after it, and
 * beside the books what the buyback wallets bought and burned. One that begins in the midst of history opens with what was there.
 * @returns in the end, how many transactions there are
 * @throws SymbolUnusable (E7072), FlowsContradictory (E7073)
 */
export async function* treasuryJournal(
  source: AccountingSource,
  range: ExportRange,
  economy: EconomyFile,
): AsyncGenerator<Uint8Array, number> {
  const commodities = commoditiesOf(economy)
  let count = 0
  yield Buffer.from(preamble(range, economy, commodities))
  for await (const texts of transactions(source, range, economy, commodities)) {
    count += texts.length
    yield Buffer.from(texts.join(''))
  }
  return count
}

async function* transactions(
  source: AccountingSource,
  range: ExportRange,
  { policy }: EconomyFile,
  commodities: Commodities,
): AsyncGenerator<readonly string[]> {
  const { startBlock, treasury } = policy
  const closing = await readClosing(source, range)
  const memos = await readMemos(source, range, commodities)
  const balances = walletBalances(treasury)
  let isOpen = false
  const open = (treasuryHad: bigint, date: string): string[] => {
    isOpen = true
    balances.open(treasuryHad, range.fromBlock)
    const { firstDate = date } = memos
    return openingTransactions(balances.list(), firstDate < date ? firstDate : date, commodities.stable)
  }
  // Of one wallet the balance is the treasury's. What each of several had before the range, only their earlier flows tell.
  const fromBlock = treasury.size > 1 ? Math.min(startBlock, range.fromBlock) : range.fromBlock
  for await (const rows of source.rows('treasury_flows', { ...range, fromBlock })) {
    const texts: string[] = []
    for (const flow of rows.map(pickFlow)) {
      if (Number(flow.block_number) >= range.fromBlock) {
        if (!isOpen) texts.push(...open(balanceBefore(flow), dateOf(flow.block_timestamp)))
        texts.push(...memos.before(flow), flowTransaction(flow, commodities.stable))
      }
      balances.apply(flow)
    }
    yield texts
  }
  const opening = isOpen ? [] : open(BigInt(closing.treasury_balance), dateOf(isoOf(range.toTimestamp)))
  const isWhole = range.fromBlock <= startBlock
  yield [...opening, ...memos.before(), closingTransaction(closing, balances, range, commodities, isWhole)]
}
