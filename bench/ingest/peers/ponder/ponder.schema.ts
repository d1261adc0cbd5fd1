import { index, onchainTable } from 'ponder'

export const account = onchainTable('account', (t) => ({
  address: t.hex().primaryKey(),
  balance: t.bigint().notNull(),
  staked: t.bigint().notNull(),
}))

export const transfer = onchainTable(
  'transfer',
  (t) => ({
    id: t.text().primaryKey(),
    blockNumber: t.integer().notNull(),
    timestamp: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    transaction: t.hex().notNull(),
    from: t.hex().notNull(),
    to: t.hex().notNull(),
    value: t.bigint().notNull(),
  }),
  (table) => ({
    blockIndex: index().on(table.blockNumber),
    timeIndex: index().on(table.timestamp),
    fromIndex: index().on(table.from),
    toIndex: index().on(table.to),
  }),
)

/** Burns, stakes, unstakes and rewards. */
export const action = onchainTable(
  'action',
  (t) => ({
    id: t.text().primaryKey(),
    kind: t.text().notNull(),
    blockNumber: t.integer().notNull(),
    timestamp: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    transaction: t.hex().notNull(),
    account: t.hex().notNull(),
    value: t.bigint().notNull(),
  }),
  (table) => ({ blockIndex: index().on(table.blockNumber), accountIndex: index().on(table.account) }),
)

/** Transfers of the stable asset into and out of the treasury. */
export const flow = onchainTable(
  'flow',
  (t) => ({
    id: t.text().primaryKey(),
    blockNumber: t.integer().notNull(),
    timestamp: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    transaction: t.hex().notNull(),
    from: t.hex().notNull(),
    to: t.hex().notNull(),
    value: t.bigint().notNull(),
  }),
  (table) => ({
    blockIndex: index().on(table.blockNumber),
    fromIndex: index().on(table.from),
    toIndex: index().on(table.to),
  }),
)

export const totals = onchainTable('totals', (t) => ({
  id: t.text().primaryKey(),
  events: t.integer().notNull(),
  transfers: t.integer().notNull(),
  volume: t.bigint().notNull(),
  supply: t.bigint().notNull(),
  burned: t.bigint().notNull(),
  staked: t.bigint().notNull(),
  rewards: t.bigint().notNull(),
  treasury: t.bigint().notNull(),
  revenue: t.bigint().notNull(),
}))

/** One UTC day; supply and treasury as it ended. */
export const daily = onchainTable('daily', (t) => ({
  day: t.integer().primaryKey(),
  events: t.integer().notNull(),
  transfers: t.integer().notNull(),
  volume: t.bigint().notNull(),
  burned: t.bigint().notNull(),
  staked: t.bigint().notNull(),
  rewards: t.bigint().notNull(),
  supply: t.bigint().notNull(),
  treasury: t.bigint().notNull(),
}))
