import { PrometheusServer } from '@subsquid/util-internal-processor-tools'
import { Registry } from 'prom-client'

/** The SDK would open a port of its own choice: an operator opens one on purpose, or none. */
class ClosedPrometheusServer extends PrometheusServer {
  override serve(): ReturnType<PrometheusServer['serve']> {
    return Promise.resolve({ port: 0, close: async () => undefined })
  }
}

/** What the SDK's server serves, and keeps to itself. */
interface Seam {
  readonly registry: Registry
}

/**
 * @param port where the indexer's metrics are served, on every interface; undefined means nowhere
 * @param register adds ours beside the SDK's
 */
export function openPrometheus(
  port: number | undefined,
  register: (registry: Registry) => void = () => undefined,
): PrometheusServer {
  if (port === undefined) return new ClosedPrometheusServer()
  const server = new PrometheusServer()
  server.setPort(port)
  const { registry } = server as unknown as Seam
  // Of a second copy of the package, metrics would be there and never served.
  if (!(registry instanceof Registry)) throw new TypeError("the SDK's metrics are not where they were")
  register(registry)
  return server
}
