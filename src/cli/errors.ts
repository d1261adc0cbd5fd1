import { EconomyError } from '../core/errors'

/** Another program already listens where the API should. */
export class PortTaken extends EconomyError {
  readonly code = 'E6201'
  constructor(facts: { host: string; port: number }) {
    super(
      `Port ${facts.port} on ${facts.host} is in use by another program.`,
      facts,
      'Stop it, or set PORT to another port.',
    )
  }
}

/** Another `npm start` runs on the same data directory. */
export class AlreadyRunning extends EconomyError {
  readonly code = 'E6202'
  constructor(facts: { dataDir: string; pid: number }) {
    super(
      `Process ${facts.pid} already runs on the data directory ${facts.dataDir}.`,
      facts,
      'Stop it first, or set DATA_DIR to another directory.',
    )
  }
}

/** The role named on the command line is none of ours. */
export class RoleUnknown extends EconomyError {
  readonly code = 'E6203'
  constructor(facts: { role: string; roles: readonly string[] }) {
    super(`"${facts.role}" is not something to run.`, facts, `Use one of: ${facts.roles.join(', ')}.`)
  }
}

/** A process that was started ended before it did its work once, without saying why. */
export class ProcessEnded extends EconomyError {
  readonly code = 'E6204'
  constructor(facts: { name: string; how: string; logFile: string }) {
    super(
      `The ${facts.name} ended with ${facts.how} before it did anything.`,
      facts,
      `Read its log: ${facts.logFile}`,
    )
  }
}

/** A process that was started has reported one of our errors: it is repeated word by word. */
export class ProcessReported extends Error {
  constructor(
    readonly report: string,
    readonly exitCode: number,
  ) {
    super(report)
  }
}

/** The embedded PostgreSQL ended although nobody asked it to. */
export class DatabaseEnded extends EconomyError {
  readonly code = 'E6205'
  constructor(facts: { how: string }) {
    super(
      `The embedded PostgreSQL ended unexpectedly (${facts.how}).`,
      facts,
      'Start again; its log is in the data directory.',
    )
  }
}

/** The address cannot be listened on. */
export class AddressUnusable extends EconomyError {
  readonly code = 'E6206'
  constructor(facts: { host: string; port: number; reason: string }) {
    super(
      `The API cannot listen on ${facts.host}:${facts.port} (${facts.reason}).`,
      facts,
      'Set HOST to an address of this machine, and PORT to one that this user may open.',
    )
  }
}

/** What the environment does not name is looked for in the data directory, and does not run there. */
export class NotRunning extends EconomyError {
  readonly code = 'E6207'
  constructor(facts: { what: string; dataDir: string; variable: string }) {
    super(
      `${facts.variable} is not set, and no ${facts.what} runs in the data directory ${facts.dataDir}.`,
      facts,
      `Start it with "npm start" and wait until it is ready, or set ${facts.variable}.`,
    )
  }
}

/** There are no figures to compare with the chain. */
export class NothingToReconcile extends EconomyError {
  readonly code = 'E6208'
  constructor(facts: { database: string }) {
    super(
      `Nothing is indexed yet in the database at ${facts.database}, so there is nothing to compare with the chain.`,
      facts,
      'Wait until the indexer has stored its first block.',
    )
  }
}

/** The words after a command are not what it understands. */
export class CommandWrong extends EconomyError {
  readonly code = 'E6209'
  constructor(facts: { command: string; problem: string; mend?: string }) {
    super(
      `"ashao ${facts.command}" ${facts.problem}.`,
      facts,
      [facts.mend, `"ashao ${facts.command} --help" prints its usage.`].filter(Boolean).join(' '),
    )
  }
}
