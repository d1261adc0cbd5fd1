import type { Socket } from 'node:net'

/** Somebody who waits for an answer, and may go away. */
export interface Client {
  readonly socket: Socket
  /** Aborted when the connection is closed. */
  readonly gone: AbortSignal
  /** Runs `act` when the connection is closed; at once where it is by now. */
  whenGone(act: () => void): void
  /** Ends following. */
  forget(): void
}

/** Follows the connection rather than the answer, which knows of none while it waits behind another one. */
export function followClient(socket: Socket): Client {
  const controller = new AbortController()
  const leave = (): void => controller.abort()
  socket.once('close', leave)
  if (socket.destroyed) leave()
  return {
    socket,
    gone: controller.signal,
    whenGone: (act) => {
      if (controller.signal.aborted) act()
      else controller.signal.addEventListener('abort', act, { once: true })
    },
    forget: () => void socket.off('close', leave),
  }
}
