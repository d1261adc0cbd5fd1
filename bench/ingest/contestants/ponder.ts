import path from 'node:path'
import { askNumber, type Contestant } from '../harness/contestant'
import { npmCi } from './npm-ci'
import { peerEnvironment } from './peer-environment'
import { BENCH_DIRECTORY } from './places'

const directory = path.join(BENCH_DIRECTORY, 'peers/ponder')
const SCHEMA = 'bench'

const place = (kind: string): string =>
  `block_number block, timestamp as time, log_index, transaction, ${kind} kind`

/** A Ponder app. It is done when it says that it is ready: it makes its indexes last. */
export const ponder: Contestant = {
  name: 'ponder',
  install: () => npmCi(directory),
  prepare: () => [],
  start: (context) => ({
    command: path.join(directory, 'node_modules/.bin/ponder'),
    args: ['start', '--schema', SCHEMA, '--port', String(context.port), '--log-level', 'info'],
    directory,
    environment: { ...peerEnvironment(context), PONDER_TELEMETRY_DISABLED: 'true' },
  }),
  progress: (database) => askNumber(database, `select events number from ${SCHEMA}.totals`),
  isReady: ({ port }) =>
    fetch(`http://127.0.0.1:${port}/ready`).then(
      ({ status }) => status === 200,
      () => false,
    ),
  queries: {
    events: `
      select ${place("'transfer'")}, "from" as first, "to" as second, value from ${SCHEMA}.transfer
      union all select ${place('kind')}, account, null, value from ${SCHEMA}.action
      union all select ${place("'flow'")}, "from", "to", value from ${SCHEMA}.flow`,
    accounts: `select address, balance, staked from ${SCHEMA}.account`,
    totals: `select * from ${SCHEMA}.totals`,
    days: `select day, events, transfers, volume, burned, staked, rewards, supply, treasury from ${SCHEMA}.daily`,
  },
}
