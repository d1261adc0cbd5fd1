import { EconomyError } from '../core/errors'

/** The API's port is taken. */
export class ApiPortInUse extends EconomyError {
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

/** A process of its own needs a place that only the supervisor could have provided. */
export class PlaceMissing extends EconomyError {
  readonly code = 'E6204'
  constructor(facts: { role: string; variable: string }) {
    super(
      `${facts.variable} is not set, and the ${facts.role} alone does not start one.`,
      facts,
      `Set ${facts.variable}, or run "npm start", which starts everything.`,
    )
  }
}

/** A process that was started fell over before it did its work once. */
export class ProcessFailed extends EconomyError {
  readonly code = 'E6205'
  constructor(facts: { name: string; report: string; logFile: string }) {
    super(`The ${facts.name} did not start: ${facts.report}`, facts, `Its log is ${facts.logFile}.`)
  }
}

/** The embedded PostgreSQL ended although nobody asked it to. */
export class DatabaseEnded extends EconomyError {
  readonly code = 'E6206'
  constructor(facts: { how: string }) {
    super(
      `The embedded PostgreSQL ended unexpectedly (${facts.how}).`,
      facts,
      'Start again; its log is in the data directory.',
    )
  }
}
