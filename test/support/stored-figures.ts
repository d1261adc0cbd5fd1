import type { Client } from 'pg'
import { type Figures, SUPPLY_FIGURES } from './ground-truth'

/** The part of `GroundTruth.figuresAt` that is stored for each block with events, as the indexer wrote it. */
export interface StoredFigures {
  readonly supply: Figures['supply']
  readonly treasury: Figures['treasury']
  readonly staking: Pick<Figures['staking'], 'staked' | 'rewardsPaid'>
  readonly buyback: Pick<Figures['buyback'], 'spent' | 'burned' | 'paid' | 'bought'>
  readonly price: Figures['price']
}

/** Reads the last snapshot at or before a block. */
export async function storedFigures(database: Client, block: number): Promise<StoredFigures> {
  const { rows } = await database.query<Record<string, string | number | null>>(
    'SELECT * FROM snapshot WHERE block_number <= $1 ORDER BY block_number DESC LIMIT 1',
    [block],
  )
  const text = (name: string): string => {
    const value = rows[0]?.[name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]
    if (typeof value !== 'string') throw new TypeError(`no ${name} is stored for block ${block}`)
    return value
  }
  return {
    supply: Object.fromEntries(SUPPLY_FIGURES.map((name) => [name, text(name)])) as Figures['supply'],
    treasury: {
      balance: text('treasuryBalance'),
      revenue: text('treasuryRevenue'),
      internalInflow: text('treasuryInternalInflow'),
      outflow: {
        buyback: text('treasuryOutflowBuyback'),
        rewards: text('treasuryOutflowRewards'),
        other: text('treasuryOutflowOther'),
      },
    },
    staking: { staked: text('staked'), rewardsPaid: text('rewardsPaid') },
    buyback: {
      spent: text('treasuryOutflowBuyback'),
      burned: text('burnedByBuyback'),
      paid: text('buybackPaid'),
      bought: text('buybackBought'),
    },
    price: {
      price: rows[0]?.price as string | null,
      source: rows[0]?.price_source as Figures['price']['source'],
      block: rows[0]?.price_block as number | null,
    },
  }
}
