import type { ServerResponse } from 'node:http'
import type { FaultRule } from './faults'
import type { Answer } from './node'

/** Bytes of a huge answer: more than anyone should take. */
const HUGE = 512 * 2 ** 20
/** Milliseconds between two bytes of a slow answer. */
const DRIP = 100

/** Answers wrongly, as a fault of the stage `exchange` says; `answer` is what would have been right. */
export function breakExchange(response: ServerResponse, rule: FaultRule, answer: () => Answer): void {
  const json = { 'content-type': 'application/json' }
  switch (rule.fault) {
    case 'http-429':
      response.writeHead(429, { 'content-type': 'text/plain' }).end('Too Many Requests')
      return
    case 'http-429-retry-after':
      response.writeHead(429, { ...json, 'retry-after': String(rule.retryAfter ?? 1) })
      response.end('{"jsonrpc":"2.0","id":null,"error":{"code":429,"message":"Too many requests"}}')
      return
    case 'http-500':
      response.writeHead(500).end('Internal Server Error')
      return
    case 'http-502':
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>')
      return
    case 'http-503':
      response.writeHead(503).end('Service Unavailable')
      return
    case 'timeout':
      return
    case 'connection-reset':
      response.socket?.resetAndDestroy()
      return
    case 'half-body': {
      const text = textOf(answer())
      response.writeHead(200, { ...json, 'content-length': text.length })
      response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy())
      return
    }
    case 'invalid-json':
      response.writeHead(200, json).end(`${textOf(answer()).slice(0, -1)},,]`)
      return
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><title>Just a moment...</title><h1>Checking your browser</h1>')
      return
    case 'slow-loris':
      drip(response)
      return
    case 'huge-response':
      flood(response)
      return
  }
}

function textOf(answer: Answer): string {
  return answer.map(String).join('')
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"jsonrpc":"2.0","id":1,"result":"0x')
  const timer = setInterval(() => response.write('0'), DRIP)
  response.on('close', () => clearInterval(timer))
}

function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"jsonrpc":"2.0","id":1,"result":"0x')
  const piece = Buffer.alloc(2 ** 20, '0')
  let left = HUGE
  const pour = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= piece.length
      if (!response.write(piece)) {
        response.once('drain', pour)
        return
      }
    }
    if (!response.destroyed) response.end('"}')
  }
  pour()
}
