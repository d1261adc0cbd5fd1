import { keccak256 } from 'js-sha3'

/** Keccak-256 as Ethereum has it, which is not the SHA3-256 that Node.js offers (the padding differs). */
export function keccak(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(keccak256.arrayBuffer(bytes))
}
