import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Call {
  readonly id: number
  readonly method: string
  readonly params?: readonly unknown[]
}

/** Why a call is refused; undefined passes it on. */
export type Refuse = (call: Call) => string | undefined

export interface RefusingNode {
  readonly url: string
  close(): Promise<void>
}

/** A node in front of a real one, that passes on all but what it refuses: pruned, old, or short of something. */
export async function startRefusingNode(realUrl: string, refuse: Refuse): Promise<RefusingNode> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    const call = JSON.parse(body) as Call
    const message = refuse(call)
    response.setHeader('content-type', 'application/json')
    if (message !== undefined) {
      response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, error: { code: -32000, message } }))
      return
    }
    const headers = { 'content-type': 'application/json' }
    response.end(await (await fetch(realUrl, { method: 'POST', headers, body })).text())
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
