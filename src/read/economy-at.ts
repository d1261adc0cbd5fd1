import type { Economy } from '../core/economy'
import { STAKE_EVENTS, UNSTAKE_EVENTS } from '../core/events'
import { sqlColumn } from '../core/figures'
import type { AsOf } from './as-of'
import { columnList } from './column-list'
import {
  amount,
  amountOrNull,
  hexOrNull,
  oneOf,
  oneOfOrNull,
  type Row,
  type RunQuery,
  whole,
  wholeOrNull,
} from './row'

/** Every cumulative figure, and the parent of the block that they were written down at. */
export interface EconomyAt {
  readonly economy: Economy
  /** Null where the block was read without its header. */
  readonly parentHash: string | null
}

const SNAPSHOT = `select ${columnList('Snapshot')} from snapshot where block_number = $1`

/** Every cumulative figure at a block: one index lookup, at any length of history. */
export async function economyAt(query: RunQuery, asOf: AsOf): Promise<EconomyAt> {
  const [row] = await query(SNAPSHOT, [asOf.snapshot.block], 'snapshot')
  if (row === undefined) throw new Error(`snapshot ${asOf.snapshot.block} is gone within one transaction`)
  return economyIn(row)
}

/** What a row of `snapshot` says. */
export function economyIn(row: Row): EconomyAt {
  return { economy: economyOf(row), parentHash: hexOrNull(row, 'parent_hash') }
}

type Decoders = { readonly [Field in keyof Economy]: (row: Row, column: string) => Economy[Field] }

/** How each figure is read from its column of `snapshot`. */
const DECODERS: Decoders = {
  eventCount: whole,
  transferCount: whole,
  stakeCount: whole,
  upgradeCount: whole,
  genesisBlock: wholeOrNull,
  minted: amount,
  mintedAfterGenesis: amount,
  mintedByBridge: amount,
  destroyed: amount,
  totalSupply: amount,
  cumulativeBurn: amount,
  burnedByBuyback: amount,
  burnedByBridge: amount,
  burnedByOther: amount,
  deadBurn: amount,
  outstandingSupply: amount,
  excludedBalance: amount,
  circulatingSupply: amount,
  liquidFloat: amount,
  balanceSum: amount,
  holders: whole,
  staked: amount,
  stakeEvent: (row, column) => oneOfOrNull(row, column, STAKE_EVENTS),
  unstakeEvent: (row, column) => oneOfOrNull(row, column, UNSTAKE_EVENTS),
  excludedStake: amount,
  stakeSum: amount,
  stakeSeconds: amount,
  unpricedStakeSeconds: amount,
  stakeValueSeconds: amount,
  stakers: whole,
  rewardsPaid: amount,
  treasuryBalance: amount,
  treasuryRevenue: amount,
  treasuryInternalInflow: amount,
  treasuryOutflowBuyback: amount,
  treasuryOutflowRewards: amount,
  treasuryOutflowOther: amount,
  buybackPaid: amount,
  buybackBought: amount,
  price: amountOrNull,
  priceSource: (row, column) => oneOfOrNull(row, column, ['BUYBACK', 'PAIR']),
  priceBlock: wholeOrNull,
  burnMode: (row, column) => oneOf(row, column, ['UNKNOWN', 'TRANSFER', 'BURN_EVENT']),
}

const FIGURES = Object.entries(DECODERS).map(([name, decode]) => ({ name, column: sqlColumn(name), decode }))

/** Decodes a row of `snapshot`. */
export function economyOf(row: Row): Economy {
  const economy: Record<string, unknown> = {}
  for (const { name, column, decode } of FIGURES) economy[name] = decode(row, column)
  return economy as unknown as Economy
}

/** Of a row of `snapshot`, each figure when it is asked for. */
class UndecodedEconomy {
  constructor(readonly row: Row) {}
}
for (const { name, column, decode } of FIGURES) {
  Object.defineProperty(UndecodedEconomy.prototype, name, {
    get(this: UndecodedEconomy) {
      return decode(this.row, column)
    },
  })
}

/**
 * An economy of which only the figures are decoded that are asked for; one whose column was not read fails loudly. It is to
 * be looked at alone: copied, it would lose its figures.
 */
export function undecodedEconomy(row: Row): Economy {
  return new UndecodedEconomy(row) as unknown as Economy
}
