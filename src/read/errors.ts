// Over 300 lines: one catalogue of everything that a question can be refused for, a few lines for each code.
import { EconomyError } from '../core/errors'

/** Why a question has no answer: the service cannot, the thing is not there, or the question is wrong. */
export type RefusalKind = 'unavailable' | 'notFound' | 'invalid'

/** A question that is refused on purpose. The edges map `kind` to their own notion of failure (503, 404, 400). */
export abstract class Refusal extends EconomyError {
  abstract readonly kind: RefusalKind
  /** Seconds after which the same question may have an answer; only where waiting helps. */
  readonly retryAfterSeconds: number | undefined = undefined
}

abstract class Unavailable extends Refusal {
  readonly kind = 'unavailable'
  override readonly retryAfterSeconds: number = 10
}

abstract class NotFound extends Refusal {
  readonly kind = 'notFound'
}

abstract class Invalid extends Refusal {
  readonly kind = 'invalid'
}

/** The database has no tables of this program, or not the ones of this version. */
export class TablesMissing extends Unavailable {
  readonly code = 'E5001'

  constructor() {
    super('The database has no tables for this version yet.', {}, 'Start the indexer once: it migrates.')
  }
}

/** No figure exists yet: the indexer has not stored its first block with events. */
export class NothingIndexed extends Unavailable {
  readonly code = 'E5002'

  constructor() {
    super('Nothing is indexed yet.', {}, 'Wait for the indexer; /status shows how far it is.')
  }
}

/** The newest indexed block is older than the operator allows for an answer about "now". */
export class HeadStale extends Unavailable {
  readonly code = 'E5003'

  constructor(facts: { block: number; lagSeconds: number; maxLagSeconds: number }) {
    super(
      `The newest indexed block is ${facts.lagSeconds} seconds old; ${facts.maxLagSeconds} are allowed.`,
      facts,
      'Ask for an explicit block, wait for the indexer to catch up, or raise MAX_LAG_SECONDS.',
    )
  }
}

/** The database holds another economy than the one this process is configured for. */
export class OtherEconomy extends Unavailable {
  readonly code = 'E5004'
  override readonly retryAfterSeconds = 60

  constructor(facts: { differs: readonly string[] }) {
    super(
      `The database belongs to another economy: ${facts.differs.join(', ')} differ.`,
      facts,
      'Point the API at the database that the indexer of this economy writes, or correct the economy file.',
    )
  }
}

/** PostgreSQL cannot be reached, or ended the connection. */
export class DatabaseUnavailable extends Unavailable {
  readonly code = 'E5005'
  override readonly retryAfterSeconds = 5

  constructor(facts: { reason: string }) {
    super(
      'The database cannot be reached.',
      facts,
      'Check that PostgreSQL runs; the API reconnects by itself.',
    )
  }
}

/** The question names a block or a time after the newest indexed block. */
export class NotIndexedYet extends NotFound {
  readonly code = 'E5006'

  constructor(facts: { asked: number | string; headBlock: number; headTimestamp: string }) {
    super(
      `${facts.asked} is after the newest indexed block, ${facts.headBlock} (${facts.headTimestamp}).`,
      facts,
      'Ask again once it is indexed, or ask without a block for the newest figures.',
    )
  }
}

/** The question names a block or a time before the first block that has figures. */
export class BeforeHistory extends NotFound {
  readonly code = 'E5007'

  constructor(facts: { asked: number | string; firstBlock: number }) {
    super(
      `${facts.asked} is before the history's start, block ${facts.firstBlock}.`,
      facts,
      `Ask for block ${facts.firstBlock} or a later one.`,
    )
  }
}

/** No stored block has this hash: it is no block of this chain, was reorganised away, or had no events. */
export class BlockHashUnknown extends NotFound {
  readonly code = 'E5008'

  constructor(facts: { hash: string }) {
    super(
      `No indexed block has the hash ${facts.hash}: it is kept of blocks with events, and of the newest.`,
      facts,
      'Ask by block number: every number from the first to the newest indexed block has an answer.',
    )
  }
}

/** PostgreSQL ended a statement that took longer than an answer may take. */
export class QueryTooSlow extends Unavailable {
  readonly code = 'E5009'

  constructor(facts: { limitMilliseconds: number }) {
    super('The answer took too long to look up.', facts, 'Ask for fewer rows, or try again later.')
  }
}

/** The indexer has not reported its source for longer than the limit: it may have stalled. */
export class HeartbeatStale extends Unavailable {
  readonly code = 'E5010'

  constructor(facts: { observedAt: string | null; limitSeconds: number }) {
    super(
      facts.observedAt === null
        ? 'The indexer has never reported.'
        : `The indexer last reported at ${facts.observedAt}.`,
      facts,
      'Check that the indexer runs and reaches its source.',
    )
  }
}

/** Differences that are told in the sentence; the facts hold all of them. */
const MOST_TOLD = 3

/** The differences that stand; amounts in base units, as text. */
export interface ReconciliationFacts {
  /** When it was last compared. */
  readonly checkedAt: string
  readonly differs: readonly {
    readonly figure: string
    readonly account: string | null
    readonly derived: string
    readonly onChain: string
    /** The block at which it was last found. */
    readonly block: number
    readonly hash: string
  }[]
}

/** What is served is not what the contracts themselves said at the same block, and nothing said otherwise since. */
export class ReconciliationDifferent extends Unavailable {
  readonly code = 'E5011'
  override readonly retryAfterSeconds = 60

  constructor(facts: ReconciliationFacts) {
    const { differs } = facts
    const told = differs.slice(0, MOST_TOLD).map(({ figure, account, derived, onChain, block, hash }) => {
      const what = account === null ? figure : `${figure} of ${account}`
      return `${what} is derived as ${derived}, but the contract says ${onChain}, at block ${block} (${hash})`
    })
    if (differs.length > MOST_TOLD) told.push(`and ${differs.length - MOST_TOLD} more differ`)
    super(
      `Different from the chain: ${told.join('; ')}.`,
      { ...facts },
      'Do not trust these figures: compare with another node, then index again into an empty database.',
    )
  }
}

/** The first backfill wrote without secondary indexes, and they are not all built yet. */
export class IndexesPending extends Unavailable {
  readonly code = 'E5012'
  override readonly retryAfterSeconds = 30

  constructor() {
    super(
      'The secondary indexes of the database are not built yet: questions about one account are slow.',
      {},
      'Wait: the indexer builds them by itself as soon as its first backfill is done.',
    )
  }
}

/** `after` or `before` is not a position in the list that is asked for. */
export class CursorInvalid extends Invalid {
  readonly code = 'E5020'

  constructor(facts: { cursor: string }) {
    super(
      `"${facts.cursor}" is no position in this list.`,
      facts,
      'Pass the cursor of a row of this list in this order, or its id where the list has no cursors, unchanged.',
    )
  }
}

/** `first` or `last` is outside what one page may hold. */
export class PageSizeInvalid extends Invalid {
  readonly code = 'E5021'

  constructor(facts: { first: number; least: number; most: number }) {
    super(
      `A page has ${facts.least} to ${facts.most} rows, not ${facts.first}.`,
      facts,
      `Ask for ${facts.most} at most, and page with "after" or "skip".`,
    )
  }
}

/** A block was named in no or in more than one way, or in a spelling that names none. */
export class BlockInvalid extends Invalid {
  readonly code = 'E5022'

  constructor(facts: { problem: string }) {
    super(
      `The block is not named properly: ${facts.problem}.`,
      facts,
      'Name it by exactly one of number, hash and timestamp; or leave it out for the newest.',
    )
  }
}

/** The text is not an account's address. */
export class AddressInvalid extends Invalid {
  readonly code = 'E5023'

  constructor(facts: { address: string; problem: string }) {
    super(
      `"${facts.address}" is not an account: ${facts.problem}.`,
      facts,
      'Pass 0x and 40 hex digits, in lower case or with a correct EIP-55 checksum.',
    )
  }
}

/** A series of too many buckets was asked for, or one of none. */
export class RangeInvalid extends Invalid {
  readonly code = 'E5024'

  constructor(facts: { problem: string; most: number }) {
    super(
      `The range of the series is wrong: ${facts.problem}.`,
      facts,
      `Ask for a range that begins before it ends and has ${facts.most} buckets at most.`,
    )
  }
}

/** The text is not a point in time. */
export class InstantInvalid extends Invalid {
  readonly code = 'E5025'

  constructor(facts: { instant: string }) {
    super(
      `"${facts.instant}" is not a point in time.`,
      facts,
      'Write ISO 8601 with its zone, such as 2026-11-21T10:00:00Z, or unix seconds.',
    )
  }
}

/** A filter asks for something that its entity cannot be asked for, or for too much. */
export class FilterInvalid extends Invalid {
  readonly code = 'E5040'

  constructor(facts: { problem: string }) {
    super(
      `The filter is wrong: ${facts.problem}.`,
      facts,
      'Name columns of the entity, with a suffix such as _gte or _in; join filters with AND and OR.',
    )
  }
}

/** Rows cannot be put into the order that is asked for. */
export class OrderInvalid extends Invalid {
  readonly code = 'E5041'

  constructor(facts: { entity: string; orderBy: string }) {
    super(
      `${facts.entity} cannot be ordered by ${facts.orderBy}.`,
      facts,
      'Order by one of its columns that holds a single value.',
    )
  }
}

/** `skip` is negative, or beyond what is passed over row by row. */
export class SkipInvalid extends Invalid {
  readonly code = 'E5042'

  constructor(facts: { skip: number; most: number }) {
    super(
      `0 to ${facts.most} rows can be skipped, not ${facts.skip}.`,
      facts,
      'Go deeper with the cursors of a connection, or with a filter such as id_gt.',
    )
  }
}

/** A page was asked for from both ends. */
export class PageInvalid extends Invalid {
  readonly code = 'E5043'

  constructor(facts: { first: number; last: number }) {
    super(
      `The first ${facts.first} and the last ${facts.last} rows are asked for at once.`,
      facts,
      'Ask for one of both: "first" goes forward, "last" goes backward.',
    )
  }
}

/** Something failed that has no code of its own. What it was is in the log, never in the answer. */
export class InternalFailure extends EconomyError {
  readonly code = 'E5099'

  constructor() {
    super('The answer could not be made.', {}, 'Look in the log of the API for the cause.')
  }
}
