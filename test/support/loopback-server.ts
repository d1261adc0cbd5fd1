import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LoopbackServer {
  readonly url: string
  close(): Promise<void>
}

/** A server that answers what is posted to it; a failure of `answer` hangs up on whoever asked. */
export async function serveOnLoopback(
  answer: (body: string) => string | Promise<string>,
): Promise<LoopbackServer> {
  const server = createServer(async (request, response) => {
    try {
      let body = ''
      for await (const part of request.setEncoding('utf8')) body += part
      response.setHeader('content-type', 'application/json')
      response.end(await answer(body))
    } catch {
      response.destroy()
    }
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

/** Passes a JSON-RPC request on to a node. */
export async function passOn(url: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(url, { method: 'POST', headers, body })).text()
}
