import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Hex } from 'viem'
import { type Anvil, LOCAL_CHAIN_ID, startAnvil } from './anvil'
import { endStaleAnvil } from './anvil-leftovers'
import { writeFileAtomically } from './atomic-file'
import { type ChainRecord, readChainRecord, writeChainRecord } from './chain-record'
import { type Contracts, contractsAt, type Places } from './contracts'
import { economyFileText } from './economy-file'
import { SavedChainDamaged } from './errors'
import { type LiveChain, startLive } from './live'
import { assignRoles, type Roles } from './roles'
import { type Rpc, toQuantity } from './rpc'
import { saveState, unpackState, writeSetupStates } from './saved-state'
import { createSchedule } from './schedule'
import { seedChain } from './seed'

const DEFAULT_SEED = 20_260_101
const DEFAULT_DAYS = 90

/** A dump travels as hex in one string, and a string of V8 ends at half a gigabyte: some five days of blocks. */
const MOST_SAVED_BYTES = 200_000_000

/**
 * Time between two saves while live. What a crash loses is mined anew with other hashes, so it has to stay
 * well within the 64 blocks (128 s) that the economy file calls not yet final.
 */
const LEAST_SAVE_INTERVAL_MS = 30_000
const MOST_SAVE_INTERVAL_MS = 90_000
/** Saving takes at most about a twentieth of the time. */
const SAVE_INTERVAL_PER_DURATION = 20

export interface LocalChainOptions {
  /** The chain lives in the folder `chain` of it. */
  readonly dataDir: string
  /** Port of 127.0.0.1 to listen on. */
  readonly port: number
  /** Seed of the scripted economy; matters only when the chain is made. */
  readonly seed?: number
  /** Days of history; matters only when the chain is made. */
  readonly days?: number
  /** Unix seconds of the last seeded block; now, if not given. */
  readonly endTimestamp?: number
  /** Whether to go on with a block every two seconds; true, if not given. */
  readonly live?: boolean
  /** Transactions seeded, and how many there will be about. */
  readonly onProgress?: (done: number, total: number) => void
  readonly log?: (message: string) => void
}

export interface LocalChain {
  readonly rpcUrl: string
  readonly chainId: number
  /** Path of the economy.yaml that describes the chain. */
  readonly economyFile: string
  /** Whether the chain was there already. */
  readonly resumed: boolean
  /** Resolves when the node has ended, by `stop` or by itself. */
  readonly ended: Promise<void>
  /** Saves the chain and ends the node. */
  stop(): Promise<void>
}

/**
 * Starts the local chain: resumes the one in the data directory, or makes it. The same seed, days and end
 * timestamp make the same block hashes.
 * @throws PortInUse, ChainInUse, AnvilMissing, AnvilFailed, ContractPackageMissing, SavedChainDamaged,
 * ScriptedTransactionFailed
 */
export async function startLocalChain(options: LocalChainOptions): Promise<LocalChain> {
  const directory = resolve(options.dataDir, 'chain')
  const saved = readChainRecord(directory)
  const { anvil, record, roles } = saved
    ? await resumeChain(directory, options.port, saved)
    : await makeChain(directory, options)
  const { rpc } = anvil
  const log = options.log ?? (() => undefined)
  let stopping = false
  void anvil.ended.then(() => {
    if (!stopping)
      log('The node of the local chain has ended; start again to resume from its last saved state.')
  })

  let live: LiveChain | undefined
  if (options.live ?? true) {
    const afterBlock = createSaver(rpc, directory, log)
    const contracts = contractsAt(record.places)
    const { seed } = record
    live = await startLive({ rpc, roles, contracts, seed, afterBlock, log, ended: anvil.ended })
  }
  return {
    rpcUrl: `http://127.0.0.1:${options.port}`,
    chainId: LOCAL_CHAIN_ID,
    economyFile: economyFile(directory),
    resumed: saved !== undefined,
    ended: anvil.ended,
    async stop() {
      if (stopping) return anvil.ended
      stopping = true
      await live?.stop()
      try {
        await saveState(rpc, directory)
      } finally {
        await anvil.kill()
      }
    },
  }
}

interface RunningChain {
  readonly anvil: Anvil
  readonly record: ChainRecord
  readonly roles: Roles
}

async function makeChain(directory: string, options: LocalChainOptions): Promise<RunningChain> {
  const { seed = DEFAULT_SEED, days = DEFAULT_DAYS, onProgress = () => undefined } = options
  const schedule = createSchedule(days, options.endTimestamp ?? Math.floor(Date.now() / 1000))
  const { genesisTimestamp } = schedule
  // What is there is incomplete; its node, if it still runs, has to go before its files do.
  await endStaleAnvil(directory)
  rmSync(directory, { recursive: true, force: true })
  const anvil = await startAnvil({ directory, port: options.port, genesisTimestamp })
  const { rpc } = anvil
  try {
    const roles = await readRoles(rpc)
    const seeded = await seedChain(rpc, roles, schedule, seed, onProgress)
    const { contracts, grantBlock } = seeded
    writeSetupStates(directory, seeded.setupStates)
    await saveState(rpc, directory)
    writeFileAtomically(economyFile(directory), economyFileText(contracts, roles, grantBlock))
    const setupBlock = { number: seeded.setupBlock, hash: await blockHash(rpc, seeded.setupBlock) }
    const places = placesOf(contracts)
    const about = { seed, genesisTimestamp, setupBlock, seededBlocks: seeded.blocks, places }
    return { anvil, record: writeChainRecord(directory, about), roles }
  } catch (error) {
    await anvil.kill()
    throw error
  }
}

async function resumeChain(directory: string, port: number, record: ChainRecord): Promise<RunningChain> {
  const { genesisTimestamp, setupBlock } = record
  const stateFile = unpackSavedState(directory)
  const anvil = await startAnvil({ directory, port, genesisTimestamp, stateFile }).finally(() =>
    rmSync(stateFile),
  )
  try {
    const found = await blockHash(anvil.rpc, setupBlock.number)
    if (found !== setupBlock.hash)
      throw new SavedChainDamaged({ directory, expected: setupBlock.hash, found })
    return { anvil, record, roles: await readRoles(anvil.rpc) }
  } catch (error) {
    await anvil.kill()
    throw error
  }
}

function unpackSavedState(directory: string): string {
  try {
    return unpackState(directory)
  } catch (error) {
    const found = (error as Error).message
    throw new SavedChainDamaged({ directory, expected: 'a state that can be unpacked', found })
  }
}

/**
 * Saves the chain now and then, the more rarely the longer it takes.
 * @returns after each block, whether the chain may go on: one that can no longer be saved would lose final blocks
 */
function createSaver(rpc: Rpc, directory: string, log: (message: string) => void): () => Promise<boolean> {
  let interval = LEAST_SAVE_INTERVAL_MS
  let last = Date.now()
  return async () => {
    if (Date.now() - last < interval) return true
    let isFull = false
    try {
      const { bytes, milliseconds } = await saveState(rpc, directory)
      isFull = bytes > MOST_SAVED_BYTES
      const wanted = milliseconds * SAVE_INTERVAL_PER_DURATION
      interval = Math.min(MOST_SAVE_INTERVAL_MS, Math.max(LEAST_SAVE_INTERVAL_MS, wanted))
    } catch (error) {
      log(`The local chain could not be saved: ${(error as Error).message}`)
    }
    last = Date.now()
    if (isFull) {
      log(
        `The local chain has grown to ${MOST_SAVED_BYTES} bytes and stands still; "npm run reset" makes a new one.`,
      )
    }
    return !isFull
  }
}

async function readRoles(rpc: Rpc): Promise<Roles> {
  return assignRoles(await rpc<string[]>('eth_accounts'))
}

async function blockHash(rpc: Rpc, number: number): Promise<Hex> {
  const block = await rpc<{ hash: Hex } | null>('eth_getBlockByNumber', [toQuantity(number), false])
  return block?.hash ?? '0x'
}

function placesOf(contracts: Contracts): Places {
  const entries = Object.entries(contracts).map(([name, { address, startBlock }]) => [
    name,
    { address, startBlock },
  ])
  return Object.fromEntries(entries) as Places
}

function economyFile(directory: string): string {
  return join(directory, 'economy.yaml')
}
