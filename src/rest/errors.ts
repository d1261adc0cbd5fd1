import { EconomyError } from '../core/errors'

/** A request that HTTP itself refuses. */
export abstract class RequestRefusal extends EconomyError {
  /** HTTP status. */
  abstract readonly status: number
  /** Methods that the path has, where the method is what is wrong. */
  readonly allow: readonly string[] = []
}

/** Query parameters are unknown, repeated, contradictory or misspelt; every problem is named. */
export class ParametersInvalid extends RequestRefusal {
  readonly code = 'E5030'
  readonly status = 400

  constructor(facts: { problems: readonly string[] }) {
    super(
      `The request's parameters are wrong: ${facts.problems.join('; ')}.`,
      facts,
      'Correct or remove them; unknown parameters are refused rather than ignored.',
    )
  }
}

/** Nothing is served at this path. */
export class PathUnknown extends RequestRefusal {
  readonly code = 'E5031'
  readonly status = 404

  constructor(facts: { path: string }) {
    super(`Nothing is served at ${facts.path}.`, facts, 'Open / for what is served.')
  }
}

/** The path exists, but not for this method. */
export class MethodNotAllowed extends RequestRefusal {
  readonly code = 'E5032'
  readonly status = 405
  override readonly allow: readonly string[]

  constructor(facts: { method: string; allow: readonly string[] }) {
    super(`${facts.method} is not served here.`, facts, `Use ${facts.allow.join(', ')}.`)
    this.allow = facts.allow
  }
}

/** A bare number cannot carry the mark that it lacks history, so it is not given. */
export class HistoryPartial extends RequestRefusal {
  readonly code = 'E5033'
  readonly status = 503

  constructor(facts: { figure: string; contracts: readonly string[] }) {
    super(
      `The figure ${facts.figure} lacks the history of ${facts.contracts.join(', ')} before its start block.`,
      facts,
      'Read it from /api/supply, which marks it; or index the whole history.',
    )
  }
}

/** The request could not be read: not JSON, too large, of another media type, or no valid URL. */
export class RequestUnreadable extends RequestRefusal {
  readonly code = 'E5034'

  constructor(
    readonly status: number,
    facts: { reason: string },
  ) {
    super('The request could not be read.', facts, 'Send a valid URL, and a JSON body where there is one.')
  }
}
