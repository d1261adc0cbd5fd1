import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PROJECT } from './product'

/** Runs `npm run policy-ledger` as its script, against an API. */
export function runPolicyLedger(url: string): Promise<{ code: number; output: string; errors: string }> {
  return new Promise((resolve) => {
    const args = ['scripts/policy-ledger.mjs', '--url', url]
    const child = execFile(process.execPath, args, { cwd: PROJECT }, (_, output, errors) => {
      resolve({ code: child.exitCode ?? -1, output, errors })
    })
  })
}

/** A server that passes every question on to the API, and changes the text of its answers. */
export async function tamperWith(
  apiUrl: string,
  change: (answer: string) => string,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', async () => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${apiUrl}${request.url}`, { method: 'POST', headers, body })
      response.writeHead(answer.status, headers).end(change(await answer.text()))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
