import { createServer } from 'node:net'
import { ApiPortInUse } from './errors'

/**
 * Makes sure that a port can be bound, so that a taken one is told before anything is started.
 * @throws ApiPortInUse (E6201)
 */
export async function requireFreePort(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new ApiPortInUse({ host, port }) : error)
    })
    server.listen(port, host, () => server.close(() => resolve()))
  })
}
