import { type LoopbackServer, passOn, serveOnLoopback } from './loopback-server'

interface Call {
  readonly id: number
  readonly method: string
  readonly params?: readonly unknown[]
}

/** Why a call is refused; undefined passes it on. */
export type Refuse = (call: Call) => string | undefined

/** A node in front of a real one, that passes on all but what it refuses: pruned, old, or short of something. */
export async function startRefusingNode(realUrl: string, refuse: Refuse): Promise<LoopbackServer> {
  return serveOnLoopback((body) => {
    const call = JSON.parse(body) as Call
    const message = refuse(call)
    if (message === undefined) return passOn(realUrl, body)
    return JSON.stringify({ jsonrpc: '2.0', id: call.id, error: { code: -32000, message } })
  })
}
