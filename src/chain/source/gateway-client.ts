import { setTimeout as sleep } from 'node:timers/promises'
import { asRetryAfterPause, HttpAgent, HttpClient, HttpError, HttpTimeoutError } from '@subsquid/http-client'
import type { Logger } from '@subsquid/logger'
import { ArchiveClient, type ArchiveQuery, type Block } from '@subsquid/util-internal-archive-client'
import { BadAnswer } from '../rpc/rpc'

export interface GatewayAccess {
  readonly url: string
  /** Undefined for a gateway that is open to everyone. */
  readonly apiKey: string | undefined
  readonly log: Logger
  /** How long a gateway that is away or overloaded is asked again, in milliseconds. */
  readonly patience: number
}

/** One try of a query, in milliseconds; a gateway's worker reads files before it answers. */
const QUERY_TIMEOUT = 60_000
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 10_000

/** Gateways take a key as `Authorization` and `Token`, portals in their place as `x-api-key`; each ignores the rest. */
const keyHeaders = (apiKey: string): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${apiKey}`,
  token: apiKey,
  'x-api-key': apiKey,
})

/**
 * The SDK's client of an SQD Network gateway, which gives up in the end: the SDK's own asks for ever, and would keep
 * the indexer from reading elsewhere. It also logs nothing that could hold a secret, such as a worker's URL.
 */
export class GatewayClient extends ArchiveClient {
  constructor(private readonly access: GatewayAccess) {
    super({ url: access.url, http: new GatewayHttp(access), queryTimeout: QUERY_TIMEOUT })
  }

  override getHeight(): Promise<number> {
    return this.patiently(() => super.getHeight())
  }

  override query<B extends Block = Block, Q extends ArchiveQuery = ArchiveQuery>(query: Q): Promise<B[]> {
    return this.patiently(() => super.query<B, Q>(query))
  }

  private async patiently<T>(ask: () => Promise<T>): Promise<T> {
    const { log, patience } = this.access
    const until = Date.now() + patience
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask()
      } catch (error) {
        const wished = asRetryAfterPause(error as Error) ?? FIRST_PAUSE * 2 ** (tries - 1)
        const pause = Math.min(wished, LONGEST_PAUSE)
        if (!isPassing(error) || Date.now() + pause > until) throw error
        log.warn(`the gateway is asked again in ${pause} ms: ${gatewayReason(error)}`)
        // Not held open by this: whoever ends the process need not wait for a gateway.
        await sleep(pause, undefined, { ref: false })
      }
    }
  }
}

class GatewayHttp extends HttpClient {
  private readonly origin: string
  private readonly apiKey: string | undefined

  constructor({ url, apiKey }: GatewayAccess) {
    // Without a log: the SDK's records requests with their URLs and headers.
    super({ agent: new HttpAgent({ keepAlive: true }), log: null })
    this.origin = new URL(url).origin
    this.apiKey = apiKey
  }

  /** The key goes to the gateway alone: it sends queries on to workers, which may be anyone's. */
  protected override async prepareRequest(...request: Parameters<HttpClient['request']>) {
    const [method, url, options = {}] = request
    const prepared = await super.prepareRequest(method, url, options)
    if (this.apiKey === undefined || new URL(prepared.url).origin !== this.origin) return prepared
    for (const [name, value] of Object.entries(keyHeaders(this.apiKey))) prepared.headers.set(name, value)
    return prepared
  }

  /** What may be asked again is decided where patience is measured. */
  override isRetryableError(): boolean {
    return false
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof HttpTimeoutError) return true
  if (error instanceof HttpError) return error.response.status === 429 || error.response.status >= 500
  return systemCodeOf(error) !== undefined
}

/** Why a gateway cannot be used, without what a request or an answer holds: URLs, keys and tokens are in there. */
export function gatewayReason(error: unknown): string {
  if (error instanceof BadAnswer) return error.message
  if (error instanceof HttpTimeoutError) return `it did not answer within ${error.ms} ms`
  if (error instanceof HttpError) {
    const { status } = error.response
    const refused = status === 401 || status === 403 ? ', so the key is missing or not valid there' : ''
    return `it answers with HTTP status ${status}${refused}`
  }
  const code = systemCodeOf(error)
  if (code !== undefined) return `the connection fails with ${code}`
  const kind = error instanceof Error ? error.name : typeof error
  return `its answer does not fit its protocol (${kind})`
}

/** The operating system's word for why there is no connection, such as ECONNREFUSED. */
function systemCodeOf(error: unknown): string | undefined {
  const { type, code } = error as { readonly type?: unknown; readonly code?: unknown }
  return type === 'system' && typeof code === 'string' ? code : undefined
}
