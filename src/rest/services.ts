import type { EconomyFile } from '../config/economy-file'
import type { EmbedSetting } from '../config/embed-setting'
import type { AnswerCache } from '../read/answer-cache'
import type { ReadStore } from '../read/reads'

/** What is served beside REST's own paths, as the OpenAPI document has it. */
export interface OtherPaths {
  readonly tags: readonly object[]
  readonly paths: object
}

/** What the REST edge needs. */
export interface RestServices {
  readonly store: ReadStore
  readonly economy: EconomyFile
  readonly answers: AnswerCache
  /** When this process began to serve, in unix seconds. */
  readonly startedAt: number
  /** Seconds between two comparisons with the chain; 0 means only on demand. */
  readonly reconcileSeconds: number
  readonly embed: EmbedSetting
  /** Paths of other rooms, for the document. */
  readonly otherPaths?: OtherPaths
  /** Told of failures whose cause is kept out of the answer. */
  readonly report: (error: unknown) => void
}
