import { isAscii } from 'node:buffer'

/** UTF-8 as text. JSON-RPC is hex and names, which are decoded several times faster as what they are: one byte each. */
export function decodeText(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')
}
