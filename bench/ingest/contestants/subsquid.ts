import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { askNumber, type Command, type Contestant } from '../harness/contestant'
import { npmCi } from './npm-ci'
import { peerEnvironment } from './peer-environment'
import { BENCH_DIRECTORY } from './places'

const directory = path.join(BENCH_DIRECTORY, 'peers/subsquid')
const MIGRATIONS = path.join(directory, 'db/migrations')
const tool = (name: string, ...args: readonly string[]): Command => ({
  command: path.join(directory, 'node_modules/.bin', name),
  args,
  directory,
})

const place = (kind: string): string =>
  `block_number block, extract(epoch from timestamp)::bigint as time, log_index, transaction, ${kind} kind`

/** A stock squid. Its model, decoders and migration are generated, as a squid's are. */
export const subsquid: Contestant = {
  name: 'subsquid',
  install: () => [
    ...npmCi(directory),
    tool('squid-typeorm-codegen'),
    tool('squid-evm-typegen', 'src/abi', 'abi/economy.json', '--clean'),
    tool('tsc'),
    { command: 'rm', args: ['-rf', 'db'], directory },
  ],
  prepare({ databaseUrl }) {
    const environment = { DB_URL: databaseUrl }
    const apply = { ...tool('squid-typeorm-migration', 'apply'), environment }
    if (hasMigration()) return [apply]
    rmSync(MIGRATIONS, { recursive: true, force: true })
    return [{ ...tool('squid-typeorm-migration', 'generate'), environment }, apply]
  },
  start: (context) => ({
    command: process.execPath,
    args: ['lib/main.js'],
    directory,
    environment: {
      ...peerEnvironment(context),
      DB_URL: context.databaseUrl,
      PROMETHEUS_PORT: String(context.port),
    },
  }),
  progress: (database) => askNumber(database, 'select events number from totals'),
  isReady: async () => true,
  queries: {
    events: `
      select ${place("'transfer'")}, "from" as first, "to" as second, value from transfer
      union all select ${place("'burn'")}, account, null, value from burn
      union all select ${place('kind')}, account, null, value from stake_change
      union all select ${place("'reward'")}, account, null, value from reward
      union all select ${place("'flow'")}, "from", "to", value from flow`,
    accounts: 'select id address, balance, staked from account',
    totals: 'select * from totals',
    days: 'select id as day, events, transfers, volume, burned, staked, rewards, supply, treasury from daily',
  },
}

function hasMigration(): boolean {
  try {
    return readdirSync(MIGRATIONS).length > 0
  } catch {
    return false
  }
}
