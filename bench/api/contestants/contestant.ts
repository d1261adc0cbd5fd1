import type { Command } from '../../ingest/harness/contestant'

export const CONTESTANT_NAMES = ['ashao', 'openreader', 'sql'] as const
export type ContestantName = (typeof CONTESTANT_NAMES)[number]

/** What a server is given. */
export interface ServerContext {
  readonly databaseUrl: string
  readonly port: number
  /** A directory of its own, which is there. */
  readonly directory: string
  /** Where this project is compiled to. */
  readonly build: string
}

/** Somebody who answers from the loaded database. */
export interface Contestant {
  readonly name: ContestantName
  /** Commands that make it ready to run, once, such as `npm ci`. */
  install(): readonly Command[]
  /** Writes what it needs into its directory. @returns the server */
  start(context: ServerContext): Command
}

/** Connections to PostgreSQL of every contestant: what this project's API opens. */
export const POOL_SIZE = 10
