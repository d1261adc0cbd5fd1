import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A log as `eth_getLogs` answers it; everything else in it is passed on. */
export interface NodeLog {
  readonly address: string
  readonly blockNumber: string
  readonly logIndex: string
  readonly removed?: boolean
}

/** Puts other logs in the place of those that the node answered. */
export type Lie = (logs: readonly NodeLog[]) => readonly NodeLog[]

export interface LyingNode {
  readonly url: string
  close(): Promise<void>
}

interface Call {
  readonly method: string
  readonly id: number
}
interface Answer {
  readonly id: number
  readonly result?: unknown
}

/** A node in front of a real one, that passes everything on except the logs that `lie` changes. */
export async function startLyingNode(realUrl: string, lie: Lie): Promise<LyingNode> {
  const tell = (calls: readonly Call[], answers: readonly Answer[]): Answer[] =>
    answers.map((answer) => {
      const { method } = calls.find(({ id }) => id === answer.id) ?? { method: 'unknown' }
      if (method !== 'eth_getLogs' || !Array.isArray(answer.result)) return answer
      return { ...answer, result: lie(answer.result as NodeLog[]) }
    })
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts).toString('utf8')
    try {
      const real = await fetch(realUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      const asked = JSON.parse(body) as Call | Call[]
      const answered = (await real.json()) as Answer | Answer[]
      const told = tell([asked].flat(), [answered].flat())
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(Array.isArray(answered) ? told : told[0]))
    } catch {
      // The real node is gone: so is this one, for whoever asks.
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
