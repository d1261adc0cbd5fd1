import type { Address, Hash } from '../core/address'
import {
  type Holdings,
  type Standing,
  type StatementEvent,
  type StatementKind,
  statementEntry,
} from '../core/datasets/statement-cells'
import { accountBefore, type ChainPosition } from './account-at'
import type { AsOf } from './as-of'
import { type ChainRange, narrowed, type Sign, WHOLE_CHAIN } from './entities/chain-range'
import { cursorOf, cursorValues } from './entities/cursor'
import { entityNamed } from './entities/entities'
import { columnOf } from './entities/entity'
import { MOST_ROWS } from './entities/entity-page'
import { type Direction, orderOf, orderSql } from './entities/order'
import { walkSql } from './entities/render'
import { PageSizeInvalid } from './errors'
import { amount, hex, hexOrNull, oneOf, type Row, type RunQuery, seconds, text, whole } from './row'

/** Events of a page for which nothing says how many. */
export const ROWS_BY_DEFAULT = 100

/** One event that names an account, what it changed, and what the account had after it. */
export interface StatementEntry extends ChainPosition {
  /** Id of the event's row in its ledger. */
  readonly id: string
  /** Unix seconds. */
  readonly timestamp: number
  readonly transactionHash: Hash
  readonly kind: StatementKind
  /** The other side of a transfer; null where there is none. */
  readonly counterparty: Address | null
  /** Signed. */
  readonly change: Holdings
  /** What is wanted of what the account had then, and maybe more. */
  readonly after: Standing
}

export interface StatementRequest {
  readonly account: Address
  /** How many events, 1 to 1000. */
  readonly first: number
  /** Cursor of the event before the page; undefined for the first page. */
  readonly after: string | undefined
  readonly direction: Direction
  /** Of what the account had after the events, what is wanted; undefined: all of it, and what it had before them. */
  readonly figures: ReadonlySet<keyof Holdings> | undefined
}

/** One page of an account's statement. */
export interface StatementPage {
  readonly rows: readonly StatementEntry[]
  /** What the account had before the oldest event of the page; of a page without events, at the block of the answer. */
  readonly opening: Standing
  hasNext(): boolean
  /** Whether there are events before the page. Looked up. */
  hasPrevious(): Promise<boolean>
  cursorOf(entry: StatementEntry): string
}

type Event = Pick<
  StatementEntry,
  'id' | keyof ChainPosition | 'timestamp' | 'transactionHash' | 'counterparty'
> & {
  readonly side: (typeof SIDES)[number]
  readonly amount: bigint
  /** Of what the event moved, what the account had after it. */
  readonly figure: bigint
}

const SIDES = ['OUT', 'IN', 'BURN', 'STAKE', 'UNSTAKE', 'REWARD'] as const

/**
 * How one ledger names an account: by which column, as what, what a row says of it, and whether it tells again what another
 * row tells: a transfer to oneself is found from both of its sides, and a burn that is a Transfer is in both ledgers.
 */
const LEDGERS = [
  {
    ledger: 'Transfer',
    party: 'from',
    side: "'OUT'",
    other: '"to"',
    amount: 'value',
    figure: 'from_balance',
    again: 'false',
  },
  {
    ledger: 'Transfer',
    party: 'to',
    side: "'IN'",
    other: '"from"',
    amount: 'value',
    figure: 'to_balance',
    again: '"from" = "to"',
  },
  {
    ledger: 'Burn',
    party: 'burner',
    side: "'BURN'",
    other: 'null',
    amount: 'value',
    figure: 'burner_balance',
    again: "evidence <> 'BURN'",
  },
  {
    ledger: 'Stake',
    party: 'account',
    side: 'action',
    other: 'null',
    amount: 'amount',
    figure: 'account_staked',
    again: 'false',
  },
  {
    ledger: 'Reward',
    party: 'account',
    side: "'REWARD'",
    other: 'null',
    amount: 'amount',
    figure: 'account_rewards_paid',
    again: 'false',
  },
] as const

/**
 * One page of everything that happened to an account, up to a block: two statements at most, however long the page. The figures
 * after each event are those that the ledger states, or that it last stated before.
 * @throws PageSizeInvalid (E5021), CursorInvalid (E5020)
 */
export async function statement(
  query: RunQuery,
  asOf: AsOf,
  { account, first, after, direction, figures }: StatementRequest,
): Promise<StatementPage> {
  if (!Number.isInteger(first) || first < 1 || first > MOST_ROWS) {
    throw new PageSizeInvalid({ first, least: 1, most: MOST_ROWS })
  }
  // The order of every ledger, so that a cursor of one is a position in the statement, too.
  const order = orderOf(entityNamed('Transfer'), undefined, direction)
  const [block, log] = after === undefined ? [] : cursorValues(order, after)
  const whole = narrowed(WHOLE_CHAIN, '<=', asOf.block)
  const beyond = (sign: Sign) =>
    block === undefined ? whole : narrowed(whole, sign, Number(block), Number(log))
  const events = await eventsOf(query, account, beyond(direction === 'asc' ? '>' : '<'), direction, first + 1)
  const page = events.slice(0, first)
  const oldest = direction === 'asc' ? page[0] : page.at(-1)
  const isFirst = direction === 'asc' ? block === undefined : events.length <= first
  const openedWith = async (): Promise<Standing> => {
    if (oldest === undefined) return holdingsBefore(query, undefined, asOf, account)
    // What nothing comes before began with nothing: most accounts have few events.
    if (isFirst) return NOTHING
    const isTold = figures !== undefined && [...figures].every((figure) => figure === FIGURE_OF[oldest.side])
    return isTold ? UNTOLD : holdingsBefore(query, oldest, asOf, account)
  }
  const opening = await openedWith()
  const entries = entriesOf(account, direction === 'asc' ? page : page.toReversed(), opening)
  return {
    rows: direction === 'asc' ? entries : entries.reverse(),
    opening,
    hasNext: () => events.length > first,
    hasPrevious: async () => {
      if (block === undefined) return false
      const [back, range] =
        direction === 'asc' ? (['desc', beyond('<=')] as const) : (['asc', beyond('>=')] as const)
      return (await eventsOf(query, account, range, back, 1)).length > 0
    },
    cursorOf: (entry) => cursorOf(order, { ...entry }),
  }
}

/** What an account had before an event; at the block of the answer where there is none. */
async function holdingsBefore(
  query: RunQuery,
  event: ChainPosition | undefined,
  asOf: AsOf,
  account: Address,
): Promise<Holdings> {
  const position = event ?? { blockNumber: asOf.block + 1, logIndex: 0 }
  const { balance, staked, rewardsPaid } = await accountBefore(query, position, account)
  return { balance, staked, rewardsPaid }
}

/** Events that are looked for where nobody says how many, and one more. */
const USUAL_COUNT = ROWS_BY_DEFAULT + 1

/**
 * The first events of a stretch of the chain. Most ask for as many, and planning takes as long as looking: then it is done once
 * for each connection. The number is part of the statement, for of one that is not known PostgreSQL expects too many rows to
 * keep the plan.
 */
async function eventsOf(
  query: RunQuery,
  account: Address,
  range: ChainRange,
  direction: Direction,
  count: number,
): Promise<readonly Event[]> {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  const order = orderOf(entityNamed('Transfer'), undefined, direction)
  // Of each ledger as many rows as are looked for: those that tell nothing of their own are left out afterwards, for
  // a walk that leaves rows out may have to go on for long.
  const walks = LEDGERS.map(({ ledger, party, side, other, amount: moved, figure, again }) => {
    const entity = entityNamed(ledger)
    const walk = { column: columnOf(entity, party), value: account }
    const place = { entity, alias: 'own', bind, walk }
    return `(select own."${party}" as party, id, block_number, log_index, timestamp, transaction_hash,
        ${side}::text as side, ${other}::text as counterparty, ${moved} as amount, ${figure} as figure,
        ${again} as is_told_again
      from ${entity.table} as own where ${walkSql(range, walk, direction, place)}
      order by ${orderSql(order, place)} limit ${count})`
  })
  // The party is the same in all rows. As part of the order, it is that of the walks: PostgreSQL merges them, and reads no
  // more of each than it needs.
  const rows = await query(
    `select id, block_number, log_index, timestamp, transaction_hash, side, counterparty, amount, figure
     from (${walks.join(' union all ')}) as events where not is_told_again
     order by party ${direction}, block_number ${direction}, log_index ${direction} limit ${count}`,
    values,
    count === USUAL_COUNT ? `statement-${direction}` : undefined,
  )
  return rows.map(eventOf)
}

function eventOf(row: Row): Event {
  return {
    id: text(row, 'id'),
    blockNumber: whole(row, 'block_number'),
    logIndex: whole(row, 'log_index'),
    timestamp: seconds(row, 'timestamp'),
    transactionHash: hex(row, 'transaction_hash'),
    side: oneOf(row, 'side', SIDES),
    counterparty: hexOrNull(row, 'counterparty'),
    amount: amount(row, 'amount'),
    figure: amount(row, 'figure'),
  }
}

/** Of events in chain order: what each changed, and what the account had then. */
function entriesOf(account: Address, events: readonly Event[], opening: Standing): StatementEntry[] {
  let held = opening
  return events.map((event) => {
    const { kind, direction, counterparty, amount, after } = statementEntry(
      account,
      ledgerEvent(account, event),
      held,
    )
    held = after
    const { id, blockNumber, logIndex, timestamp, transactionHash } = event
    const by = direction === 'SELF' ? 0n : direction === 'IN' ? amount : -amount
    const change = { ...NOTHING, [FIGURE_OF[event.side]]: by }
    return { id, blockNumber, logIndex, timestamp, transactionHash, kind, counterparty, change, after }
  })
}

/** The event as its ledger has it. */
function ledgerEvent(account: Address, event: Event): StatementEvent {
  const { side, amount, figure, counterparty } = event
  switch (side) {
    case 'OUT':
    case 'IN': {
      if (counterparty === null) throw new TypeError('a transfer has two sides')
      const [from, to] = side === 'OUT' ? [account, counterparty] : [counterparty, account]
      return { of: 'transfer', row: { from, to, value: amount, fromBalance: figure, toBalance: figure } }
    }
    case 'BURN':
      return { of: 'burn', row: { value: amount, burnerBalance: figure } }
    case 'REWARD':
      return { of: 'reward', row: { amount, accountRewardsPaid: figure } }
    default:
      return { of: 'stake', row: { action: side, amount, accountStaked: figure } }
  }
}

const NOTHING: Holdings = { balance: 0n, staked: 0n, rewardsPaid: 0n }
const UNTOLD: Standing = { balance: undefined, staked: undefined, rewardsPaid: undefined }

/** What an event changes, and states of what the account had after it. */
const FIGURE_OF: Readonly<Record<Event['side'], keyof Holdings>> = {
  OUT: 'balance',
  IN: 'balance',
  BURN: 'balance',
  STAKE: 'staked',
  UNSTAKE: 'staked',
  REWARD: 'rewardsPaid',
}
