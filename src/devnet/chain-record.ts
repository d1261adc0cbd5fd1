import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hex } from 'viem'
import { writeFileAtomically } from './atomic-file'
import type { Places } from './contracts'

/** Raised when the scripted economy or the saved format changes: an older chain is then made anew. */
const VERSION = 2

/** What is known about a chain whose history is complete. */
export interface ChainRecord {
  readonly version: number
  readonly seed: number
  readonly genesisTimestamp: number
  /** Last block of the set-up: too deep to be reorganised, so it identifies the chain. */
  readonly setupBlock: { readonly number: number; readonly hash: Hex }
  /** Number of blocks that the script made, all in all. */
  readonly seededBlocks: number
  readonly places: Places
}

/** The record, or undefined if there is no complete chain of this version in the directory. */
export function readChainRecord(directory: string): ChainRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(recordFile(directory), 'utf8')) as ChainRecord
    return record.version === VERSION ? record : undefined
  } catch {
    return undefined
  }
}

/** Written last: a directory without it holds an incomplete chain. */
export function writeChainRecord(directory: string, record: Omit<ChainRecord, 'version'>): ChainRecord {
  const complete = { version: VERSION, ...record }
  writeFileAtomically(recordFile(directory), `${JSON.stringify(complete, null, 2)}\n`)
  return complete
}

function recordFile(directory: string): string {
  return join(directory, 'chain.json')
}
