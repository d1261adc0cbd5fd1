import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import { apiFigures, ask } from '../support/api-figures'
import { type GroundTruth, openGroundTruth } from '../support/ground-truth'
import { runPolicyLedger, tamperWith } from '../support/policy-ledger'
import { processesBelow, stillRunning } from '../support/process-table'
import { type Product, runProduct } from '../support/product'
import { sample } from '../support/sample'

/** What one person does on the first day: start it, look, kill something, stop it, start it again, clear it. */
describe('npm start without any configuration', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'ashao-journey-'))
  let variables: Record<string, string>
  let product: Product
  let api: string
  let truth: GroundTruth

  beforeAll(async () => {
    chmodSync(dataDir, 0o755)
    const [port, devnetPort] = [await freePort(), await freePort()]
    variables = { DATA_DIR: dataDir, PORT: String(port), DEVNET_PORT: String(devnetPort) }
    api = `http://127.0.0.1:${port}`
    product = runProduct(undefined, variables)
    await product.printed(/Ready after/, 110_000)
    truth = openGroundTruth(`http://127.0.0.1:${devnetPort}`, path.join(dataDir, 'chain', 'economy.yaml'))
  })

  afterAll(async () => {
    await product.stop()
    await runProduct('reset', variables).ended()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('says what it started, how far it is, and where to look', () => {
    const output = product.output()
    expect(output).toMatch(/database +PostgreSQL, embedded/)
    expect(output).toMatch(/chain +local chain at http/)
    expect(output).toMatch(/seeding .*transactions/)
    expect(output).toMatch(/indexing .*blocks .*events .*events\/s .*blocks\/s/)
    expect(output).toContain(`${api}/api/treasury`)
    expect(output).not.toMatch(/postgres:\/\//)
  })

  test('GET /api/treasury equals the chain at asOf.block', async () => {
    const response = await fetch(`${api}/api/treasury`)
    expect(response.status).toBe(200)
    const treasury = (await response.json()) as Record<string, unknown> & {
      asOf: { block: number; hash: string }
    }
    const onChain = await truth.figuresAt(treasury.asOf.block, [])
    const { balance, revenue, internalInflow, outflow } = onChain.treasury
    const { totalSupply, outstandingSupply, circulatingSupply, cumulativeBurn, burnedByBuyback, deadBurn } =
      onChain.supply
    const { staked, rewardsPaid } = onChain.staking
    expect(treasury).toMatchObject({
      ...{ balance, revenue, internalInflow },
      outflowBuyback: outflow.buyback,
      outflowRewards: outflow.rewards,
      outflowOther: outflow.other,
      ...{ totalSupply, outstandingSupply, circulatingSupply, cumulativeBurn, burnedByBuyback, deadBurn },
      ...{ staked, rewardsPaid },
      partial: false,
    })
    const block = await truth.client.getBlock({ blockNumber: BigInt(treasury.asOf.block) })
    expect(treasury.asOf.hash).toBe(block.hash)
  })

  test('at 60 random past blocks, every figure and 20 accounts equal the chain', {
    timeout: 180_000,
  }, async () => {
    const { asOf } = await ask<{ asOf: { block: number } }>(api, '{ asOf { block } }')
    const seed = asOf.block
    const known = await truth.accounts(asOf.block)
    expect(known.length).toBeGreaterThan(150)
    // The figures of these change without an event: by the rule alone that one more wallet does not circulate.
    const edges = truth.exclusionBlocks.flatMap((block) => [block - 1, block])
    const always = [...new Set(edges)].filter((block) => block >= truth.firstBlock && block <= asOf.block)
    expect(always.length, `exclusions begin at ${truth.exclusionBlocks}`).toBeGreaterThan(2)
    const span = asOf.block - truth.firstBlock
    const others = Array.from({ length: span + 1 }, (_, index) => truth.firstBlock + index).filter(
      (block) => !always.includes(block),
    )
    const blocks = [...always, ...sample(others, 60 - always.length, seed)]
    for (const [index, block] of blocks.entries()) {
      const accounts = sample(known, 20, seed + index)
      const indexed = await apiFigures(api, block, accounts)
      expect(indexed, `block ${block}, sampled with seed ${seed}`).toEqual(
        await truth.figuresAt(block, accounts),
      )
    }
  })

  test('npm run policy-ledger recomputes the revenue rule from its flows: it closes at every snapshot', {
    timeout: 120_000,
  }, async () => {
    const { code, output, errors } = await runPolicyLedger(api)
    expect(errors).toBe('')
    expect(code).toBe(0)
    const [, count = '', closing] = /^([\d,]+) snapshots: ([\d,]+) close, 0 do not$/m.exec(output) ?? []
    expect(Number(count.replaceAll(',', ''))).toBeGreaterThan(2_100)
    expect(closing).toBe(count)
    // 90 days are 13 whole weeks at most, and the two that they begin and end in.
    expect(output.match(/^ *\d{4}-\d\d-\d\d .*%/gm)?.length).toBeGreaterThanOrEqual(13)
    const [total] = output.match(/^ *total .*$/m) ?? []
    expect(total).toMatch(/total +[\d,]+\.\d{6} /)
  })

  test('and names the block and both values where it does not close', { timeout: 120_000 }, async () => {
    const block = truth.firstBlock + 1_000
    const one = new RegExp(`("p${block}":.*?"rewards":.*?"executed":\\{"baseUnits":")(\\d+)`)
    const tampered = await tamperWith(api, (answer) =>
      answer.replace(one, (_, before: string, value: string) => `${before}${BigInt(value) + 1n}`),
    )
    const { code, output, errors } = await runPolicyLedger(tampered.url)
    await tampered.close()
    expect(code).toBe(1)
    const [, inApi = '0', byFlows = '0'] =
      new RegExp(
        `^block ${block}: policy\\.rewards\\.executed is (\\d+) in the API, (\\d+) by its flows\n$`,
      ).exec(errors) ?? []
    expect(BigInt(inApi) - BigInt(byFlows), errors).toBe(1n)
    expect(output).toMatch(/close, 1 do not\n$/)
  })

  test('and says so where no API answers', async () => {
    const port = await freePort()
    expect(await runPolicyLedger(`http://127.0.0.1:${port}`)).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(/^No API answers at http:\/\/127\.0\.0\.1:\d+ \(.*\)\. Start it, /),
    })
  })

  test('goes on live: the head moves, and figures with it', async () => {
    const head = async (): Promise<number> =>
      (await ask<{ asOf: { block: number } }>(api, '{ asOf { block } }')).asOf.block
    const before = await head()
    await expect.poll(head, { timeout: 15_000 }).toBeGreaterThan(before + 1)
  })

  test('REST and GraphQL say the same of one block', async () => {
    const { asOf } = await ask<{ asOf: { block: number } }>(api, '{ asOf { block } }')
    const supply = (await (await fetch(`${api}/api/supply?block=${asOf.block}`)).json()) as Record<
      string,
      unknown
    >
    const { supply: figures } = await ask<{ supply: Record<string, { baseUnits: string }> }>(
      api,
      `{ supply(block: { number: ${asOf.block} }) { totalSupply { baseUnits } circulatingSupply { baseUnits }
         cumulativeBurn { baseUnits } deadBurn { baseUnits } outstandingSupply { baseUnits } } }`,
    )
    for (const [name, { baseUnits }] of Object.entries(figures)) expect(supply[name], name).toBe(baseUnits)
  })

  test('a killed indexer and a killed API are started again, and it says so', async () => {
    for (const role of ['indexer', 'api'] as const) {
      const pid = childOf(product, role)
      process.kill(pid, 'SIGKILL')
      await product.printed(new RegExp(`the ${role} stopped \\(signal SIGKILL.*starting it again in`))
      await expect
        .poll(async () => (await fetch(`${api}/ready`).catch(() => undefined))?.status, { timeout: 30_000 })
        .toBe(200)
    }
  })

  test('a second start on the same data says who is running', async () => {
    const second = runProduct(undefined, variables)
    expect((await second.ended()).code).toBe(78)
    expect(second.output()).toMatch(/^E6202: Process \d+ already runs on the data directory .*\n$/)
  })

  test('Ctrl-C stops everything, and the next start resumes where it was', async () => {
    const before = await ask<{ asOf: { block: number } }>(api, '{ asOf { block } }')
    const running = processesBelow(product)
    for (const name of [/ indexer$/, / api$/, / devnet$/, /anvil /, /postgres -D/])
      expect(running.filter(({ args }) => name.test(args)).length, String(name)).toBeGreaterThan(0)
    expect(await product.stop('SIGINT')).toBe(0)
    expect(product.output()).toContain('Stopped; nothing is running any more.')
    expect(stillRunning(running)).toEqual([])
    await expect(fetch(`${api}/health`)).rejects.toThrow()

    product = runProduct(undefined, variables)
    await product.printed(/Ready after/, 60_000)
    expect(product.output()).toMatch(/PostgreSQL, embedded, port \d+ \(resumed\)/)
    expect(product.output()).toMatch(/local chain at .* \(resumed\)/)
    const after = await ask<{ asOf: { block: number } }>(api, '{ asOf { block } }')
    expect(after.asOf.block).toBeGreaterThanOrEqual(before.asOf.block)
    // After a resume, the node answers for the states of the blocks that it has made since, and for no older ones.
    const resumed = Number((await truth.client.getBlock()).number)
    const newest = async (): Promise<number> =>
      (await ask<{ asOf: { block: number } }>(api, '{ asOf { block } }')).asOf.block
    await expect.poll(newest, { timeout: 30_000, interval: 500 }).toBeGreaterThan(resumed)
    const block = await newest()
    expect(await apiFigures(api, block, [])).toEqual(await truth.figuresAt(block, []))
  })

  test('reset refuses while it runs, and clears everything after', async () => {
    const refused = runProduct('reset', variables)
    expect((await refused.ended()).code).toBe(78)
    expect(refused.output()).toContain('E6202')
    await product.stop()
    const cleared = runProduct('reset', variables)
    expect((await cleared.ended()).code).toBe(0)
    expect(cleared.output()).toMatch(/removed embedded database, local chain, logs/)
  })
})

function childOf(product: Product, role: string): number {
  const child = processesBelow(product).find(({ args }) => args.endsWith(` ${role}`))
  if (child === undefined) throw new Error(`no ${role} below ${product.process.pid}`)
  return child.pid
}
