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

/** A name in the path is none of those that it can be. */
export class NameUnknown extends RequestRefusal {
  readonly code = 'E5070'
  readonly status = 404

  constructor(facts: { problems: readonly string[] }) {
    super(
      `The path names nothing that is served: ${facts.problems.join('; ')}.`,
      facts,
      'Open /api/docs for the names that there are.',
    )
  }
}

/** A day that was asked for by name is before the history or after the answer's block. */
export class DayNotCovered extends RequestRefusal {
  readonly code = 'E5071'
  readonly status = 404

  constructor(facts: { day: string; block: number }) {
    super(
      `The day ${facts.day} is not covered by the history up to block ${facts.block}.`,
      facts,
      'Ask for a later day, or for an earlier one; without a day, for the newest hundred.',
    )
  }
}

/** The address that oEmbed was asked about shows nothing of ours in a frame. */
export class UrlNotEmbeddable extends RequestRefusal {
  readonly code = 'E5080'
  readonly status = 404

  constructor(facts: { url: string; base: string }) {
    super(
      `${facts.url} is not the address of a widget.`,
      facts,
      `Give the address of a page under ${facts.base}/embed/, with no parameters but its own.`,
    )
  }
}

/** oEmbed was asked for in another format than JSON. */
export class OembedFormatUnserved extends RequestRefusal {
  readonly code = 'E5081'
  readonly status = 501

  constructor(facts: { format: string }) {
    super(`oEmbed is not served as "${facts.format}".`, facts, 'Ask for format=json, or for no format.')
  }
}

/** The address of the service is to be taken from the request, but its Host header is no plain host. */
export class HostInvalid extends RequestRefusal {
  readonly code = 'E5082'
  readonly status = 400

  constructor(facts: { host: string }) {
    super(
      'The Host header of the request names no host.',
      facts,
      'Send the host and port that the request goes to; whoever operates the service can set PUBLIC_URL instead.',
    )
  }
}

/** A client asks more often than it may; HTTP's Retry-After says when it may again. */
export class TooManyRequests extends RequestRefusal {
  readonly code = 'E5064'
  readonly status = 429

  constructor(facts: { limitPerMinute: number; retryAfterSeconds: number }) {
    super(
      `More than ${facts.limitPerMinute} requests came from this address within a minute.`,
      facts,
      `Wait ${facts.retryAfterSeconds} seconds. Whoever operates the service can raise RATE_LIMIT.`,
    )
  }
}
