import { Agent, request } from 'node:http'
import { RpcRefused, RpcUnreachable } from './errors'

/** Calls one JSON-RPC method of the local node. The caller states the type of the result. */
export type Rpc = <Result = unknown>(method: string, params?: readonly unknown[]) => Promise<Result>

export interface RpcClient {
  readonly call: Rpc
  close(): void
}

interface Reply {
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string }
}

/**
 * A client of one local node over kept-alive HTTP. One request per call, never a batch: a node may run the
 * entries of a batch in any order, and the order of transactions is part of the chain.
 */
export function createRpcClient(port: number): RpcClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  let requests = 0
  const call: Rpc = async <Result>(method: string, params: readonly unknown[] = []): Promise<Result> => {
    requests += 1
    const body = JSON.stringify({ jsonrpc: '2.0', id: requests, method, params })
    const reply = JSON.parse(await post(agent, port, method, body)) as Reply
    if (reply.error) {
      throw new RpcRefused({ method, rpcCode: reply.error.code, reason: reply.error.message })
    }
    return reply.result as Result
  }
  return { call, close: () => agent.destroy() }
}

function post(agent: Agent, port: number, method: string, requestBody: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new RpcUnreachable({ method, port, reason: error.message }))
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(requestBody) }
    const outgoing = request({ host: '127.0.0.1', port, method: 'POST', agent, headers }, (incoming) => {
      let body = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk: string) => {
        body += chunk
      })
      incoming.on('end', () => resolve(body))
      incoming.on('error', fail)
    })
    outgoing.on('error', fail)
    outgoing.end(requestBody)
  })
}

/** A quantity as JSON-RPC writes it. */
export function toQuantity(value: number | bigint): `0x${string}` {
  return `0x${value.toString(16)}`
}
