import { type LoopbackServer, passOn, serveOnLoopback } from './loopback-server'

/** A log as `eth_getLogs` answers it; everything else in it is passed on. */
export interface NodeLog {
  readonly address: string
  readonly blockNumber: string
  readonly logIndex: string
  readonly removed?: boolean
}

/** Puts other logs in the place of those that the node answered. */
export type Lie = (logs: readonly NodeLog[]) => readonly NodeLog[]

interface Call {
  readonly method: string
  readonly id: number
}
interface Answer {
  readonly id: number
  readonly result?: unknown
}

/** A node in front of a real one, that passes everything on except the logs that `lie` changes. */
export async function startLyingNode(realUrl: string, lie: Lie): Promise<LoopbackServer> {
  const tell = (calls: readonly Call[], answers: readonly Answer[]): Answer[] =>
    answers.map((answer) => {
      const { method } = calls.find(({ id }) => id === answer.id) ?? { method: 'unknown' }
      if (method !== 'eth_getLogs' || !Array.isArray(answer.result)) return answer
      return { ...answer, result: lie(answer.result as NodeLog[]) }
    })
  // Where the real node is gone, so is this one, for whoever asks.
  return serveOnLoopback(async (body) => {
    const asked = JSON.parse(body) as Call | Call[]
    const answered = JSON.parse(await passOn(realUrl, body)) as Answer | Answer[]
    const told = tell([asked].flat(), [answered].flat())
    return JSON.stringify(Array.isArray(answered) ? told : told[0])
  })
}
