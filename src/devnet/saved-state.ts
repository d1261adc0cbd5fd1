import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Hex } from 'viem'
import { writeFileAtomically } from './atomic-file'
import type { Rpc } from './rpc'

/**
 * The node forgets the states of past blocks when it is reloaded, and dumping all of them would take
 * hundreds of megabytes.
 * Those of the set-up are small and kept: whoever asks for the code at the block of a deployment, or before
 * it, gets an answer for ever.
 */
const SETUP_STATES = 'setup-states.json.gz'
/** Blocks, transactions, receipts and the latest state. */
const STATE = 'state.json.gz'
/** How a dump without historical states ends. */
const NO_HISTORICAL_STATES = '"historical_states":null}'

/** States after each block so far, as JSON text. To be called while the chain is short. */
export async function dumpHistoricalStates(rpc: Rpc): Promise<string> {
  const dump = gunzipSync(fromHex(await rpc<Hex>('anvil_dumpState', [true]))).toString('utf8')
  const start = dump.indexOf('"historical_states":')
  return dump.slice(start + '"historical_states":'.length, -1)
}

export function writeSetupStates(directory: string, states: string): void {
  writeFileAtomically(join(directory, SETUP_STATES), bytesOf(gzipSync(states)))
}

/** Saves the chain. @returns bytes written and milliseconds taken */
export async function saveState(
  rpc: Rpc,
  directory: string,
): Promise<{ bytes: number; milliseconds: number }> {
  const begun = performance.now()
  const dump = fromHex(await rpc<Hex>('anvil_dumpState'))
  writeFileAtomically(join(directory, STATE), dump)
  return { bytes: dump.length, milliseconds: performance.now() - begun }
}

/** Unpacks the saved chain. @returns path of a file that the node can start from */
export function unpackState(directory: string): string {
  const dump = gunzipSync(readBytes(join(directory, STATE)))
  const path = join(directory, 'state.json')
  const file = openSync(path, 'w')
  const tail = dump.subarray(-NO_HISTORICAL_STATES.length).toString('utf8')
  if (tail === NO_HISTORICAL_STATES) {
    const setupStates = gunzipSync(readBytes(join(directory, SETUP_STATES)))
    writeFileSync(file, bytesOf(dump.subarray(0, -'null}'.length)))
    writeFileSync(file, bytesOf(setupStates))
    writeFileSync(file, '}')
  } else {
    writeFileSync(file, bytesOf(dump))
  }
  closeSync(file)
  return path
}

function readBytes(path: string): Uint8Array {
  return bytesOf(readFileSync(path))
}

function fromHex(hex: Hex): Uint8Array {
  return bytesOf(Buffer.from(hex.slice(2), 'hex'))
}

/** The same bytes, not copied, as the plain type that every writer takes. */
function bytesOf(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
}
