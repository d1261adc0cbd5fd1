import { EconomyError } from '../core/errors'

/** The database holds tables of another program. */
export class DatabaseForeign extends EconomyError {
  readonly code = 'E4001'
  constructor(facts: { database: string; tables: readonly string[] }) {
    const names = facts.tables.slice(0, 3).join(', ')
    super(
      `The database ${facts.database} holds tables that are not ours (${names}${facts.tables.length > 3 ? ', …' : ''}).`,
      facts,
      'Set DATABASE_URL to an empty database of its own.',
    )
  }
}

/** The database holds the history of another economy, or of this one under other rules. */
export class DeploymentMismatch extends EconomyError {
  readonly code = 'E4002'
  constructor(facts: { what: string; stored: string; configured: string }) {
    super(
      `The database was filled for ${facts.what} ${facts.stored}, but the configuration says ${facts.configured}.`,
      facts,
      'Restore the configuration, or index into an empty database (npm run reset clears the local one).',
    )
  }
}

/** Another indexer is writing to this database. */
export class IndexerLockTaken extends EconomyError {
  readonly code = 'E4003'
  constructor(facts: { database: string }) {
    super(
      `Another indexer holds the lock on the database ${facts.database}.`,
      facts,
      'Stop it first: two writers would undo each other.',
    )
  }
}

/** PostgreSQL does not answer. */
export class DatabaseUnreachable extends EconomyError {
  readonly code = 'E4004'
  constructor(facts: { database: string; reason: string }) {
    super(
      `The database at ${facts.database} cannot be used: ${facts.reason}.`,
      facts,
      'Check DATABASE_URL, that PostgreSQL is up, and that its user may create tables.',
    )
  }
}

/** The source handed over another block for a height that is indexed already. */
export class BlockConflict extends EconomyError {
  readonly code = 'E4005'
  constructor(facts: { block: number; indexed: string; given: string }) {
    super(
      `Block ${facts.block} is indexed with hash ${facts.indexed}, but the source now gives ${facts.given} for it.`,
      facts,
      'Restart the indexer; if it comes again, use another RPC endpoint.',
    )
  }
}

/** The tables were made by a version of this program that this one does not know. */
export class DatabaseOfOtherVersion extends EconomyError {
  readonly code = 'E4006'
  constructor(facts: { database: string; migrations: readonly string[] }) {
    super(
      `The database ${facts.database} has migrations that this version does not know: ${facts.migrations.join(', ')}.`,
      facts,
      'Run the version that made it, or index into an empty database (npm run reset clears the local one).',
    )
  }
}
