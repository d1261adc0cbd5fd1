/** What connections that stay open may cost. */
export interface LiveLimits {
  /** Connections at once, WebSockets and streams together. */
  readonly connections: number
  /** Operations of one WebSocket at once. */
  readonly operations: number
  /** Operations that one WebSocket may begin in a minute. */
  readonly operationsPerMinute: number
  /** Bytes of one message to the service. */
  readonly messageBytes: number
  /** How long a client may leave a message untaken, in milliseconds. */
  readonly patience: number
  /** How long a client that is sent away may take to see why, in milliseconds. */
  readonly farewell: number
  /** How often a silent client is asked whether it is there, in milliseconds. */
  readonly heartbeat: number
}

export const LIVE_LIMITS: LiveLimits = {
  connections: 1_000,
  operations: 32,
  operationsPerMinute: 120,
  messageBytes: 200_000,
  patience: 30_000,
  farewell: 2_000,
  heartbeat: 15_000,
}
