import type { Failure } from './failure'

export interface Question {
  readonly method: string
  readonly params: readonly unknown[]
  /** Name of lists of texts in the answer that nobody reads: they may come empty. */
  readonly unread?: string | undefined
}

/** One answer, or why there is none. */
export type Reply = { readonly value: unknown } | Failure

export interface Replies {
  /** In the order of the questions. */
  readonly replies: readonly Reply[]
  /** Of the whole answer. */
  readonly bytes: number
}

/** Bytes and messages of one endpoint, counted as they pass. */
export interface Traffic {
  requests: number
  bytesSent: number
  bytesReceived: number
}

export interface AskOptions {
  /** Milliseconds until the last byte of the answer. */
  readonly timeout: number
  readonly signal: AbortSignal
}

/** The way to one endpoint. */
export interface Transport {
  /**
   * Sends one request: a batch where there is more than one question.
   * @throws Failure if nothing was answered, and the signal's reason if it was aborted
   */
  ask(questions: readonly Question[], options: AskOptions): Promise<Replies>
  /** Whether heads are being pushed now. */
  isPushed(): boolean
  /** Subscribes to heads, now and after each reconnection; nothing where the transport cannot. */
  pushHeads(): void
  close(): Promise<void>
}

export interface TransportOptions {
  readonly url: URL
  readonly traffic: Traffic
  /** Largest answer, in bytes. */
  readonly answerLimit: number
  readonly random: () => number
  /** Milliseconds between the pings of a WebSocket. */
  readonly heartbeat?: number | undefined
  readonly onHead: (head: Record<string, unknown>) => void
}
