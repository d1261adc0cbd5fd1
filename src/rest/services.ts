import type { EconomyFile } from '../config/economy-file'
import type { EmbedSetting } from '../config/embed-setting'
import type { AnswerCache } from '../read/answer-cache'
import type { ReadStore } from '../read/reads'

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
  /** Told of failures whose cause is kept out of the answer. */
  readonly report: (error: unknown) => void
}
