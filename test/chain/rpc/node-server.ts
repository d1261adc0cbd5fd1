import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RpcRequest {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}

/** One HTTP request to a node, as it arrived. */
export interface Received {
  readonly requests: readonly RpcRequest[]
  readonly isBatch: boolean
  readonly http: IncomingMessage
  readonly response: ServerResponse
  /** Ends the answer with this as JSON. */
  send(body: unknown, status?: number, headers?: Record<string, string>): void
  /** Answers each question by its result. */
  answer(result: (request: RpcRequest) => unknown): void
}

export interface NodeServer {
  readonly url: string
  readonly received: Received[]
  /** How requests are answered from now on. */
  behave(behaviour: (received: Received) => void): void
  count(method: string): number
  connections(): Promise<number>
  close(): Promise<void>
}

/** A real HTTP server that answers as it is told; by default every question by its own method. */
export async function startNode(port = 0): Promise<NodeServer> {
  const received: Received[] = []
  let act = (one: Received): void => one.answer(({ method }) => method)
  const server = createServer(async (http, response) => {
    const parts: Buffer[] = []
    for await (const part of http) parts.push(part as Buffer)
    const body = JSON.parse(Buffer.concat(parts).toString()) as RpcRequest | RpcRequest[]
    const isBatch = Array.isArray(body)
    const requests = isBatch ? body : [body]
    const send: Received['send'] = (answer, status = 200, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    }
    const answer: Received['answer'] = (result) => {
      const answers = requests.map((each) => ({ jsonrpc: '2.0', id: each.id, result: result(each) }))
      send(isBatch ? answers : answers[0])
    }
    const one = { requests, isBatch, http, response, send, answer }
    received.push(one)
    act(one)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    behave(behaviour) {
      act = behaviour
    },
    count: (method) =>
      received.flatMap(({ requests }) => requests).filter((each) => each.method === method).length,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** An error object in answer to everything. */
export const refuseWith =
  (error: unknown, status = 200, headers: Record<string, string> = {}) =>
  ({ requests, isBatch, send }: Received): void => {
    const answers = requests.map(({ id }) => ({ jsonrpc: '2.0', id, error }))
    send(isBatch ? answers : answers[0], status, headers)
  }
