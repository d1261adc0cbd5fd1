import type { Client } from 'pg'
import type { Expected } from '../simulator/expected'

/** What a contestant is given for one run. */
export interface RunContext {
  readonly rpcUrl: string
  /** An empty database of its own. */
  readonly databaseUrl: string
  readonly expected: Expected
  /** A directory for whatever files it needs. */
  readonly directory: string
  /** Where this project is compiled to. */
  readonly build: string
  /** A free port. */
  readonly port: number
}

/** A program to run. */
export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly directory?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** Someone who indexes the economy into PostgreSQL. */
export interface Contestant {
  readonly name: string
  /** Commands that make it ready to run, once for all runs, such as `npm ci`. */
  install(): readonly Command[]
  /** Commands before each run that are not measured. */
  prepare(context: RunContext): readonly Command[] | Promise<readonly Command[]>
  /** The program that is measured, from its start on. */
  start(context: RunContext): Command
  /** Whether it ends by itself when it is done. */
  readonly ends?: boolean
  /** How many events are stored; NaN while it cannot tell yet. */
  progress(database: Client): Promise<number>
  /** Whether there is nothing left to do but to follow the head. */
  isReady(context: RunContext, database: Client): Promise<boolean>
  /** What is stored, in the shape of `Expected`. */
  readonly queries: {
    /** block, time, log_index, transaction, kind, first, second, value */
    readonly events: string
    /** address, balance, staked */
    readonly accounts: string
    /** One row with the columns of TOTAL_NAMES. */
    readonly totals: string
    /** day, events, transfers, volume, burned, staked, rewards, supply, treasury */
    readonly days: string
  }
}

/** Asks for one number; NaN while the table is not there yet. */
export async function askNumber(database: Client, query: string): Promise<number> {
  try {
    const { rows } = await database.query<{ number: string | number | null }>(query)
    return Number(rows[0]?.number ?? 0)
  } catch (error) {
    // 42P01: no such table, 3F000: no such schema.
    if (['42P01', '3F000', '42703'].includes((error as { code?: string }).code ?? '')) return Number.NaN
    throw error
  }
}
