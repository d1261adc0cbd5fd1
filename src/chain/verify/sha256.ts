import { hash } from 'node:crypto'

/** SHA-256 by Node, for the core's digest. */
export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex')
}
