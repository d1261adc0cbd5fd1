import path from 'node:path'
import type { Contestant } from '../harness/contestant'

/** The least that a program can do for the same result: a bound, not an indexer. */
export const floor: Contestant = {
  name: 'floor',
  install: () => [],
  prepare: () => [],
  start: ({ rpcUrl, databaseUrl, expected }) => ({
    command: process.execPath,
    args: [path.join(__dirname, '../floor/main.js')],
    environment: {
      RPC_URL: rpcUrl,
      DATABASE_URL: databaseUrl,
      CONTRACTS: JSON.stringify(expected.contracts),
      TREASURY: expected.treasury.join(','),
      INTERNAL: expected.internal.join(','),
    },
  }),
  ends: true,
  progress: async () => Number.NaN,
  isReady: async () => false,
  queries: {
    events: `
      select block, extract(epoch from time)::bigint as time, log_index, transaction, kind, first, second, value from event`,
    accounts: 'select address, balance, staked from account',
    totals: 'select * from totals',
    days: 'select * from daily',
  },
}
