import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolveAnvilBinary } from './anvil-binary'
import { endStaleAnvil, requireFreePort } from './anvil-leftovers'
import { AnvilFailed } from './errors'
import { createRpcClient, type Rpc } from './rpc'

/** Chain id of the local chain: the one that development chains have by convention. */
export const LOCAL_CHAIN_ID = 31337

/** Number of unlocked accounts. */
const ACCOUNT_COUNT = 200

/**
 * States of past blocks that the node keeps, one file of about 0.3 MB each, in a folder that goes when the
 * node goes. Enough for every block of the seeded 90 days; while live, the oldest make room for the newest.
 */
const PERSISTED_STATES = 2_600

export interface AnvilOptions {
  /** Folder for the process id, the log and the node's scratch files. */
  readonly directory: string
  readonly port: number
  /** Unix seconds of block 0. */
  readonly genesisTimestamp: number
  /** State file to start from, as `saved-state` writes it. */
  readonly stateFile?: string
}

export interface Anvil {
  readonly rpc: Rpc
  readonly pid: number
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>
  kill(): Promise<void>
}

/**
 * Starts the node and waits until it answers. The process gets a group of its own, so that Ctrl-C reaches
 * this program alone, which then saves the chain before it ends the node.
 * @throws PortInUse, ChainInUse, AnvilMissing, AnvilFailed
 */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const { directory, port } = options
  const binary = resolveAnvilBinary()
  mkdirSync(directory, { recursive: true })
  await endStaleAnvil(directory)
  await requireFreePort(port)
  const states = join(directory, 'states')
  rmSync(states, { recursive: true, force: true })
  mkdirSync(states)
  const logFile = join(directory, 'anvil.log')
  const log = openSync(logFile, 'w')
  const child = spawn(binary, anvilArguments(options, states), {
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const killNow = (): void => void child.kill('SIGKILL')
  process.on('exit', killNow)
  const client = createRpcClient(port)
  const ended = new Promise<void>((resolve) => {
    const finish = (): void => {
      process.off('exit', killNow)
      client.close()
      rmSync(pidFile(directory), { force: true })
      rmSync(states, { recursive: true, force: true })
      resolve()
    }
    child.once('exit', finish)
    child.once('error', finish)
  })
  const pid = child.pid ?? 0
  writeFileSync(pidFile(directory), JSON.stringify({ anvilPid: pid, ownerPid: process.pid }))
  await untilAnswering(client.call, child, port, logFile)
  const kill = async (): Promise<void> => {
    killNow()
    await ended
  }
  return { rpc: client.call, pid, ended, kill }
}

function pidFile(directory: string): string {
  return join(directory, 'anvil.pid')
}

function anvilArguments(options: AnvilOptions, states: string): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(options.port), '--chain-id', String(LOCAL_CHAIN_ID)],
    // Cancun, because every later fork stores each block's hash in the state (EIP-2935), which doubles it.
    // Blocks are mined on request, in the order of arrival: the same requests make the same chain.
    ...['--no-mining', '--order', 'fifo', '--hardfork', 'cancun'],
    ...['--timestamp', String(options.genesisTimestamp), '--gas-limit', '1000000000'],
    ...['--accounts', String(ACCOUNT_COUNT), '--balance', '1000000', '--auto-impersonate'],
    ...['--max-persisted-states', String(PERSISTED_STATES), '--cache-path', states],
    ...['--no-request-size-limit', '--disable-console-log', '--quiet'],
    ...(options.stateFile ? ['--load-state', options.stateFile] : []),
  ]
}

async function untilAnswering(rpc: Rpc, child: ChildProcess, port: number, logFile: string): Promise<void> {
  for (;;) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      const output = readFileSync(logFile, 'utf8').slice(-2000)
      throw new AnvilFailed({ port, exitCode: child.exitCode, signal: child.signalCode, output })
    }
    try {
      await rpc('eth_chainId')
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }
}
