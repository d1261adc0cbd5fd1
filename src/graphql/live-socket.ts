import { CloseCode, type Server } from 'graphql-ws'
import type { WebSocket } from 'ws'
import type { LiveLimits } from './live-limits'

/** IANA's registry of WebSocket close codes: the client may come back later. */
export const TRY_AGAIN_LATER = 1013

/** What an operation knows of the connection that it came by. */
export interface SocketExtra {
  readonly socket: WebSocket
}

/**
 * Speaks graphql-transport-ws on one socket. An operation goes on only once its message was taken, so that at most one of each
 * waits in memory; a client that takes nothing is sent away.
 * @returns how to send it away
 */
export function serveSocket(
  server: Server<SocketExtra>,
  socket: WebSocket,
  { patience, farewell, heartbeat }: LiveLimits,
  report: (error: unknown) => void,
): (code: number, reason: string) => void {
  const isOpen = (): boolean => socket.readyState === socket.OPEN
  const sendAway = (code: number, reason: string): void => {
    if (!isOpen()) return
    // It sees the reason if it takes what was sent before.
    socket.close(code, reason)
    setTimeout(() => socket.terminate(), farewell).unref()
    // Nothing is read for it any more meanwhile.
    closed(code, reason).catch(report)
  }
  const send = (data: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (!isOpen()) {
        resolve()
        return
      }
      const reason = `Too slow: nothing was taken for ${patience / 1_000} seconds`
      const timer = setTimeout(() => sendAway(TRY_AGAIN_LATER, reason), patience)
      socket.send(data, (error) => {
        clearTimeout(timer)
        // A connection that broke meanwhile is told by its end.
        if (error && isOpen()) reject(error)
        else resolve()
      })
    })
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send,
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) => {
        socket.on('message', (data) => {
          take(String(data)).catch((error: unknown) => {
            report(error)
            socket.close(CloseCode.InternalServerError, 'Internal server error')
          })
        })
      },
    },
    { socket },
  )
  let isHeard = true
  socket.on('pong', () => {
    isHeard = true
  })
  const asking = setInterval(() => {
    // One that has messages to take is not asked: the answer would come after them.
    if (socket.bufferedAmount > 0) return
    if (!isHeard) socket.terminate()
    isHeard = false
    if (isOpen()) socket.ping()
  }, heartbeat)
  // What a client sends that is no WebSocket frame; `ws` has answered it with a close code.
  socket.on('error', () => undefined)
  socket.once('close', (code, reason) => {
    clearInterval(asking)
    closed(code, String(reason)).catch(report)
  })
  return sendAway
}
