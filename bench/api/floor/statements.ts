const TREASURY = `
select block_number, hash, timestamp, treasury_balance, treasury_revenue, treasury_internal_inflow,
  treasury_outflow_buyback, treasury_outflow_rewards, treasury_outflow_other
from snapshot`

const TRANSFER = 'id, block_number, log_index, timestamp, transaction_hash, "from", "to", value'
const EVENT = 'id, block_number, log_index, timestamp, transaction_hash'

/** One ledger's part of a statement: an index walk of its own. */
const part = (table: string, party: string, columns: string): string => `
(select ${EVENT}, ${columns} from ${table}
where ${party} = $1 order by block_number desc, log_index desc limit 100)`

/** The same rows as the questions ask for, each by the plain SQL query that somebody would write by hand. */
export const STATEMENTS = {
  one: 'select 1',
  treasury: `${TREASURY} order by block_number desc limit 1`,
  /** $1: block number */
  treasuryAt: `${TREASURY} where block_number <= $1::int order by block_number desc limit 1`,
  /** $1: least value, $2: the block behind the page */
  transfers: `
select ${TRANSFER} from transfer
where value >= $1::numeric and block_number < $2::int
order by block_number desc, log_index desc limit 100`,
  /** $1: account */
  statement: `select * from (
${part('transfer', '"from"', '"to" as other, value, from_balance as balance')} union
${part('transfer', '"to"', '"from", value, to_balance')} union all
${part('stake', 'account', 'action, amount, null')} union all
${part('reward', 'account', 'null, amount, null')}
) as events order by block_number desc, log_index desc limit 100`,
  /** $1 and $2: unix seconds that the first and the last day begin with */
  series: `
select bucket.start, snapshot.block_number, treasury_balance, treasury_revenue, total_supply, cumulative_burn, staked,
  rewards_paid
from bucket join snapshot on snapshot.block_number = bucket.closing_block
where bucket.interval = 'DAY' and bucket.start between to_timestamp($1::bigint) and to_timestamp($2::bigint)
order by bucket.start`,
} as const

export type StatementName = keyof typeof STATEMENTS
