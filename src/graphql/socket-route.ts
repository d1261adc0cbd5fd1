import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type ExecutionResult, GraphQLError } from 'graphql'
import { handleProtocols, makeServer, type Server } from 'graphql-ws'
import { WebSocketServer } from 'ws'
import { TooManyConnections, TooManyOperations, TooManySubscriptions } from './errors'
import type { Connections } from './live-connections'
import type { LiveLimits } from './live-limits'
import type { LiveOperations } from './live-operations'
import { type SocketExtra, serveSocket, TRY_AGAIN_LATER } from './live-socket'

/** RFC 6455, 7.4.1: the service goes down. */
const GOING_AWAY = 1001

const MINUTE = 60_000

/** Takes WebSockets at `/graphql`. */
export function socketRoute(
  app: FastifyInstance,
  operations: LiveOperations,
  connections: Connections,
  limits: LiveLimits,
  report: (error: unknown) => void,
): void {
  const protocol = protocolOf(operations, limits)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    handleProtocols,
    clientTracking: false,
  })
  sockets.on('connection', (socket) => {
    const stop = () => sendAway(GOING_AWAY, 'The service is stopped')
    const ended = connections.open(stop)
    if (ended === undefined) {
      const { code, message } = new TooManyConnections({ most: limits.connections })
      socket.on('error', () => undefined)
      // A browser is shown the reason of a close, and nothing of a handshake that is refused.
      socket.close(TRY_AGAIN_LATER, `${code}: ${message}`)
      return
    }
    socket.once('close', ended)
    const sendAway = serveSocket(protocol, socket, limits, report)
  })
  app.server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const path = request.url?.split('?', 1)[0]
    const isSocket = request.headers.upgrade?.toLowerCase() === 'websocket'
    if (path !== '/graphql' || !isSocket) {
      refuse(stream, isSocket ? '404 Not Found' : '400 Bad Request')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket))
  })
}

/** What is said over each socket. */
function protocolOf(operations: LiveOperations, limits: LiveLimits): Server<SocketExtra> {
  const begun = new WeakMap<object, { readonly until: number; count: number }>()
  /** Counts an operation; why it may not begin. */
  const refused = (
    { socket }: SocketExtra,
    open: number,
  ): TooManySubscriptions | TooManyOperations | undefined => {
    // The one that begins is counted already.
    if (open > limits.operations) return new TooManySubscriptions({ most: limits.operations })
    const now = performance.now()
    let minute = begun.get(socket)
    if (minute === undefined || minute.until <= now) minute = { until: now + MINUTE, count: 0 }
    begun.set(socket, minute)
    minute.count += 1
    const mostPerMinute = limits.operationsPerMinute
    return minute.count > mostPerMinute ? new TooManyOperations({ mostPerMinute }) : undefined
  }
  return makeServer<Record<string, unknown>, SocketExtra>({
    onSubscribe({ subscriptions, extra }, _id, { query, operationName, variables }) {
      const refusal = refused(extra, Object.keys(subscriptions).length)
      if (refusal !== undefined) return [new GraphQLError(refusal.message, { originalError: refusal })]
      return operations.prepare({
        query,
        ...(operationName ? { operationName } : {}),
        variables: variables ?? {},
      })
    },
    execute: operations.run,
    subscribe: operations.run,
    onNext: (_context, _id, _payload, _operation, result) => operations.present(result as ExecutionResult),
    onError: (_context, _id, _payload, errors) => operations.present({ errors }).errors ?? [],
  })
}

function refuse(stream: Duplex, status: string): void {
  stream.on('error', () => undefined)
  // The client may leave its half open for as long as it likes.
  stream.once('finish', () => stream.destroy())
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
