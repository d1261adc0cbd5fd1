import { question } from '../harness/question'
import { sampleAccounts } from './sample'
import { graphql, type Json, statement } from './wires'

const FIRST = 100
const EVENT = 'id blockNumber logIndex timestamp transactionHash'
const EVENT_NAMES = EVENT.split(' ')

/** What the rows of all contestants have in common: the event, and the balance after it where it is a transfer. */
const rowOf = (event: Json, balance: unknown): readonly unknown[] => [
  ...EVENT_NAMES.map((name) => event[name]),
  balance,
]

interface Entry extends Json {
  readonly kind: string
  readonly after: { readonly balance: { readonly baseUnits: string } }
}

interface Ledgers {
  readonly transfers: readonly Json[]
  readonly stakes: readonly Json[]
  readonly rewards: readonly Json[]
}

/** Kinds of events that leave the balance as it is. */
const BESIDE_THE_BALANCE: ReadonlySet<string> = new Set(['STAKE', 'UNSTAKE', 'REWARD'])

/** Lists of three ledgers as one, as a client of OpenReader would have to make it. */
function merged({ transfers, stakes, rewards }: Ledgers, account: string): readonly (readonly unknown[])[] {
  const rows = [
    ...transfers.map((row) => rowOf(row, row.from === account ? row.fromBalance : row.toBalance)),
    ...[...stakes, ...rewards].map((row) => rowOf(row, null)),
  ]
  return rows.sort(([one], [other]) => (String(one) < String(other) ? 1 : -1)).slice(0, FIRST)
}

export const accountStatement = question<string>({
  name: 'account statement',
  describes: `the newest ${FIRST} events of an account with its balance after each, another account in each request`,
  parameters: sampleAccounts,
  wires: {
    ashao: graphql(
      `query ($account: Address!) {
        statement(account: $account, first: ${FIRST}) {
          edges { node { ${EVENT} kind counterparty after { balance { baseUnits } } } }
        }
      }`,
      (account) => ({ account }),
      ({ statement }: { readonly statement: { readonly edges: readonly { readonly node: Entry }[] } }) =>
        statement.edges.map(({ node }) =>
          rowOf(node, BESIDE_THE_BALANCE.has(node.kind) ? null : node.after.balance.baseUnits),
        ),
    ),
    openreader: graphql(
      `query ($account: String!) {
        transfers(limit: ${FIRST}, orderBy: id_DESC, where: { from_eq: $account, OR: { to_eq: $account } }) {
          ${EVENT} from to value fromBalance toBalance
        }
        stakes(limit: ${FIRST}, orderBy: id_DESC, where: { account_eq: $account }) { ${EVENT} action amount }
        rewards(limit: ${FIRST}, orderBy: id_DESC, where: { account_eq: $account }) { ${EVENT} amount }
      }`,
      (account) => ({ account }),
      merged,
    ),
    sql: statement('statement', (account) => [account], [
      'id',
      'block_number',
      'log_index',
      'timestamp',
      'transaction_hash',
      'balance',
    ]),
  },
  atBothSizes: false,
  targets: { overPeer: 3 },
})
