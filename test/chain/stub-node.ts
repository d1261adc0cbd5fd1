import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Request {
  readonly id: number
  readonly method: string
  readonly params?: readonly unknown[]
}

/** What a stub answers; a thrown `RpcRefusal` becomes a JSON-RPC error. */
export type Methods = Readonly<Record<string, (...params: readonly unknown[]) => unknown>>

export class RpcRefusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data?: string,
  ) {
    super(message)
  }
}

export interface StubNode {
  readonly url: string
  close(): Promise<void>
}

/** A JSON-RPC server on loopback that knows the given methods and refuses all others as unknown. */
export async function startStubNode(methods: Methods): Promise<StubNode> {
  const answer = ({ id, method, params = [] }: Request): object => {
    try {
      const handle = methods[method]
      if (handle === undefined) throw new RpcRefusal(-32601, `the method ${method} does not exist`)
      return { jsonrpc: '2.0', id, result: handle(...params) }
    } catch (error) {
      const { code, message, data } = error as RpcRefusal
      return { jsonrpc: '2.0', id, error: { code, message, data } }
    }
  }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      const asked = JSON.parse(body) as Request | Request[]
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(Array.isArray(asked) ? asked.map(answer) : answer(asked)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
