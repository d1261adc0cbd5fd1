import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, encodeDeployData, getAddress, type Hex } from 'viem'
import { freePort } from '../../bench/ingest/harness/free-port'
import { startAnvil } from '../../src/devnet/anvil'
import type { Artifact } from '../../src/devnet/artifacts'
import { type Contract, callOf } from '../../src/devnet/contracts'

const DAY = 86_400
const BEGINNING = 1_795_255_200
/** Of any call and any deployment. */
const GAS = '0x7a1200'

/** A call of a contract: who, what, with which arguments. */
export type Call = readonly [from: Address, contract: Contract, name: string, ...args: unknown[]]

/** A bare node: contracts of any make are deployed on it, and nothing happens by itself. One block is one day. */
export interface ForeignChain {
  readonly directory: string
  readonly rpcUrl: string
  /** The node's unlocked accounts, with checksums. */
  readonly accounts: readonly Address[]
  /** Deploys a contract in a block of its own. */
  deploy(artifact: Artifact, ...args: unknown[]): Promise<Contract>
  /** Puts calls into one block, in this order; each must succeed. @returns the block's number */
  block(...calls: readonly Call[]): Promise<number>
  /** Puts a call into one block; it must revert. */
  refused(...call: Call): Promise<number>
  head(): Promise<{ number: number; hash: string }>
  close(): Promise<void>
}

interface Receipt {
  readonly status: Hex
  readonly contractAddress: Address | null
}

export async function startForeignChain(): Promise<ForeignChain> {
  const directory = mkdtempSync(join(tmpdir(), 'ashao-foreign-'))
  chmodSync(directory, 0o755)
  const port = await freePort()
  const node = await startAnvil({ directory: join(directory, 'chain'), port, genesisTimestamp: BEGINNING })
  const { rpc } = node
  const accounts = (await rpc<string[]>('eth_accounts')).map((account) => getAddress(account))
  const [deployer] = accounts
  let height = 0

  /** Mines one block with these transactions, and checks how each of them ended. */
  const mine = async (transactions: readonly object[], status: Hex): Promise<readonly Receipt[]> => {
    for (const transaction of transactions) await rpc('eth_sendTransaction', [{ ...transaction, gas: GAS }])
    height += 1
    await rpc('evm_mine', [{ timestamp: BEGINNING + height * DAY }])
    const receipts = await rpc<Receipt[]>('eth_getBlockReceipts', [`0x${height.toString(16)}`])
    const ends = receipts.map((receipt) => receipt.status)
    if (ends.length !== transactions.length || ends.some((end) => end !== status))
      throw new Error(
        `block ${height}: ${transactions.length} transactions ended as ${ends}, not as ${status}`,
      )
    return receipts
  }
  const transactionOf = ([from, contract, name, ...args]: Call): object => callOf(from, contract, name, args)

  return {
    directory,
    rpcUrl: `http://127.0.0.1:${port}`,
    accounts,
    async deploy({ abi, bytecode }, ...args) {
      const data = encodeDeployData({ abi, bytecode, args })
      const [receipt] = await mine([{ from: deployer, data }], '0x1')
      if (!receipt?.contractAddress) throw new Error('nothing was deployed')
      return { address: getAddress(receipt.contractAddress), abi, startBlock: height }
    },
    async block(...calls) {
      await mine(calls.map(transactionOf), '0x1')
      return height
    },
    async refused(...call) {
      await mine([transactionOf(call)], '0x0')
      return height
    },
    async head() {
      const block = await rpc<{ number: string; hash: string }>('eth_getBlockByNumber', ['latest', false])
      return { number: Number(block.number), hash: block.hash }
    },
    async close() {
      await node.kill()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
