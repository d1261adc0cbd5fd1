import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import { type LocalChain, startLocalChain } from '../../src/devnet/local-chain'
import { createRpcClient, type Rpc, toQuantity } from '../../src/devnet/rpc'
import { allLogs, readEconomyFile } from './chain-events'

const END = 1_795_255_200
const DAYS = 2

const directory = temporaryFolder()
let port: number
let chain: LocalChain
let rpc: Rpc

beforeAll(async () => {
  port = await freePort()
  rpc = createRpcClient(port).call
  chain = await startLocalChain({ dataDir: directory, port, days: DAYS, endTimestamp: END, live: false })
}, 30_000)

afterAll(async () => {
  await chain.stop()
  rmSync(directory, { recursive: true, force: true })
})

interface Block {
  readonly number: Hex
  readonly hash: Hex
  readonly parentHash: Hex
  readonly timestamp: Hex
}

interface Receipt {
  readonly transactionHash: Hex
  readonly blockNumber: Hex
}

const headOf = (call: Rpc) => call<Block>('eth_getBlockByNumber', ['latest', false])
const headHash = async () => (await headOf(rpc)).hash

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'local-chain-'))
}

describe('life of the chain', () => {
  test('the same seed and end make the same blocks', async () => {
    const other = temporaryFolder()
    const twinPort = await freePort()
    const twin = await startLocalChain({
      dataDir: other,
      port: twinPort,
      days: DAYS,
      endTimestamp: END,
      live: false,
    })
    const head = await headOf(createRpcClient(twinPort).call)
    await twin.stop()
    rmSync(other, { recursive: true })
    expect(head.hash).toBe(await headHash())
  }, 20_000)

  test('a chain that was stopped resumes with its history and goes on', async () => {
    const economy = readEconomyFile(chain.economyFile)
    const hash = await headHash()
    const logs = await allLogs(rpc)
    await chain.stop()
    chain = await startLocalChain({ dataDir: directory, port, live: false })
    expect(chain.resumed).toBe(true)
    expect(await headHash()).toBe(hash)
    expect(await allLogs(rpc)).toEqual(logs)
    for (const { address, startBlock } of [economy.contracts.token, economy.contracts.pair]) {
      expect(await rpc('eth_getCode', [address, toQuantity(startBlock - 1)])).toBe('0x')
      expect(await rpc('eth_getCode', [address, toQuantity(startBlock)])).not.toBe('0x')
    }
    await rpc('evm_mine', [{ timestamp: END + 86_400 }])
    const next = await headOf(rpc)
    expect([next.parentHash, Number(next.timestamp)]).toEqual([hash, END + 86_400])
  }, 20_000)

  test('a node that was killed is started again from the last saved state', async () => {
    await rpc('anvil_mine', ['0x3'])
    await chain.stop()
    chain = await startLocalChain({ dataDir: directory, port, live: false })
    const hash = await headHash()
    await rpc('anvil_mine', ['0x3'])
    process.kill(nodePid(), 'SIGKILL')
    await chain.ended
    chain = await startLocalChain({ dataDir: directory, port, live: false })
    expect([chain.resumed, await headHash()]).toEqual([true, hash])
  }, 20_000)

  test('a port that another program holds is named, with the variable to change', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const taken = typeof address === 'object' && address ? address.port : 0
    const other = temporaryFolder()
    const attempt = startLocalChain({ dataDir: other, port: taken, days: 1, live: false })
    await expect(attempt).rejects.toMatchObject({
      code: 'E6003',
      facts: { port: taken, variable: 'DEVNET_PORT' },
    })
    server.close()
    rmSync(other, { recursive: true })
  })

  test('a saved state that is cut short is called damaged', async () => {
    const other = temporaryFolder()
    const otherPort = await freePort()
    const options = { dataDir: other, port: otherPort, days: 1, endTimestamp: END, live: false }
    await (await startLocalChain(options)).stop()
    truncateSync(join(other, 'chain/state.json.gz'), 1_000)
    await expect(startLocalChain(options)).rejects.toMatchObject({ code: 'E6009' })
    rmSync(other, { recursive: true })
  }, 20_000)

  test('a chain without its record is incomplete, and made anew', async () => {
    const other = temporaryFolder()
    const options = { dataDir: other, port: await freePort(), days: 1, endTimestamp: END, live: false }
    await (await startLocalChain(options)).stop()
    rmSync(join(other, 'chain/chain.json'))
    const again = await startLocalChain(options)
    expect(again.resumed).toBe(false)
    await again.stop()
    rmSync(other, { recursive: true })
  }, 20_000)

  test('a live chain mines at the time of the clock and takes in what a stranger sends', async () => {
    const other = temporaryFolder()
    const options = { dataDir: other, port: await freePort(), days: 1 }
    const messages: string[] = []
    const live = await startLocalChain({ ...options, log: (message) => messages.push(message) })
    const call = createRpcClient(options.port).call
    // The vendor and the passer-by: live, the script moves neither, so that no nonce is used twice.
    const [from, to] = (await call<Hex[]>('eth_accounts')).slice(7, 9)
    // Answered once it is in a block.
    const receipt = await call<Receipt>('eth_sendTransactionSync', [{ from, to, value: '0x1' }])
    const block = await call<Block>('eth_getBlockByNumber', [receipt.blockNumber, false])
    expect(Math.abs(Number(block.timestamp) - Date.now() / 1_000)).toBeLessThan(5)
    await live.stop()
    const resumed = await startLocalChain({ ...options, live: false })
    const kept = await call<{ blockHash: Hex }>('eth_getTransactionByHash', [receipt.transactionHash])
    expect([kept.blockHash, messages]).toEqual([block.hash, []])
    await resumed.stop()
    rmSync(other, { recursive: true })
  }, 20_000)
})

function nodePid(): number {
  const owners = JSON.parse(readFileSync(join(directory, 'chain/anvil.pid'), 'utf8')) as { anvilPid: number }
  return owners.anvilPid
}
