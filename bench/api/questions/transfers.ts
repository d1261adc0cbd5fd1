import { question } from '../harness/question'
import { sampleBlocks } from './sample'
import { graphql, type Json, statement } from './wires'

const FIELDS = 'id blockNumber logIndex timestamp transactionHash from to value'
const COLUMNS = ['id', 'block_number', 'log_index', 'timestamp', 'transaction_hash', 'from', 'to', 'value']

/** More than some transfers are worth, less than most: 100 tokens. */
const LEAST = String(100n * 10n ** 18n)

const rowsOf = ({ transfers }: { readonly transfers: readonly Json[] }) =>
  transfers.map((row) => Object.values(row))

export const deepPage = question<number>({
  name: '100 transfers',
  describes:
    'a page of 100 transfers of at least 100 tokens, newest first, from a block deep in the history, another one in each request',
  parameters: (database, count) => sampleBlocks(database, count, { from: 0.02, to: 0.9 }),
  wires: {
    ashao: graphql(
      `query ($where: TransferFilter) {
        transfers(first: 100, orderDirection: desc, where: $where) { ${FIELDS} }
      }`,
      (block) => ({ where: { blockNumber_lt: block, value_gte: LEAST } }),
      rowsOf,
    ),
    openreader: graphql(
      `query ($where: TransferWhereInput) {
        transfers(limit: 100, orderBy: [blockNumber_DESC, logIndex_DESC], where: $where) { ${FIELDS} }
      }`,
      (block) => ({ where: { blockNumber_lt: block, value_gte: LEAST } }),
      rowsOf,
    ),
    sql: statement('transfers', (block) => [LEAST, block], COLUMNS),
  },
  atBothSizes: true,
  targets: { overPeer: 3, overFloor: 0.5, p99OverSmall: 2 },
})
