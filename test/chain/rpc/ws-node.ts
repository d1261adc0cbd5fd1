import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { RpcRequest } from './node-server'

export interface WsNode {
  readonly url: string
  readonly sockets: WebSocket[]
  readonly upgrades: IncomingMessage[]
  readonly received: (RpcRequest | RpcRequest[])[]
  behave(behaviour: (socket: WebSocket, request: RpcRequest | RpcRequest[]) => void): void
  /** Resolves once so many subscriptions were asked for. */
  subscribed(times: number): Promise<void>
  push(head: object): void
  close(): Promise<void>
}

/** A real WebSocket server: answers each question by its method, and `eth_subscribe` by an id. */
export async function startWsNode(): Promise<WsNode> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  const sockets: WebSocket[] = []
  const upgrades: IncomingMessage[] = []
  const received: (RpcRequest | RpcRequest[])[] = []
  const waiting: { times: number; resolve: () => void }[] = []
  let subscriptions = 0
  const answer = ({ id, method }: RpcRequest): object => ({ jsonrpc: '2.0', id, result: method })
  let act = (socket: WebSocket, request: RpcRequest | RpcRequest[]): void =>
    socket.send(JSON.stringify(Array.isArray(request) ? request.map(answer) : answer(request)))
  server.on('connection', (socket, upgrade) => {
    sockets.push(socket)
    upgrades.push(upgrade)
    socket.on('error', () => {})
    socket.on('message', (data: Buffer) => {
      const request = JSON.parse(data.toString()) as RpcRequest | RpcRequest[]
      received.push(request)
      if (Array.isArray(request) || request.method !== 'eth_subscribe') {
        act(socket, request)
        return
      }
      subscriptions += 1
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: request.id, result: `0x${subscriptions}` }))
      for (const { times, resolve } of waiting) if (subscriptions >= times) resolve()
    })
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    upgrades,
    received,
    behave(behaviour) {
      act = behaviour
    },
    subscribed: (times) =>
      new Promise((resolve) => {
        waiting.push({ times, resolve })
        if (subscriptions >= times) resolve()
      }),
    push(head) {
      const params = { subscription: `0x${subscriptions}`, result: head }
      sockets.at(-1)?.send(JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params }))
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.terminate()
        server.close(() => resolve())
      }),
  }
}
