import { Agent, get, type IncomingHttpHeaders } from 'node:http'

/** The block that the API's figures are true at. */
export interface ShownHead {
  readonly hash: string | undefined
  /** By `performance.now()`, when the answer was there. */
  readonly at: number
  readonly body: string
}

/** Asks the API for its figures again and again, over one connection. */
export interface HeadWatch {
  /** Resolves with the first answer at this block. @throws Error if it is not shown in time */
  shows(hash: string): Promise<ShownHead>
  close(): void
}

/** The figures that people look at first; the block that they are true at stands in the headers. */
const PATH = '/api/treasury'
/** Milliseconds until a block that is not shown is given up. */
const PATIENCE = 60_000

/** @param isAlive whether there is still somebody to wait for */
export function watchHead(port: number, isAlive: () => boolean): HeadWatch {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, noDelay: true })
  return {
    async shows(hash) {
      const since = performance.now()
      for (;;) {
        const shown = await ask(agent, port)
        if (shown.hash === hash) return shown
        if (!isAlive()) throw new Error('the indexer or the API has ended')
        if (shown.at - since > PATIENCE) throw new Error(`the API shows ${shown.hash}, not ${hash}`)
      }
    },
    close: () => agent.destroy(),
  }
}

/** A refusal, or nobody there yet, is an answer without a block. */
function ask(agent: Agent, port: number): Promise<ShownHead> {
  return new Promise((resolve) => {
    const answer = (headers: IncomingHttpHeaders, body: string): void => {
      resolve({ hash: headers['as-of-hash'] as string | undefined, at: performance.now(), body })
    }
    const request = get({ host: '127.0.0.1', port, path: PATH, agent }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        body += piece
      })
      response.on('end', () => answer(response.headers, body))
    })
    request.on('error', () => setTimeout(answer, 50, {}, ''))
  })
}
