import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { askNumber, type Contestant } from '../harness/contestant'

const PLACE = 'block_number block, extract(epoch from timestamp)::bigint time'

/** This project's own indexer, with the whole of its ledger, as `npm run build` left it in `lib`. */
export const ashao: Contestant = {
  name: 'ashao',
  install: () => [],
  async prepare({ directory, expected }) {
    await writeFile(path.join(directory, 'economy.yaml'), expected.economyFile)
    return []
  },
  start: ({ rpcUrl, databaseUrl, directory, build }) => ({
    command: process.execPath,
    args: [path.join(build, 'main.js'), 'indexer'],
    directory,
    environment: {
      RPC_URL: rpcUrl,
      DATABASE_URL: databaseUrl,
      ECONOMY_FILE: path.join(directory, 'economy.yaml'),
      DATA_DIR: directory,
      // Comparing with the chain is not part of indexing it.
      RECONCILE_SECONDS: '0',
    },
  }),
  progress: (database) =>
    askNumber(database, 'select event_count number from snapshot order by block_number desc limit 1'),
  async isReady(_, database) {
    const pending = await askNumber(database, 'select count(*) number from deployment where indexes_pending')
    // A version that makes its indexes first has no such column.
    return Number.isNaN(pending) || pending === 0
  },
  queries: {
    // A Burn and the Transfer that it restates are one row; on the simulated chain, the Burn is the log before it.
    events: `
      select ${PLACE}, log_index, transaction_hash transaction, 'transfer' kind, "from" as first, "to" as second, value from transfer
      union all
      select ${PLACE}, log_index - 1, transaction_hash, 'burn', burner, null, value from burn where evidence = 'TRANSFER_AND_BURN'
      union all
      select ${PLACE}, log_index, transaction_hash, lower(action), account, null, amount from stake
      union all
      select ${PLACE}, log_index, transaction_hash, 'reward', account, null, amount from reward
      union all
      select ${PLACE}, log_index, transaction_hash, 'flow', "from", "to", value from treasury_flow`,
    accounts: 'select id address, balance, staked from account',
    totals: `
      select event_count events, transfer_count transfers, (select sum(value) from transfer) volume,
             total_supply supply, cumulative_burn burned, staked, rewards_paid rewards,
             treasury_balance treasury, treasury_revenue revenue
      from snapshot order by block_number desc limit 1`,
    days: `
      select day,
             event_count - coalesce(lag(event_count) over past, 0) events,
             transfer_count - coalesce(lag(transfer_count) over past, 0) transfers,
             coalesce(volume, 0) volume,
             cumulative_burn - coalesce(lag(cumulative_burn) over past, 0) burned,
             staked - coalesce(lag(staked) over past, 0) staked,
             rewards_paid - coalesce(lag(rewards_paid) over past, 0) rewards,
             total_supply supply, treasury_balance treasury
      from (select extract(epoch from start)::bigint / 86400 as day, closing_block from bucket where interval = 'DAY') days
      join snapshot on snapshot.block_number = closing_block
      left join (select extract(epoch from timestamp)::bigint / 86400 as day, sum(value) volume from transfer group by 1) moved
        using (day)
      window past as (order by day)`,
  },
}
