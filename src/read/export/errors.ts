import { Refusal } from '../errors'

/** No block with events is final yet, so there is nothing that could not be taken back. */
export class NothingFinal extends Refusal {
  readonly code = 'E5100'
  readonly kind = 'unavailable'
  override readonly retryAfterSeconds = 60

  constructor(facts: { finalizedBlock: number; firstBlock: number }) {
    super(
      `Nothing can be exported yet: the history begins at block ${facts.firstBlock}, and no block from there on is known to be final.`,
      facts,
      'Wait until the chain has made it final; /status shows how far it is.',
    )
  }
}

/** The range ends after the newest block that is known to be final. */
export class RangeNotFinal extends Refusal {
  readonly code = 'E5101'
  readonly kind = 'notFound'

  constructor(facts: { asked: number | string; newestBlock: number; newestTime: string }) {
    super(
      `The range ends at ${facts.asked}, of which it is not known that nothing can change any more.`,
      facts,
      `Ask for block ${facts.newestBlock} or time ${facts.newestTime} at the latest, leave the end out, or wait.`,
    )
  }
}

/** Nothing with events lies in the range. */
export class RangeEmpty extends Refusal {
  readonly code = 'E5102'
  readonly kind = 'notFound'

  constructor(facts: { from: number | string; to: number | string }) {
    super(
      `There is no block with events from ${facts.from} to ${facts.to}.`,
      facts,
      'Ask for a longer range: a file names the block with events that it ends at.',
    )
  }
}

/** The range begins or ends before the history does: a file of it would look complete, and could not be. */
export class RangeBeforeHistory extends Refusal {
  readonly code = 'E5103'
  readonly kind = 'notFound'

  constructor(facts: { asked: number | string; firstBlock: number; firstTime: string }) {
    super(
      `${facts.asked} is before the history's start, block ${facts.firstBlock} (${facts.firstTime}).`,
      facts,
      `Begin at block ${facts.firstBlock} or later, or leave the beginning out.`,
    )
  }
}

/** The range contradicts itself. */
export class RangeContradictory extends Refusal {
  readonly code = 'E5104'
  readonly kind = 'invalid'

  constructor(facts: { problem: string }) {
    super(
      `The range is not valid: ${facts.problem}.`,
      facts,
      'Name each end once, by block (the last one is in it) or by time (it ends before that), and the earlier one first.',
    )
  }
}

/** An account was named where none can be, or none where one has to be. */
export class AccountMisplaced extends Refusal {
  readonly code = 'E5105'
  readonly kind = 'invalid'

  constructor(facts: { dataset: string; problem: string }) {
    super(
      `The data set ${facts.dataset} cannot be made: ${facts.problem}.`,
      facts,
      'Name an account for a statement, and for nothing else.',
    )
  }
}

/** A data set whose rows have no place in the chain of their own cannot be continued after one. */
export class NotResumable extends Refusal {
  readonly code = 'E5106'
  readonly kind = 'invalid'

  constructor(facts: { dataset: string }) {
    super(
      `The data set ${facts.dataset} cannot be continued after a row: it is short, and its rows are not one event each.`,
      facts,
      'Ask for it from its beginning.',
    )
  }
}
