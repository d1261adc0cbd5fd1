import { type LoopbackServer, serveOnLoopback } from '../support/loopback-server'

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

/** A JSON-RPC server on loopback that knows the given methods and refuses all others as unknown. */
export async function startStubNode(methods: Methods): Promise<LoopbackServer> {
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
  return serveOnLoopback((body) => {
    const asked = JSON.parse(body) as Request | Request[]
    return JSON.stringify(Array.isArray(asked) ? asked.map(answer) : answer(asked))
  })
}
