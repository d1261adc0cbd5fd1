import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import { apiFigures, ask } from '../support/api-figures'
import { type GroundTruth, openGroundTruth } from '../support/ground-truth'
import { type Process, processesBelow, processTable, stillRunning } from '../support/process-table'
import { type Product, runProduct } from '../support/product'

/** The worst that can happen to a machine short of losing its disk: processes end without a word. */
describe('npm start when everything is killed', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'ashao-kill-'))
  let variables: Record<string, string>
  let devnetPort: number
  let api: string
  let product: Product
  let truth: GroundTruth

  beforeAll(async () => {
    chmodSync(dataDir, 0o755)
    devnetPort = await freePort()
    const port = await freePort()
    variables = { DATA_DIR: dataDir, PORT: String(port), DEVNET_PORT: String(devnetPort) }
    api = `http://127.0.0.1:${port}`
    product = await started()
    truth = openGroundTruth(`http://127.0.0.1:${devnetPort}`, path.join(dataDir, 'chain', 'economy.yaml'))
  })

  afterAll(async () => {
    await product.stop()
    await runProduct('reset', variables).ended()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** Starts the product, and waits until it is ready. */
  async function started(): Promise<Product> {
    const fresh = runProduct(undefined, variables)
    await fresh.printed(/Ready after/, 90_000)
    return fresh
  }

  const newest = async (): Promise<number> =>
    (await ask<{ asOf: { block: number } }>(api, '{ asOf { block } }')).asOf.block

  /** Waits until the newest block that is served is a block of the chain, and compares its figures. */
  async function followsTheChain(): Promise<void> {
    let block = -1
    const isOnChain = async (): Promise<boolean> => {
      const response = await fetch(`${api}/api/treasury`)
      if (!response.ok) return false
      const { asOf } = (await response.json()) as { asOf: { block: number; hash: string } }
      block = asOf.block
      const onChain = await truth.client.getBlock({ blockNumber: BigInt(block) }).catch(() => undefined)
      return onChain?.hash === asOf.hash
    }
    await expect.poll(isOnChain, { timeout: 60_000, interval: 500 }).toBe(true)
    // After a resume, the node answers for the states of the blocks that it has made since, and for no older ones.
    const resumed = Math.max(block, Number((await truth.client.getBlock()).number))
    await expect.poll(newest, { timeout: 30_000, interval: 500 }).toBeGreaterThan(resumed)
    const head = await newest()
    expect(await apiFigures(api, head, [])).toEqual(await truth.figuresAt(head, []))
  }

  test('all at once: the next start resumes and follows the chain, which came back shorter', {
    timeout: 180_000,
  }, async () => {
    // Some blocks that the node has not saved: they go with it.
    const saved = (): number => statSync(path.join(dataDir, 'chain', 'state.json.gz')).mtimeMs / 1_000
    let lost = await truth.client.getBlock()
    const secondsUnsaved = async (): Promise<number> => {
      lost = await truth.client.getBlock({ blockNumber: BigInt(await newest()) })
      return Number(lost.timestamp) - saved()
    }
    await expect.poll(secondsUnsaved, { timeout: 30_000, interval: 500 }).toBeGreaterThan(6)
    const running = [itself(product), ...processesBelow(product)]
    for (const name of [/ indexer$/, / api$/, / devnet$/, /anvil /, /postgres -D/])
      expect(running.filter(({ args }) => name.test(args)).length, String(name)).toBeGreaterThan(0)
    killAll(running)
    await product.ended()
    await expect.poll(() => stillRunning(running), { timeout: 10_000 }).toEqual([])

    product = await started()
    expect(product.output()).toMatch(/PostgreSQL, embedded, port \d+ \(resumed\)/)
    expect(product.output()).toMatch(/local chain at .* \(resumed\)/)
    await followsTheChain()
    const there = await truth.client.getBlock({ blockNumber: lost.number }).catch(() => undefined)
    expect(there?.hash).not.toBe(lost.hash)
  })

  test('the supervisor alone: nothing that it started outlives it, and the next start works', {
    timeout: 180_000,
  }, async () => {
    const running = processesBelow(product)
    killAll([itself(product)])
    await product.ended()
    await expect.poll(() => stillRunning(running), { timeout: 15_000, interval: 250 }).toEqual([])
    expect(ofDataDir()).toEqual([])

    product = await started()
    await followsTheChain()
  })

  test('supervisor and local chain together: a reset ends what they left behind', {
    timeout: 120_000,
  }, async () => {
    const running = processesBelow(product)
    const devnet = running.filter(({ args }) => args.endsWith(' devnet'))
    expect(devnet).toHaveLength(1)
    killAll([itself(product), ...devnet])
    await product.ended()

    const cleared = runProduct('reset', variables)
    expect((await cleared.ended()).code, cleared.output()).toBe(0)
    expect(stillRunning(running.filter(({ args }) => /anvil |postgres/.test(args)))).toEqual([])
    expect(ofDataDir()).toEqual([])
    await canBeBound(devnetPort)
    await expect.poll(() => stillRunning(running), { timeout: 15_000, interval: 250 }).toEqual([])
  })

  /** The nodes and databases of this data directory, whoever started them. */
  function ofDataDir(): Process[] {
    return processTable().filter(
      ({ args }) => /anvil|postgres/.test(args.split(' ')[0] ?? '') && args.includes(dataDir),
    )
  }

  function itself(supervisor: Product): Process {
    const found = processTable().find(({ pid }) => pid === supervisor.process.pid)
    if (found === undefined) throw new Error('the supervisor does not run')
    return found
  }
})

function killAll(processes: readonly Process[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      // It ended with its parent.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** Rejects if something listens on the port. */
function canBeBound(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()))
  })
}
