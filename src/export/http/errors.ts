import { EconomyError } from '../../core/errors'
import { Refusal } from '../../read/errors'

/** As many exports are being downloaded as the service makes at once. */
export class TooManyDownloads extends Refusal {
  readonly code = 'E7060'
  readonly kind = 'unavailable'
  override readonly retryAfterSeconds = 30

  constructor(facts: { most: number; found: number }) {
    super(
      `The service makes ${facts.most} exports at once, and ${facts.found} are being made.`,
      facts,
      'Try again later. Whoever has the database makes them without this limit: ashao export.',
    )
  }
}

/** Parameters of an export are unknown, repeated, contradictory or misspelt; every problem is named. */
export class DownloadParametersInvalid extends Refusal {
  readonly code = 'E7061'
  readonly kind = 'invalid'

  constructor(facts: { problems: readonly string[] }) {
    super(
      `The parameters of the export are wrong: ${facts.problems.join('; ')}.`,
      facts,
      'Correct or remove them; unknown parameters are refused rather than ignored.',
    )
  }
}

/** An export was to go on after a row where it cannot. */
export class DownloadNotResumable extends Refusal {
  readonly code = 'E7062'
  readonly kind = 'invalid'

  constructor(facts: { file: string; problem: string }) {
    super(
      `${facts.file} cannot go on after a row: ${facts.problem}.`,
      facts,
      'Download it whole; CSV and NDJSON of events and snapshots go on after a row of the range.',
    )
  }
}

/** Who downloads an export takes nothing of it, and is cut off. Only the log hears of it. */
export class DownloadStalled extends EconomyError {
  readonly code = 'E7063'

  constructor(facts: { file: string; limitMilliseconds: number }) {
    super(
      `A client took nothing of ${facts.file} for ${facts.limitMilliseconds / 1000} seconds, and was cut off.`,
      facts,
      'Read without long pauses; what was cut off goes on with "after".',
    )
  }
}

/** An export failed after its answer had begun: the connection was broken off, so that nobody takes it for whole. Only the log hears of it. */
export class DownloadBroken extends EconomyError {
  readonly code = 'E7064'

  /** @param cause what failed, for the log alone */
  constructor(facts: { file: string; bytes: number }, cause: unknown) {
    super(
      `${facts.file} failed after ${facts.bytes} bytes, and was broken off.`,
      facts,
      'Look at the cause in the log; the download goes on with "after".',
    )
    this.cause = cause
  }
}
