import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../bench/ingest/harness/free-port'
import { type EconomyFile, parseEconomyFile } from '../../src/config/economy-file'
import type { Problem } from '../../src/config/problems'
import { startLocalChain } from '../../src/devnet/local-chain'
import { createRpcClient, type Rpc } from '../../src/devnet/rpc'

export interface TestChain {
  readonly rpcUrl: string
  readonly rpc: Rpc
  /** The economy file that describes the chain: every fact in it is right. */
  readonly economy: EconomyFile
  stop(): Promise<void>
}

/** A real node with one day of the scripted economy; it mines only when told to. */
export async function startTestChain(): Promise<TestChain> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ashao-chain-'))
  const port = await freePort()
  const chain = await startLocalChain({ dataDir, port, days: 1, endTimestamp: 1_795_255_200, live: false })
  const problems: Problem[] = []
  const economy = parseEconomyFile(readFileSync(chain.economyFile, 'utf8'), chain.economyFile, problems)
  if (economy === undefined) throw new TypeError(JSON.stringify(problems))
  const client = createRpcClient(port)
  return {
    rpcUrl: chain.rpcUrl,
    rpc: client.call,
    economy,
    stop: async () => {
      client.close()
      await chain.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
