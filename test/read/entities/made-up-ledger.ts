import { account, entryRow, setDeployment, setHead, snapshotRow, timeOf } from '../../support/small-economy'
import type { TestTables } from '../../support/tables'

/** A transfer as the API tells it. */
export interface MadeUpTransfer {
  readonly id: string
  readonly blockNumber: number
  readonly logIndex: number
  readonly timestamp: number
  readonly transactionHash: string
  readonly from: string
  readonly to: string
  readonly value: bigint
  readonly fromBalance: bigint | null
  readonly toBalance: bigint | null
}

export const PARTIES = ['0', 'a', 'b', 'c', 'd'].map((digit) => account(digit))
/** Balances of those parties that have an account. */
export const BALANCES: ReadonlyMap<string, bigint> = new Map([
  [account('a'), 10n],
  [account('b'), 10n ** 30n],
  [account('c'), 0n],
])
export const LAST_BLOCK = 124

/** Sixty transfers in 25 blocks: few parties and few values, so that most comparisons meet equals. */
export const TRANSFERS: readonly MadeUpTransfer[] = Array.from({ length: 60 }, (_, index) => {
  const blockNumber = 100 + Math.floor(index / 2.4)
  const logIndex = index
  const row = entryRow(blockNumber, logIndex)
  const pick = (factor: number) =>
    PARTIES[(index * factor + Math.floor(index / 7)) % PARTIES.length] ?? account('a')
  const from = pick(3)
  const to = pick(2)
  const balance = (party: string, factor: number) =>
    party === account('0') ? null : BigInt((index * factor) % 4) * 10n ** 20n
  return {
    id: String(row.id),
    blockNumber,
    logIndex,
    timestamp: timeOf(blockNumber),
    transactionHash: String(row.transaction_hash),
    from,
    to,
    value: BigInt((index * 7) % 5) * 10n ** 25n,
    fromBalance: balance(from, 5),
    toBalance: balance(to, 11),
  }
})

export async function fillMadeUpLedger(tables: TestTables): Promise<void> {
  await setDeployment(tables)
  await setHead(tables, LAST_BLOCK)
  for (const block of new Set(TRANSFERS.map(({ blockNumber }) => blockNumber))) {
    await tables.insert('snapshot', snapshotRow(block))
  }
  await tables.insert(
    'transfer',
    ...TRANSFERS.map(({ blockNumber, logIndex, from, to, value, fromBalance, toBalance }) => ({
      ...entryRow(blockNumber, logIndex),
      from,
      to,
      value,
      from_balance: fromBalance,
      to_balance: toBalance,
    })),
  )
  for (const [id, balance] of BALANCES) {
    await tables.insert('account', {
      id,
      balance,
      staked: 0n,
      rewards_paid: 0n,
      first_block: 100,
      last_block: LAST_BLOCK,
    })
  }
}
