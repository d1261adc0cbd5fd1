import type { EconomyFile } from '../../../config/economy-file'
import type { ExportRange } from '../../../core/datasets/export-range'
import { spellTime } from '../../../core/datasets/spell-cell'
import type { AccountingSource } from '../accounting-source'
import { accountDirectives, OPENING, TREASURY, walletAccount } from './accounts'
import { closingTransaction, readClosing } from './closing-transaction'
import { amountOf, type Commodity, commoditiesOf, commodityDirective } from './commodity'
import { dateOf } from './event-transaction'
import { type Flow, flowTransaction, holds, pickFlow } from './flow-transaction'
import { byPlace, readMemos } from './memos'
import { transactionText } from './transaction'
import { balanceBefore, type WalletBalances, walletBalances } from './wallet-balances'

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
  const { policy } = economy
  const commodities = commoditiesOf(economy)
  const closing = await readClosing(source, range)
  const memos = await readMemos(source, range, commodities)
  const balances = walletBalances(policy.treasury)
  const isWhole = range.fromBlock <= policy.startBlock
  let count = 0
  let nextMemo = 0
  let isOpen = false

  const open = (total: bigint, date: string): string => {
    isOpen = true
    balances.open(total, range.fromBlock)
    const first = memos[0]?.date ?? date
    return total === 0n && balances.list().every(([, balance]) => balance === 0n)
      ? ''
      : told(openingTransaction(balances, total, first < date ? first : date, commodities.stable))
  }
  const told = (text: string): string => {
    count += 1
    return text
  }
  const memosBefore = (flow: Flow | undefined): string => {
    let texts = ''
    for (let memo = memos[nextMemo]; memo !== undefined; memo = memos[nextMemo]) {
      if (flow !== undefined && byPlace(memo, flow) > 0) break
      texts += told(memo.text)
      nextMemo += 1
    }
    return texts
  }

  yield Buffer.from(preamble(range, economy))
  for await (const rows of source.rows('treasury_flows', readRange(range, economy))) {
    let texts = ''
    for (const flow of rows.map(pickFlow)) {
      if (Number(flow.block_number) >= range.fromBlock) {
        if (!isOpen) texts += open(balanceBefore(flow), dateOf(flow.block_timestamp))
        texts += memosBefore(flow) + told(flowTransaction(flow, commodities.stable))
      }
      balances.apply(flow)
    }
    yield Buffer.from(texts)
  }
  let end = isOpen ? '' : open(BigInt(closing.treasury_balance), dateOf(spellTime(range.toTimestamp)))
  end += memosBefore(undefined) + told(closingTransaction(closing, balances, range, commodities, isWhole))
  yield Buffer.from(end)
  return count
}

/** Of one wallet the balance is the treasury's. What each of several had before the range, only their earlier flows tell. */
function readRange(range: ExportRange, { policy }: EconomyFile): ExportRange {
  return policy.treasury.size > 1
    ? { ...range, fromBlock: Math.min(policy.startBlock, range.fromBlock) }
    : range
}

function openingTransaction(
  balances: WalletBalances,
  total: bigint,
  date: string,
  stable: Commodity,
): string {
  const postings = balances
    .list()
    .filter(([, balance]) => balance !== 0n)
    .map(([wallet, balance]) => ({ account: walletAccount(wallet), amount: amountOf(balance, stable) }))
  return transactionText({
    date,
    description: 'opening balances',
    tags: [],
    postings: [
      ...postings,
      { account: OPENING, amount: amountOf(-total, stable) },
      holds(TREASURY, total, stable, '=*'),
    ],
  })
}

function preamble(range: ExportRange, economy: EconomyFile): string {
  const { contracts, policy, chain } = economy
  const { stable, token } = commoditiesOf(economy)
  const lines = [
    `The treasury of token ${contracts.token.address} on chain ${chain.id}, in ${stable.name} (${contracts.stable.address}).`,
    `Blocks ${range.fromBlock} to ${range.toBlock}, ${range.toBlockHash}.`,
    `History digest before ${range.digest.before}, after ${range.digest.after}.`,
    'Dates are days in UTC. After each flow the balance of all wallets is asserted, and that of each at the end.',
    policy.partial.stable
      ? `What came and went before block ${contracts.stable.startBlock} is missing: balances are what changed since.`
      : 'It is what balanceOf of the stable asset says of them at that block.',
    'In brackets, beside the books: what buyback wallets paid, got and burned. hledger --real leaves it out.',
  ]
  const directives = ['decimal-mark .\n', commodityDirective(stable), commodityDirective(token)]
  return `${lines.map((line) => `; ${line}\n`).join('')}\n${directives.join('')}\n${accountDirectives(policy)}\n`
}
