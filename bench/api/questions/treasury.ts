import { type Ask, question, type Wire } from '../harness/question'
import { sampleBlocks } from './sample'
import { graphql, type Json, statement } from './wires'

const FIGURES = ['balance', 'revenue', 'internalInflow'] as const
const OUTFLOW = ['buyback', 'rewards', 'other'] as const
const OURS = `
  treasury(block: $block) {
    asOf { snapshot { block hash timestamp } }
    ${FIGURES.map((name) => `${name} { baseUnits }`).join(' ')}
    outflow { ${OUTFLOW.map((name) => `${name} { baseUnits }`).join(' ')} }
  }`
const THEIRS = `
  snapshots(limit: 1, orderBy: blockNumber_DESC, where: $where) {
    blockNumber hash timestamp
    treasuryBalance treasuryRevenue treasuryInternalInflow
    treasuryOutflowBuyback treasuryOutflowRewards treasuryOutflowOther
  }`
const COLUMNS = [
  'block_number',
  'hash',
  'timestamp',
  'treasury_balance',
  'treasury_revenue',
  'treasury_internal_inflow',
  'treasury_outflow_buyback',
  'treasury_outflow_rewards',
  'treasury_outflow_other',
]

interface Amount {
  readonly baseUnits: string
}
type Treasury = Readonly<Record<(typeof FIGURES)[number], Amount>> & {
  readonly asOf: {
    readonly snapshot: { readonly block: number; readonly hash: string; readonly timestamp: string }
  }
  readonly outflow: Readonly<Record<(typeof OUTFLOW)[number], Amount>>
}

/** A treasury figure of REST is flat, and named as in GraphQL. */
const rest: Wire<undefined> = {
  ask: (): Ask => ({ path: '/api/treasury' }),
  rows: (body: Json) => {
    const { block, hash, timestamp } = body.asOf as Json
    const outflow = OUTFLOW.map((name) => body[`outflow${name.charAt(0).toUpperCase()}${name.slice(1)}`])
    const cells = [
      block,
      hash,
      Date.parse(String(timestamp)),
      ...FIGURES.map((name) => body[name]),
      ...outflow,
    ]
    return [cells.map(String)]
  },
} as Wire<undefined>

const oursAt = graphql<number | undefined>(
  `query ($block: BlockInput) { ${OURS} }`,
  (number) => (number === undefined ? {} : { block: { number } }),
  ({ treasury }: { readonly treasury: Treasury }) => {
    const { block, hash, timestamp } = treasury.asOf.snapshot
    const figures = FIGURES.map((name) => treasury[name].baseUnits)
    return [[block, hash, timestamp, ...figures, ...OUTFLOW.map((name) => treasury.outflow[name].baseUnits)]]
  },
)

const theirsAt = graphql<number | undefined>(
  `query ($where: SnapshotWhereInput) { ${THEIRS} }`,
  (number) => (number === undefined ? {} : { where: { blockNumber_lte: number } }),
  ({ snapshots }: { readonly snapshots: readonly Json[] }) => snapshots.map((row) => Object.values(row)),
)

const everyone = async () => [undefined]

export const restTreasury = question<undefined>({
  name: '/api/treasury',
  describes: 'what everybody looks at first, by REST; of the others, the same figures by GraphQL and by SQL',
  parameters: everyone,
  wires: { ashao: rest, openreader: theirsAt, sql: statement('treasury', () => [], COLUMNS) },
  atBothSizes: false,
  targets: { rate: 8_000 },
})

export const treasury = question<undefined>({
  name: 'treasury',
  describes: 'the treasury now, by GraphQL',
  parameters: everyone,
  wires: { ashao: oursAt, openreader: theirsAt, sql: statement('treasury', () => [], COLUMNS) },
  atBothSizes: false,
  targets: { overPeer: 3 },
})

export const treasuryAsOf = question<number>({
  name: 'treasury as of a block',
  describes: 'the treasury at a block somewhere in the history, another one in each request',
  parameters: (database, count) => sampleBlocks(database, count),
  wires: {
    ashao: oursAt,
    openreader: theirsAt,
    sql: statement('treasuryAt', (block) => [block], COLUMNS),
  },
  atBothSizes: true,
  targets: { overPeer: 3, p99OverSmall: 2 },
})
