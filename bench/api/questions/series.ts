import { createRandom } from '../../ingest/simulator/random'
import { question } from '../harness/question'
import { graphql, type Json, statement } from './wires'

const DAY = 86_400
const DAYS = 365

interface Year {
  /** Unix seconds somewhere in the first day, and in the last one. */
  readonly from: number
  readonly to: number
  /** The last block of each day. */
  readonly blocks: readonly number[]
}

const isoOf = (seconds: number): string => new Date(seconds * 1_000).toISOString()
const dayOf = (seconds: number): number => seconds - (seconds % DAY)

interface Closing {
  readonly treasury: { readonly balance: Amount; readonly revenue: Amount }
  readonly supply: { readonly totalSupply: Amount; readonly cumulativeBurn: Amount }
  readonly staking: { readonly staked: Amount; readonly rewardsPaid: Amount }
}
interface Amount {
  readonly baseUnits: string
}

export const dailySeries = question<Year>({
  name: 'series of 365 days',
  describes:
    'six figures at the end of each of 365 days, other days in each request; OpenReader, which has no series, is told the blocks',
  async parameters(database, count) {
    const { rows } = await database.query<{ start: number; block: number }>(
      `select extract(epoch from start)::int as start, closing_block as block from bucket where interval = 'DAY' order by start`,
    )
    const random = createRandom(DAYS)
    return Array.from({ length: count }, () => {
      const days = rows.slice(random.below(rows.length - DAYS)).slice(0, DAYS)
      const at = (day: number): number => (days.at(day)?.start ?? 0) + random.below(DAY)
      return { from: at(0), to: at(-1), blocks: days.map(({ block }) => block) }
    })
  },
  wires: {
    ashao: graphql(
      `query ($from: DateTime, $to: DateTime) {
        series(interval: day, from: $from, to: $to) {
          start closingBlock
          closing {
            treasury { balance { baseUnits } revenue { baseUnits } }
            supply { totalSupply { baseUnits } cumulativeBurn { baseUnits } }
            staking { staked { baseUnits } rewardsPaid { baseUnits } }
          }
        }
      }`,
      ({ from, to }) => ({ from: isoOf(from), to: isoOf(to) }),
      ({ series }: { readonly series: readonly (Json & { readonly closing: Closing })[] }) =>
        series.map(({ closingBlock, closing: { treasury, supply, staking } }) => [
          closingBlock,
          treasury.balance.baseUnits,
          treasury.revenue.baseUnits,
          supply.totalSupply.baseUnits,
          supply.cumulativeBurn.baseUnits,
          staking.staked.baseUnits,
          staking.rewardsPaid.baseUnits,
        ]),
    ),
    openreader: graphql(
      `query ($where: SnapshotWhereInput) {
        snapshots(limit: ${DAYS}, orderBy: blockNumber_ASC, where: $where) {
          blockNumber treasuryBalance treasuryRevenue totalSupply cumulativeBurn staked rewardsPaid
        }
      }`,
      ({ blocks }) => ({ where: { blockNumber_in: blocks } }),
      ({ snapshots }: { readonly snapshots: readonly Json[] }) => snapshots.map((row) => Object.values(row)),
    ),
    sql: statement('series', ({ from, to }) => [dayOf(from), dayOf(to)], [
      'block_number',
      'treasury_balance',
      'treasury_revenue',
      'total_supply',
      'cumulative_burn',
      'staked',
      'rewards_paid',
    ]),
  },
  atBothSizes: false,
  targets: { overPeer: 3 },
})
