import { once } from 'node:events'
import { createServer } from 'node:net'
import { PostgresPortTaken } from './postgres-errors'

/** The port to listen on at 127.0.0.1: the one asked for, refused when in use, or one that is free now. */
export async function choosePort(wanted: number | undefined): Promise<number> {
  const probe = createServer()
  try {
    const listening = once(probe, 'listening')
    probe.listen({ host: '127.0.0.1', port: wanted ?? 0, exclusive: true })
    await listening
    const address = probe.address()
    if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
    return address.port
  } catch (error) {
    if (wanted !== undefined && error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new PostgresPortTaken({ port: wanted })
    }
    throw error
  } finally {
    probe.close()
  }
}
