import { buildChain, type SimulatedChain } from './chain'
import type { ChainOptions } from './chain-options'
import { type Endpoint, type EndpointOptions, openEndpoint } from './endpoint'

export interface SimulatorOptions extends EndpointOptions {
  /** A chain that is there already, or what to build one from. */
  readonly chain?: SimulatedChain | Partial<ChainOptions>
  /** Milliseconds after which another block appears, again and again; none if unset. */
  readonly growMs?: number
}

/** A chain, served at one endpoint or more. The controls of the first one are the simulator's own. */
export interface Simulator extends Endpoint {
  readonly chain: SimulatedChain
  /** Serves the same chain at another address, with faults of its own. */
  endpoint(options?: EndpointOptions): Promise<Endpoint>
}

/** Starts a node on the loopback. `close()` ends all endpoints, and the growth. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { chain: given = {}, growMs } = options
  const chain = 'store' in given ? given : buildChain(given)
  const first = await openEndpoint(chain, options)
  const others: Endpoint[] = []
  const growth = growMs === undefined ? undefined : setInterval(() => chain.advance(1), growMs)
  return {
    ...first,
    chain,
    async endpoint(more) {
      const opened = await openEndpoint(chain, more)
      others.push(opened)
      return opened
    },
    async close() {
      clearInterval(growth)
      await Promise.all([first, ...others].map((endpoint) => endpoint.close()))
    },
  }
}
