import { createHash } from 'node:crypto'
import type { Address, Hash } from '../../src/core/address'
import { account, ECONOMY, entryRow, setDeployment, snapshotRow } from '../support/small-economy'
import type { TestTables } from '../support/tables'

/** Number of the newest block; the first one is 0. */
export const LAST_BLOCK = 1_000_000
/** 1 January 2024. */
const BEGINNING = 1_704_067_200
const SECONDS_PER_BLOCK = 36
/** So many blocks share one second: more than on the fastest chains of today. */
const BLOCKS_PER_SECOND = 20

/** Sends every second transfer of the whole history. */
export const BUSY = account('b')
/** Took part in every third event of the first half, and never again. */
export const QUIET = account('c')
/** Nothing ever named it. */
export const STRANGER = account('d')

/** An account that there is a row of, however short the history. */
export const HOLDER: Address = `0x${LAST_BLOCK.toString(16).padStart(40, '0')}`

const VESTING = account('e')
export const LONG_ECONOMY = {
  ...ECONOMY,
  policy: {
    ...ECONOMY.policy,
    dead: new Set([account('f')]),
    excluded: [
      { address: VESTING, label: 'Vesting', fromBlock: 0 },
      { address: QUIET, label: 'Grant', fromBlock: 900_000 },
    ],
  },
}

export function timeOfBlock(block: number): number {
  return BEGINNING + SECONDS_PER_BLOCK * (block - (block % BLOCKS_PER_SECOND))
}

/** Hashes of blocks are spread as on a chain, so that neighbours are far apart in the index. */
const HASH = "'0x' || encode(sha256(b::text::bytea), 'hex')"
const TIME = `to_timestamp(${BEGINNING} + ${SECONDS_PER_BLOCK} * (b - b % ${BLOCKS_PER_SECOND}))`
const OTHER = (seed: string) => `'0x' || lpad(to_hex(${seed} % 10000), 40, '0')`
const PARTY = `case when b < ${LAST_BLOCK / 2} and b / step % 3 = 0 then '${QUIET}'
  when b / step % 2 = 0 then '${BUSY}' else ${OTHER('b / step * 79')} end`

/** What differs from row to row; everything else is as in the example that a table is filled from. */
type Columns = Readonly<Record<string, string>>

const PLACE: Columns = {
  id: "lpad(b::text, 10, '0') || '-000000'",
  block_number: 'b',
  timestamp: TIME,
  transaction_hash: HASH,
}

async function fill(
  tables: TestTables,
  table: string,
  step: number,
  example: Readonly<Record<string, unknown>>,
  columns: Columns,
): Promise<void> {
  await tables.insert(table, example)
  const names = Object.keys(example)
  const values = names.map((name) => columns[name] ?? `example."${name}"`)
  await tables.run(
    `insert into ${table} (${names.map((name) => `"${name}"`).join()})
     select ${values.join()}
     from generate_series(${step}, ${LAST_BLOCK}, ${step}) as b, (values (${step})) as steps(step),
       (select * from ${table}) as example`,
  )
}

/**
 * A history of `rows` blocks with events, spread over the same 416 days and block numbers however many there are:
 * each with a snapshot and a transfer, every tenth with a stake, a reward, a burn and whatever else there is.
 */
export async function fillLongHistory(tables: TestTables, rows: number): Promise<void> {
  const step = LAST_BLOCK / rows
  await setDeployment(tables, [], LONG_ECONOMY)
  await tables.run(
    `insert into head select 'head', b, ${HASH}, ${TIME} from (values (${LAST_BLOCK})) as blocks(b)`,
  )
  await tables.run(
    `insert into squid_processor.status select 0, b, ${HASH} from (values (${LAST_BLOCK - 100})) as blocks(b)`,
  )
  await fill(tables, 'snapshot', step, firstSnapshot(), {
    id: "lpad(b::text, 10, '0')",
    block_number: 'b',
    hash: HASH,
    parent_hash: HASH,
    timestamp: TIME,
    digest: HASH,
    event_count: 'b',
    treasury_revenue: 'b * 1000000::numeric',
  })
  const amount = 10n ** 18n
  const party = account('a')
  await fill(
    tables,
    'transfer',
    step,
    { ...first(), from: party, to: party, value: amount, from_balance: amount, to_balance: amount },
    { ...PLACE, from: PARTY, to: OTHER('b / step * 31') },
  )
  const rare = 10 * step
  const staked = { account: party, amount, account_staked: amount, staked: amount }
  await fill(tables, 'stake', rare, { ...first(), action: 'STAKE', ...staked }, { ...PLACE, account: PARTY })
  const paid = { account: party, amount, account_rewards_paid: amount, rewards_paid: amount }
  await fill(tables, 'reward', rare, { ...first(), ...paid }, { ...PLACE, account: PARTY })
  const burned = { burner: party, value: amount, burner_balance: amount, cumulative_burn: amount }
  const kind = { purpose: 'OTHER', evidence: 'TRANSFER' }
  await fill(tables, 'burn', rare, { ...first(), ...burned, ...kind }, { ...PLACE, burner: PARTY })
  const flow = { from: party, to: party, value: amount, treasury_balance: amount }
  const inflow = { ...first(), direction: 'IN', purpose: 'REVENUE', ...flow }
  await fill(tables, 'treasury_flow', rare, inflow, { ...PLACE, from: PARTY })
  const price = { source: 'PAIR', price: amount, stable_amount: amount, token_amount: amount }
  await fill(tables, 'price', rare, { ...first(), ...price }, PLACE)
  for (const [interval, length] of [
    ['HOUR', 3_600],
    ['DAY', 86_400],
  ] as const) {
    await tables.run(
      `insert into bucket
       select '${interval}-' || lpad(start::text, 10, '0'), '${interval}', to_timestamp(start), max(block_number)
       from (select block_number, extract(epoch from timestamp)::bigint / ${length} * ${length} as start
             from snapshot) as placed
       group by start`,
    )
  }
  // As many accounts as there are events, each with a balance of its own.
  await tables.run(
    `insert into account select '0x' || lpad(to_hex(b), 40, '0'), b, b / ${step}, 0, b, b
     from generate_series(${step}, ${LAST_BLOCK}, ${step}) as b`,
  )
  await tables.run('vacuum analyze')
}

function firstSnapshot() {
  return { ...snapshotRow(0), timestamp: new Date(BEGINNING * 1_000) }
}

function first() {
  return { ...entryRow(0, 0), timestamp: new Date(BEGINNING * 1_000) }
}

/** Hash of a block of the long history. */
export function hashOfBlock(block: number): Hash {
  return `0x${createHash('sha256').update(String(block)).digest('hex')}`
}
