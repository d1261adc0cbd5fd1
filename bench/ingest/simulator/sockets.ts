import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { parseCalls } from './answer-calls'
import type { SimulatedChain } from './chain'
import type { Call, FaultRule } from './faults'
import { type Answer, headMessage } from './node'

/** What the sockets of an endpoint need of it. */
export interface SocketSource {
  readonly chain: SimulatedChain
  /** The newest block that this endpoint has. */
  head(): number
  latency(): number
  strike(call: Call): FaultRule | undefined
  answer(body: string): Answer | undefined
}

export interface Sockets {
  cut(): void
  setMuted(isMuted: boolean): void
  close(): void
}

/** WebSockets with subscriptions to new heads. */
export function openSockets(server: Server, source: SocketSource): Sockets {
  const sockets = new WebSocketServer({ server })
  const subscriptions = new Map<string, WebSocket>()
  let count = 0
  let isMuted = false

  const stopListening = source.chain.onBlock((number) => {
    if (isMuted) return
    // One that lags tells of each block when it gets it.
    const seen = Math.min(number, source.head())
    const result = headMessage(source.chain, seen)
    for (const [id, socket] of subscriptions) {
      const params = `{"subscription":"${id}","result":${result}}`
      socket.send(`{"jsonrpc":"2.0","method":"eth_subscription","params":${params}}`)
    }
  })
  const subscribe = (socket: WebSocket, { method, params: [first] }: Call): unknown => {
    if (method === 'eth_unsubscribe') return subscriptions.delete(String(first))
    if (first !== 'newHeads') return false
    count += 1
    const id = `0x${count.toString(16)}`
    subscriptions.set(id, socket)
    return id
  }
  const receive = (socket: WebSocket, body: string): void => {
    const call = parseCalls(body)?.calls[0]
    if (call === undefined) return
    if (source.strike(call) !== undefined) {
      socket.terminate()
      return
    }
    if (call.method === 'eth_subscribe' || call.method === 'eth_unsubscribe') {
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: call.id, result: subscribe(socket, call) }))
      return
    }
    socket.send(source.answer(body)?.map(String).join('') ?? '')
  }
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const wait = source.latency()
      if (wait > 0) setTimeout(() => receive(socket, String(data)), wait)
      else receive(socket, String(data))
    })
    socket.on('close', () => {
      for (const [id, owner] of subscriptions) if (owner === socket) subscriptions.delete(id)
    })
  })
  const cut = (): void => {
    for (const socket of sockets.clients) socket.terminate()
  }
  return {
    cut,
    setMuted(muted) {
      isMuted = muted
    },
    close() {
      stopListening()
      cut()
      sockets.close()
    },
  }
}
