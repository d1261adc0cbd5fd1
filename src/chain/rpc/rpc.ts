/** An endpoint as it may be shown: without its secrets. Unique within a pool. */
export type EndpointName = string

/** What a node answered, and which one it was. */
export interface Answer<T> {
  readonly value: T
  readonly endpoint: EndpointName
}

/**
 * What kind of failure it was, which decides what happens next:
 * - `rate-limited`: asked too often. Slower there; meanwhile elsewhere.
 * - `too-large`: more blocks or results than the endpoint gives at once. The caller asks for less.
 * - `batch-too-large`: more calls in one request than it takes. Smaller batches there.
 * - `unavailable`: no connection, a cut one, HTTP 5xx, an internal error. Elsewhere, and there again later.
 * - `timeout`: no answer in time, or one that trickles in.
 * - `malformed`: not JSON, half of it, or not the shape of an answer.
 * - `behind`: does not have the block yet, or has it without its logs.
 * - `untrusted`: an answer that cannot be true.
 * - `unsupported`: has no such method, or not for blocks that old. Elsewhere; refused if nobody has it.
 * - `unauthorized`: does not let us in.
 * - `rejected`: the question itself is wrong, or a contract reverted. Of a call to a contract the same everywhere;
 *   otherwise elsewhere, since an endpoint may be alone in not taking it: refused if everybody says so.
 */
export type ErrorClass =
  | 'rate-limited'
  | 'too-large'
  | 'batch-too-large'
  | 'unavailable'
  | 'timeout'
  | 'malformed'
  | 'behind'
  | 'untrusted'
  | 'unsupported'
  | 'unauthorized'
  | 'rejected'

/** Thrown by a check of an answer: it does not count, and the question is asked again, elsewhere where there is one. */
export class BadAnswer extends Error {
  constructor(
    readonly errorClass: 'behind' | 'untrusted' | 'malformed',
    message: string,
  ) {
    super(message)
  }
}

/**
 * The endpoint does not give the logs of so many blocks at once, or fails for them again and again without a reason: the
 * caller has to ask for fewer. Never thrown of a single block: where nobody gives that one, it is RpcRejected.
 */
export class RangeTooLarge extends Error {
  constructor(
    readonly endpoint: EndpointName,
    /** How many blocks from the first one on it says that it gives; undefined where it does not say. */
    readonly blocks: number | undefined,
    message: string,
  ) {
    super(message)
  }
}

/**
 * A question that asking again does not answer: a call to a contract that one node rejected (a revert, for one), or
 * anything else that every endpoint declined (a wrong parameter, no such method). It tells the first refusal.
 */
export class RpcRejected extends Error {
  constructor(
    readonly endpoint: EndpointName,
    readonly errorClass: 'rejected' | 'unsupported' | 'unauthorized',
    readonly code: number | undefined,
    message: string,
    readonly data?: unknown,
  ) {
    super(message)
  }
}

export interface CallOptions<T> {
  /** Judges an answer before it counts; throws BadAnswer to have it asked again. `index` as in `callEach`. */
  readonly check?: (value: T, index: number, endpoint: EndpointName) => void
  /** Name of lists of texts in the answers that nobody reads: they may come empty. */
  readonly unread?: string
  /** Endpoints that are asked only where there is no other: somebody else's word is wanted. */
  readonly avoid?: ReadonlySet<EndpointName>
  /** Where calls have to queue, lower ones go first. */
  readonly priority?: number
  readonly signal?: AbortSignal
  /** How long all tries together may take, in milliseconds; for ever if left out. */
  readonly patience?: number
}

/** JSON-RPC as it is used here: which endpoint answers, how often one is asked and in what batches is its business. */
export interface Rpc {
  /**
   * @throws RangeTooLarge of `eth_getLogs` alone
   * @throws RpcRejected if a call to a contract is rejected, or no endpoint takes the question
   * @throws NodeUntrusted (E3014) if answers failed their check again and again, wherever they came from
   * @throws NodeUnreachable (E3002) if `patience` ran out
   */
  call<T>(method: string, params: readonly unknown[], options?: CallOptions<T>): Promise<Answer<T>>
  /** The same question of many things, in batches; answers in the order of `params`. Throws as `call` does. */
  callEach<T>(
    method: string,
    params: readonly (readonly unknown[])[],
    options?: CallOptions<T>,
  ): Promise<Answer<T>[]>
  /** Counts an answer as untrusted that only came out as such beside others; its endpoint is asked last for a while. */
  distrust(endpoint: EndpointName, reason: string): void
  /** How many blocks the endpoint that would answer next gives the logs of at once, as learned so far. */
  logRange(): number
  /** Heads as they are pushed (WebSocket), in the shape of `eth_subscribe("newHeads")`; never called where none are. */
  onNewHead(listener: (head: Record<string, unknown>, endpoint: EndpointName) => void): () => void
  /** Whether heads are being pushed now. */
  isPushed(): boolean
  /**
   * Waits until one endpoint may be used.
   * @throws EconomyError the statement of the most preferred one, if none may ever be
   * @throws NodeUnreachable (E3002) if none answered within `patience` milliseconds
   */
  ready(patience: number): Promise<void>
  status(): readonly EndpointStatus[]
  close(): Promise<void>
}

/** An endpoint as an operator wants to see it. */
export interface EndpointStatus {
  readonly name: EndpointName
  /**
   * `resting`: its circuit is open, or it was not admitted again; it is probed from time to time. `refused`: never asked,
   * for `reason`.
   */
  readonly state: 'unchecked' | 'ready' | 'resting' | 'refused'
  readonly reason: string | undefined
  /** Moving average, in milliseconds; undefined before the first answer. */
  readonly latency: number | undefined
  /** Blocks per `eth_getLogs`, calls per request, requests at once: as learned so far. */
  readonly logRange: number
  readonly batchSize: number
  readonly concurrency: number
  /** Requests sent, by method; a batch counts each of its calls. */
  readonly calls: Readonly<Record<string, number>>
  /** HTTP requests or WebSocket messages. */
  readonly requests: number
  readonly errors: Readonly<Partial<Record<ErrorClass, number>>>
  readonly bytesReceived: number
  readonly bytesSent: number
}
