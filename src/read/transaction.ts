import { type CustomTypesConfig, DatabaseError, Pool, type PoolClient, type QueryResult, types } from 'pg'
import { meaningOf, reasonOf } from './driver-error'
import { DatabaseUnavailable, QueryTooSlow } from './errors'
import { type KeptStates, keepStates, type State } from './kept-states'
import type { Row, RunQuery } from './row'

/** Milliseconds that one answer's look-ups may take. */
export interface TimeLimits {
  readonly statement: number
  /** All statements together, with the wait for a connection and what is computed in between. */
  readonly answer: number
}

export const TIME_LIMITS: TimeLimits = { statement: 10_000, answer: 15_000 }

/** Connections that answers are read through. */
export const MOST_CONNECTIONS = 10
/** Milliseconds until who waits for one is refused. */
export const CONNECTION_PATIENCE = 5_000

/**
 * Opens the connections that answers read through. They are read-only, whatever role the URL names. Nothing is
 * connected yet; an unreachable database shows at the first read.
 * @param onIdleError told when PostgreSQL ends an idle connection; the pool replaces it by itself.
 */
export function openPool(url: string, onIdleError: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_PATIENCE,
    idleTimeoutMillis: 30_000,
    application_name: 'ashao-api',
    options: `-c default_transaction_read_only=on -c statement_timeout=${TIME_LIMITS.statement}`,
    types: TIMES_AS_TEXT,
    // The first statement of an answer need not wait until its transaction has begun.
    pipeline: true,
  })
  pool.on('error', onIdleError)
  return pool
}

/** SQLSTATE of a statement that was kept while its table got columns of other types: that connection goes. */
const PLAN_OUTDATED = '0A000'

/** Times stay text, as `seconds` of row.ts reads them: of most, nobody needs an object. */
const TIMES_AS_TEXT: CustomTypesConfig = {
  getTypeParser: (type, format) =>
    type === types.builtins.TIMESTAMPTZ ? (value: string) => value : types.getTypeParser(type, format),
}

/** The state that an answer sees, once it needs one. */
export type SeenState = () => Promise<State>

/**
 * Gives `use` one repeatable-read transaction: all that it reads comes from one state of the database, whatever
 * is committed or reorganised meanwhile. The connection is taken at the first statement, so that an answer that
 * reads nothing needs no database. Statements run one after the other.
 * @param states which states may be seen; without them, the one of the first statement
 * @throws DatabaseUnavailable (E5005), TablesMissing (E5001), QueryTooSlow (E5009) from the statements.
 */
export async function inTransaction<T>(
  pool: Pool,
  use: (query: RunQuery, state: SeenState) => Promise<T>,
  limits: TimeLimits = TIME_LIMITS,
  states: KeptStates = keepStates(),
): Promise<T> {
  const deadline = performance.now() + limits.answer
  let entering: Promise<Entered> | undefined
  let closed = false
  let isOutdated = false
  let isIntact = true
  let last: Promise<unknown> = Promise.resolve()

  const entered = (): Promise<Entered> => {
    if (closed) throw new Error('a statement was run after its answer was finished')
    entering ??= connect(pool).then((client) => ({ client, ...states.enter(client) }))
    return entering
  }
  const run = async (text: string, values: readonly unknown[], name?: string): Promise<readonly Row[]> => {
    const { client, begun } = await entered()
    const left = Math.floor(deadline - performance.now())
    if (left <= 0) throw new QueryTooSlow({ limitMilliseconds: limits.answer })
    return attempt(left < limits.statement ? limits.answer : limits.statement, async () => {
      // Most answers never come near: only then does it cost a statement more to end in time.
      if (left < limits.statement) {
        isIntact = false
        await client.query(`set local statement_timeout = ${left}`)
      }
      const rows = await ask(client, text, [...values], name).catch((error: unknown) => {
        isIntact = false
        isOutdated ||= error instanceof DatabaseError && error.code === PLAN_OUTDATED
        throw error
      })
      // Outside of a transaction, what was read is of no one state.
      await begun
      return rows
    })
  }
  const query: RunQuery = (text, values = [], name) => {
    const result = last.then(() => run(text, values, name))
    last = result.catch(() => undefined)
    return result
  }

  try {
    return await use(query, async () => (await entered()).state)
  } finally {
    closed = true
    await last
    const opened = await entering?.catch(() => undefined)
    if (opened !== undefined) await leave(opened, states, isIntact, isOutdated)
  }
}

/** A connection, and the state that it sees. */
interface Entered extends ReturnType<KeptStates['enter']> {
  readonly client: PoolClient
}

/**
 * Runs one statement. Not by the promise that the driver would make: what that one resolves to survives the clearing of
 * young memory, and every row with it (measured with pg 8.23: a third more processor time).
 * @param name under which a connection keeps how it is run; undefined where it is seldom the same
 */
function ask(
  client: PoolClient,
  text: string,
  values: unknown[],
  name: string | undefined,
): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    const answer = (error: Error | null, result: QueryResult<Row>): void =>
      error ? reject(error) : resolve(result.rows)
    // The driver copies an object slowly, but a name can be given in no other way.
    if (name === undefined) client.query<Row>(text, values, answer)
    else client.query<Row>({ text, values, name }, answer)
  })
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    const client = await pool.connect()
    // A connection that breaks between two statements emits an error that would end the process if unheard.
    client.on('error', ignore)
    return client
  } catch (error) {
    throw new DatabaseUnavailable({ reason: reasonOf(error) })
  }
}

async function leave(
  { client, begun }: Entered,
  states: KeptStates,
  isIntact: boolean,
  isOutdated: boolean,
): Promise<void> {
  let broken = isOutdated
  try {
    await begun
    if (!states.leave(client, isIntact)) await client.query('rollback')
  } catch {
    broken = true
  }
  client.off('error', ignore)
  client.release(broken)
}

function ignore(): void {}

/** @param limit milliseconds after which PostgreSQL ends the statement */
async function attempt<T>(limit: number, statement: () => Promise<T>): Promise<T> {
  try {
    return await statement()
  } catch (error) {
    throw translated(error, limit)
  }
}

/** What a failed statement means, whose time was limited and whose plan may have been kept. */
function translated(error: unknown, limitMilliseconds: number): unknown {
  const state = error instanceof DatabaseError ? error.code : undefined
  if (state === PLAN_OUTDATED) return new DatabaseUnavailable({ reason: state })
  if (state === '57014') return new QueryTooSlow({ limitMilliseconds })
  return meaningOf(error)
}
