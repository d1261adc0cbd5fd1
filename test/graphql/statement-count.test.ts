import { graphql } from 'graphql'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiSchema } from '../../src/graphql/api-schema'
import type { ApiContext } from '../../src/graphql/context'
import { openReads } from '../../src/read/reads'
import { openPool } from '../../src/read/transaction'
import { unitsOf } from '../../src/read/units'
import { ALICE, BOB, ECONOMY, fillSmallEconomy, timeOf } from '../support/small-economy'
import { createTables, type TestTables } from '../support/tables'

const ROWS = 200

let tables: TestTables
let pool: Pool
let statements: string[] = []
const schema = createApiSchema()

beforeAll(async () => {
  tables = await createTables()
  await fillSmallEconomy(tables)
  // Everything that names something else, many times over.
  await tables.run(
    `insert into transfer select '0000000106-' || lpad(n::text, 6, '0'), 106, n, to_timestamp(${timeOf(106)}),
       transaction_hash, '0x' || lpad(to_hex(n), 40, '0'), "to", value, from_balance, to_balance
     from generate_series(1, ${ROWS}) as n, (select * from transfer limit 1) as example`,
  )
  await tables.run(
    `insert into stake select '0000000107-' || lpad(n::text, 6, '0'), 107, n, to_timestamp(${timeOf(107)}),
       transaction_hash, '0x' || lpad(to_hex(n), 40, '0'), action, amount, account_staked, staked
     from generate_series(1, ${ROWS}) as n, (select * from stake limit 1) as example`,
  )
  await tables.run(
    `insert into account select '0x' || lpad(to_hex(n), 40, '0'), n, n, 0, 100, 110
     from generate_series(1, ${ROWS}) as n`,
  )
  pool = openPool(tables.url, () => undefined)
  pool.on('connect', (client) => {
    const run = client.query.bind(client) as (...args: unknown[]) => unknown
    Object.assign(client, {
      query: (...args: unknown[]) => {
        statements.push(String(args[0]))
        return run(...args)
      },
    })
  })
})
afterAll(async () => {
  await pool.end()
  await tables.drop()
})

/** Answers a question, and says how many statements it took: those that begin and end the transaction left out. */
async function ask(source: string): Promise<{ data: Record<string, unknown>; count: number }> {
  statements = []
  const store = openReads(pool, ECONOMY, { maxLagSeconds: 60, now: () => timeOf(112) })
  return store.snapshot(async (reads) => {
    const contextValue: ApiContext = {
      reads,
      economy: ECONOMY,
      units: unitsOf(ECONOMY),
      asOfByField: new Map(),
    }
    const { data, errors } = await graphql({ schema, source, contextValue })
    expect(errors).toBeUndefined()
    return { data: data ?? {}, count: statements.filter((text) => !/^(begin|rollback)/.test(text)).length }
  })
}

const ACCOUNT = '{ id balance staked rewardsPaid }'
const SNAPSHOT = '{ blockNumber totalSupply unknown { figure } partial }'

/** What a question asks for, with `$first` rows; every list of the schema that has relations, at any depth that there is. */
const SHAPES: Readonly<Record<string, string>> = {
  'a list': '{ transfers(first: $first) { id value } }',
  'rows with what they name': `{ transfers(first: $first) { id fromAccount ${ACCOUNT} toAccount ${ACCOUNT} snapshot ${SNAPSHOT} } }`,
  'rows with different columns of the same': `{ transfers(first: $first) { fromAccount { balance } toAccount { staked } } }`,
  'edges with what they name': `{ transfersConnection(first: $first) { totalCount asOf { block } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
     edges { cursor node { id fromAccount ${ACCOUNT} snapshot ${SNAPSHOT} } } } }`,
  'through fragments and aliases': `{ a: transfers(first: $first) { ...row } b: transfers(first: $first, orderDirection: asc) { ...row } }
     fragment row on Transfer { one: fromAccount { ...account } two: fromAccount { ...account } }
     fragment account on Account { id ... on Account { balance } }`,
  'several lists': `{ transfers(first: $first) { fromAccount ${ACCOUNT} } stakes(first: $first) { accountRow ${ACCOUNT} snapshot ${SNAPSHOT} }
     burns(first: $first) { burnerAccount ${ACCOUNT} } rewards(first: $first) { accountRow ${ACCOUNT} }
     treasuryFlows(first: $first) { fromAccount ${ACCOUNT} toAccount ${ACCOUNT} snapshot ${SNAPSHOT} } }`,
  'accounts in order': `{ accounts(first: $first, orderBy: balance) ${ACCOUNT} }`,
  'a filter by what rows name': `{ transfers(first: $first, where: { fromAccount_: { balance_gt: "5" } }) { fromAccount ${ACCOUNT} } }`,
  'a statement': `{ statement(account: "${BOB}", first: $first) { opening { balance { decimal } } pageInfo { hasNextPage hasPreviousPage }
     edges { cursor node { kind change { balance { decimal } } after { staked { baseUnits } } } } } }`,
  'snapshots with what is unknown': `{ snapshots(first: $first) ${SNAPSHOT} }`,
  'figures beside rows': `{ treasury { partial } supply { holders } accountFigures(address: "${ALICE}") { partial }
     transfers(first: $first) { snapshot ${SNAPSHOT} } invariants { name } windows { name } }`,
}

test.each(Object.entries(SHAPES))('%s: as many statements for one row as for all', async (_, shape) => {
  const one = await ask(shape.replaceAll('$first', '1'))
  const all = await ask(shape.replaceAll('$first', String(ROWS)))
  const [lists] = Object.values(all.data)
  expect(JSON.stringify(lists).length).toBeGreaterThan(10)
  expect(all.count, statements.join('\n')).toBeLessThanOrEqual(one.count)
  expect(all.count, statements.join('\n')).toBeLessThanOrEqual(20)
})

/** The newest event of an account, a reward, and not its only one. */
const statementOf = (fields: string) => `{ statement(account: "${BOB}", first: 1) { ${fields} } }`

test.each<[string, string, number]>([
  // The frame of the history with the block of the answer, and the rows.
  ['a list', '{ transfers(first: 200) { id } }', 2],
  ['a list with accounts', `{ transfers(first: 200) { fromAccount ${ACCOUNT} } }`, 3],
  ['both sides of rows', `{ transfers(first: 200) { fromAccount ${ACCOUNT} toAccount ${ACCOUNT} } }`, 3],
  ['a count', '{ transfersConnection { totalCount } }', 2],
  ['a page without its count', '{ transfersConnection { edges { cursor } pageInfo { hasNextPage } } }', 2],
  ['figures at the newest block', '{ treasury { balance { baseUnits } } supply { holders } }', 1],
  ['figures at a block', '{ treasury(block: { number: 105 }) { balance { baseUnits } } }', 1],
  ['a statement', `{ statement(account: "${BOB}", first: 200) { edges { cursor } } }`, 2],
  [
    'a page of one that tells all that is asked',
    statementOf('edges { node { after { rewardsPaid { decimal } } } }'),
    2,
  ],
  [
    'a page of one that does not',
    statementOf('edges { node { ...on StatementEntry { after { balance { decimal } } } } }'),
    3,
  ],
  ['what was before a page', statementOf('opening { rewardsPaid { decimal } }'), 3],
])('%s takes no more than it has to', async (_, query, most) => {
  const { count } = await ask(query)
  expect(count, statements.join('\n')).toBe(most)
})

test('fifty rows by their ids are looked up at once', async () => {
  const aliases = Array.from({ length: 50 }, (_, index) => {
    const id = `0x${(index + 1).toString(16).padStart(40, '0')}`
    return `a${index}: account(id: "${id}") { balance }`
  })
  const { data, count } = await ask(`{ ${aliases.join('\n')} }`)
  expect(data.a49).toEqual({ balance: '50' })
  expect(count).toBe(2)
})

test('a filter by time looks up the blocks of its ends, once for both', async () => {
  const filter = (times: string) => `{ transfers(first: 200, where: { ${times} }) { id } }`
  const { count } = await ask(filter(`timestamp_gte: ${timeOf(105)}, timestamp_lt: ${timeOf(110)}`))
  expect(count).toBe(3)
})
