import { createServer } from 'node:net'
import { AddressUnusable, PortTaken } from './errors'

/**
 * Makes sure that a port can be bound, so that a taken one is told before anything is started.
 * @throws PortTaken (E6201), AddressUnusable (E6206)
 */
export async function requireFreePort(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => reject(listenError(error, host, port)))
    server.listen(port, host, () => server.close(() => resolve()))
  })
}

/** What a failure to listen means to the operator; anything else is given back as it is. */
export function listenError(error: unknown, host: string, port: number): unknown {
  const reason = error instanceof Error && 'code' in error ? error.code : undefined
  if (reason === 'EADDRINUSE') return new PortTaken({ host, port })
  return typeof reason === 'string' ? new AddressUnusable({ host, port, reason }) : error
}
