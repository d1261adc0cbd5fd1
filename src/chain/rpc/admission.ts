import { EconomyError } from '../../core/errors'
import { FinalityTagUnknown, NodeUnreachable } from '../errors'
import type { Endpoint } from './endpoint'
import { Failure } from './failure'
import { pause } from './pause'
import { type EndpointName, RpcRejected } from './rpc'

/** Asks one endpoint, and only that one. */
export type CallOne = <T>(method: string, params: readonly unknown[]) => Promise<T>

/**
 * Looks at an endpoint before it may answer anything. An EconomyError at the first look refuses it for good; any other
 * error, one that follows from an endpoint that did not answer, or any of an endpoint that was admitted before, has it
 * looked at again later. So has FinalityTagUnknown (E3009), unless the endpoint is the only one.
 */
export type Admit = (call: CallOne, name: EndpointName) => Promise<void>

/** The log, as far as it is used here. */
export interface PoolLog {
  debug(facts: object, message: string): void
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export interface AdmissionOptions {
  readonly admit: Admit
  /** Whether there is no other endpoint. */
  readonly isAlone: boolean
  readonly signal: AbortSignal
  readonly clock: () => number
  readonly redact: (text: string) => string
  readonly log: PoolLog | undefined
  /** The endpoint may be used from now on, or not any more, or never. */
  readonly onChange: () => void
}

/** Tries of one call of an admission. */
const TRIES = 3
const PAUSE = 50

/** Admits one endpoint, watches over it, and once it failed too often probes it until it may be admitted again. */
export async function keepAdmitted(endpoint: Endpoint, options: AdmissionOptions): Promise<void> {
  const { signal, log, redact, onChange, clock } = options
  const { name, breaker, limiter } = endpoint
  let wasReady = false
  let isReported = false
  /** The code of the last statement that was told. */
  let told: string | undefined
  while (!signal.aborted) {
    const failed = await tryAdmission(endpoint, options, wasReady)
    if (signal.aborted) return
    if (failed === undefined) {
      const tripped = endpoint.tripped()
      endpoint.admit()
      if (wasReady || isReported) log?.info({ endpoint: name }, `${name} answers again`)
      wasReady = true
      isReported = false
      told = undefined
      onChange()
      // After the end of the pool it never does, and this is forgotten.
      await tripped
      if (signal.aborted) return
      onChange()
      log?.warn({ endpoint: name }, `${name} rests: ${endpoint.status().reason}`)
      isReported = true
    } else if (failed.isFinal) {
      endpoint.refuse(failed.error)
      log?.error(
        { endpoint: name, code: failed.error.code },
        `${name} is refused: ${redact(failed.error.message)}`,
      )
      onChange()
      await endpoint.transport.close()
      return
    } else {
      endpoint.note(failed.reason)
      const { reason, code } = failed
      const isNews = code !== undefined && code !== told
      if (!isReported || isNews) {
        const facts = { endpoint: name, ...(code !== undefined && { code }) }
        log?.warn(facts, `${name} cannot be used ${wasReady ? 'again ' : ''}yet: ${redact(reason)}`)
      }
      isReported = true
      told = code ?? told
    }
    const rest = Math.max(breaker.rest(), limiter.readyAt() - clock())
    // Aborted only by the end of the pool, which the loop's condition sees. Whoever waits keeps the process alive.
    await pause(rest, signal, { isIdle: true }).catch(() => undefined)
  }
}

type Failed =
  | { readonly isFinal: true; readonly error: EconomyError }
  | { readonly isFinal: false; readonly reason: string; readonly code?: string }

async function tryAdmission(
  endpoint: Endpoint,
  { admit, signal, isAlone }: AdmissionOptions,
  wasReady: boolean,
): Promise<Failed | undefined> {
  let unanswered: Failure | undefined
  const call: CallOne = async <T>(method: string, params: readonly unknown[]) => {
    for (let tries = 1; ; tries += 1) {
      const [reply] = await endpoint.ask([{ method, params }], endpoint.limiter.take(1), signal)
      if (reply !== undefined && !(reply instanceof Failure)) return reply.value as T
      const failure = reply ?? new Failure('malformed', 'no answer')
      const { errorClass, message, facts } = failure
      if (errorClass === 'rejected' || errorClass === 'unsupported' || errorClass === 'unauthorized') {
        throw new RpcRejected(endpoint.name, errorClass, facts.code, message, facts.data)
      }
      if (tries >= TRIES || facts.retryAfter !== undefined) {
        unanswered = failure
        throw failure
      }
      await pause(PAUSE * tries, signal)
    }
  }
  try {
    // Whether anything answers at all is found out cheaply.
    if (wasReady) await call('eth_chainId', [])
    await admit(call, endpoint.name)
    return undefined
  } catch (error) {
    // What was concluded from an endpoint that did not answer is no statement about it.
    if (unanswered !== undefined) return { isFinal: false, reason: unanswered.message }
    if (error instanceof EconomyError && !(error instanceof NodeUnreachable)) {
      // One that served once may be restored from an old copy, or stand on a fork for a while. And a node that has just
      // started does not know the finalized block for minutes.
      const mayChange = wasReady || (error instanceof FinalityTagUnknown && !isAlone)
      return mayChange
        ? { isFinal: false, reason: error.message, code: error.code }
        : { isFinal: true, error }
    }
    return { isFinal: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
