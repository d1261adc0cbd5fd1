import { Refusal } from '../read/errors'

/** A request that the GraphQL edge itself refuses, before any figure is looked up. */
export abstract class GraphqlRefusal extends Refusal {
  readonly kind = 'invalid'
  /** HTTP status. */
  readonly status: number = 400
}

/** The request is not one of GraphQL over HTTP: its JSON, or its parameters. */
export class RequestMalformed extends GraphqlRefusal {
  readonly code = 'E5060'

  constructor(facts: { problem: string }) {
    super(
      `The request is malformed: ${facts.problem}.`,
      facts,
      'Send query, variables, operationName and extensions, and nothing else: by POST as one JSON object, or by GET.',
    )
  }
}

/** The client takes none of the media types that an answer has. */
export class NotAcceptable extends GraphqlRefusal {
  readonly code = 'E5061'
  override readonly status = 406

  constructor(facts: { accept: string; offered: readonly string[] }) {
    super(
      'No answer has a media type that the request accepts.',
      facts,
      `Accept ${facts.offered.join(' or ')}.`,
    )
  }
}

/** Mutations do not exist, and subscriptions need a connection that stays open. */
export class OperationNotServed extends GraphqlRefusal {
  readonly code = 'E5062'

  constructor(facts: { operation: string }) {
    super(
      `A ${facts.operation} is not served here.`,
      facts,
      facts.operation === 'mutation'
        ? 'There is nothing to change: the schema has no mutation type. Send a query.'
        : 'Subscribe over WebSocket (graphql-ws) or server-sent events (graphql-sse).',
    )
  }
}

/** What an operation may not exceed. */
export type LimitName =
  | 'bytes'
  | 'tokens'
  | 'depth'
  | 'rootAliases'
  | 'aliases'
  | 'fields'
  | 'rows'
  | 'values'
  | 'introspections'

/** A query is larger, or would have a larger answer, than is allowed. */
export class LimitExceeded extends GraphqlRefusal {
  readonly code = 'E5063'
  override readonly status: number

  constructor(facts: { limit: LimitName; most: number; found: number }) {
    super(
      `The request has ${facts.found} ${COUNTED[facts.limit]}; ${facts.most} are allowed.`,
      facts,
      'Ask for less at once: fewer fields, smaller pages, or several requests.',
    )
    this.status = facts.limit === 'bytes' ? 413 : 400
  }
}

const COUNTED: Readonly<Record<LimitName, string>> = {
  bytes: 'bytes',
  tokens: 'tokens',
  depth: 'levels of fields within fields',
  rootAliases: 'aliases of root fields',
  aliases: 'aliases',
  fields: 'fields, those of fragments counted wherever they are used',
  rows: 'rows of lists, those within other rows multiplied',
  values: 'values in its answer, those of lists multiplied',
  introspections: 'times asked for types of the schema, the whole of it counting ten',
}

/** One connection follows as much as it may. */
export class TooManySubscriptions extends GraphqlRefusal {
  readonly code = 'E5050'
  override readonly status = 429

  constructor(facts: { most: number }) {
    super(
      `One connection can have ${facts.most} operations at once, and has them.`,
      facts,
      'Complete one of them first, or open another connection.',
    )
  }
}

/** One connection asks more often than it may. */
export class TooManyOperations extends GraphqlRefusal {
  readonly code = 'E5052'
  override readonly status = 429

  constructor(facts: { mostPerMinute: number }) {
    super(
      `One connection can begin ${facts.mostPerMinute} operations a minute, and has.`,
      facts,
      'Wait a minute; what is to be followed is followed by one subscription, not by asking again.',
    )
  }
}

/** As many connections are open as the service keeps open. */
export class TooManyConnections extends Refusal {
  readonly code = 'E5051'
  readonly kind = 'unavailable'
  override readonly retryAfterSeconds = 30

  constructor(facts: { most: number }) {
    super(
      `The service keeps ${facts.most} connections open at once, and has them.`,
      facts,
      'Try again later, or ask queries, which need no connection that stays open.',
    )
  }
}
