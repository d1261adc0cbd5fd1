import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

const SUMS = `events int not null, transfers int not null, volume numeric not null, burned numeric not null,
  staked numeric not null, rewards numeric not null, supply numeric not null, treasury numeric not null`

/** With the indexes that every peer has on its events. */
const TABLES = `
  create table event (
    block int not null, time timestamptz not null, log_index int not null, transaction text not null,
    kind text not null, first text not null, second text, value numeric not null,
    primary key (block, log_index));
  create index on event (time);
  create index on event (first);
  create index on event (second);
  create table account (address text primary key, balance numeric not null, staked numeric not null);
  create table daily (day int primary key, ${SUMS});
  create table totals (${SUMS}, revenue numeric not null)`

/** Characters in one piece of a COPY. */
const PIECE = 256 * 2 ** 10

export async function createTables(database: Client): Promise<void> {
  await database.query(TABLES)
}

/** Writes rows in the order of the table's columns. */
export async function copyRows(
  database: Client,
  table: string,
  rows: readonly (readonly (string | number | bigint | null)[])[],
): Promise<void> {
  const stream = database.query(copyFrom(`copy ${table} from stdin`))
  let piece = ''
  for (const row of rows) {
    piece += `${row.map((value) => value ?? '\\N').join('\t')}\n`
    if (piece.length < PIECE) continue
    if (!stream.write(piece)) await once(stream, 'drain')
    piece = ''
  }
  stream.end(piece)
  await finished(stream)
}
