import type { Address } from '../core/address'
import type { AsOf } from './as-of'
import { amountOrNull, type RunQuery } from './row'

/** One account's figures at a block; 0 where no event has named it. */
export interface AccountAt {
  readonly address: Address
  /** Token base units. */
  readonly balance: bigint
  /** Token base units. */
  readonly staked: bigint
  /** Reward token base units. */
  readonly rewardsPaid: bigint
}

/** Where an event stands in the chain. */
export interface ChainPosition {
  readonly blockNumber: number
  readonly logIndex: number
}

/**
 * The newest row of one ledger that names the account, before a position: an index lookup. The account is part of
 * the order, and compared only afterwards: given `party = $1 … order by block_number`, PostgreSQL would walk the
 * whole ledger back from the block to find an account that used to be in it often and no longer is.
 */
function latest(table: string, party: string, figure: string): string {
  return `(select block_number, log_index, figure from (
    select ${party} as party, block_number, log_index, ${figure} as figure from ${table}
    where (${party}, block_number, log_index) < ($1, $2, $3)
    order by ${party} desc, block_number desc, log_index desc limit 1
  ) as newest where party = $1)`
}

// A burn that has a Transfer sits at the Transfer's log index and states the same balance, so that burns need
// no filter on their evidence: one would have to skip every such burn of a busy burner.
const ACCOUNT = `
select
  (
    select figure from (
      ${latest('transfer', '"from"', 'from_balance')}
      union all ${latest('transfer', '"to"', 'to_balance')}
      union all ${latest('burn', 'burner', 'burner_balance')}
    ) as balances
    order by block_number desc, log_index desc limit 1
  ) as balance,
  (select figure from ${latest('stake', 'account', 'account_staked')} as stakes) as staked,
  (select figure from ${latest('reward', 'account', 'account_rewards_paid')} as rewards) as rewards_paid`

/** An account's figures at a block, from the running values of the ledger: five index lookups, one statement. */
export function accountAt(query: RunQuery, asOf: AsOf, address: Address): Promise<AccountAt> {
  return accountBefore(query, { blockNumber: asOf.block + 1, logIndex: 0 }, address)
}

/** An account's figures before an event. */
export async function accountBefore(
  query: RunQuery,
  { blockNumber, logIndex }: ChainPosition,
  address: Address,
): Promise<AccountAt> {
  const [row = {}] = await query(ACCOUNT, [address, blockNumber, logIndex], 'account')
  return {
    address,
    balance: amountOrNull(row, 'balance') ?? 0n,
    staked: amountOrNull(row, 'staked') ?? 0n,
    rewardsPaid: amountOrNull(row, 'rewards_paid') ?? 0n,
  }
}
