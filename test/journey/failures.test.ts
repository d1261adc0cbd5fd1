import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import { type LocalChain, startLocalChain } from '../../src/devnet/local-chain'
import { createTestDatabase } from '../support/postgres'
import { runProduct } from '../support/product'

/** What goes wrong on the first evening: each is one clear sentence with its code, its mend, and a non-zero exit. */
describe('npm start when something is wrong', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'ashao-failures-'))
  let chain: LocalChain
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let good: Record<string, string>

  beforeAll(async () => {
    chmodSync(dataDir, 0o755)
    chain = await startLocalChain({ dataDir, port: await freePort(), live: false, days: 6 })
    database = await createTestDatabase()
    good = {
      DATA_DIR: path.join(dataDir, 'data'),
      PORT: String(await freePort()),
      RPC_URL: chain.rpcUrl,
      DATABASE_URL: database.url,
      ECONOMY_FILE: chain.economyFile,
    }
  })
  afterAll(async () => {
    await chain.stop()
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** Starts, waits for the end, and gives back exit code and what was printed about it. */
  async function fails(changed: Record<string, string>): Promise<{ code: number | null; report: string }> {
    const product = runProduct(undefined, { ...good, ...changed })
    const timer = setTimeout(() => product.process.kill('SIGKILL'), 40_000)
    const { code } = await product.ended()
    clearTimeout(timer)
    const report = product
      .output()
      .split('\n')
      .filter((line) => /E\d{4}: /.test(line))
    expect(report, product.output()).toHaveLength(1)
    return { code, report: report[0] ?? '' }
  }

  /** The good economy file with one text replaced. */
  function economyWith(found: RegExp, replacement: string): string {
    const text = readFileSync(chain.economyFile, 'utf8')
    const file = path.join(dataDir, `economy-${Math.abs(hash(replacement))}.yaml`)
    const changed = text.replace(found, replacement)
    expect(changed).not.toBe(text)
    writeFileSync(file, changed)
    return file
  }

  test('the API’s port is in use', async () => {
    const taken = await listen(Number(good.PORT))
    const { code, report } = await fails({})
    taken.close()
    expect(code).toBe(78)
    expect(report).toBe(
      `E6201: Port ${good.PORT} on 127.0.0.1 is in use by another program. Stop it, or set PORT to another port.`,
    )
  })

  test('the local chain’s port is in use', async () => {
    const port = await freePort()
    const taken = await listen(port)
    const { code, report } = await fails({ RPC_URL: '', DEVNET_PORT: String(port), ECONOMY_FILE: '' })
    taken.close()
    expect(code).toBe(78)
    expect(report).toMatch(/^E6003: .*DEVNET_PORT/)
  })

  test('no node answers, and the key in its URL stays secret', async () => {
    const port = await freePort()
    const { code, report } = await fails({ RPC_URL: `http://127.0.0.1:${port}/v2/a-very-secret-api-key` })
    expect(code).toBe(75)
    expect(report).toMatch(/^E3002: The node at http:\/\/127\.0\.0\.1:\d+\/\*\*\* does not answer/)
    expect(report).not.toContain('a-very-secret-api-key')
  })

  test('the node is on another chain', async () => {
    const { code, report } = await fails({ ECONOMY_FILE: economyWith(/id: 31337/, 'id: 8453') })
    expect(code).toBe(78)
    expect(report).toMatch(/^E3003: .* is on chain 31337, but economy\.yaml says chain\.id 8453\./)
  })

  test('there is no contract at an address', async () => {
    const economy = economyWith(
      /staking: \{ address: "0x[0-9a-fA-F]{40}"/,
      `staking: { address: "0x${'12'.repeat(20)}"`,
    )
    const { code, report } = await fails({ ECONOMY_FILE: economy })
    expect(code).toBe(78)
    expect(report).toMatch(/^E3004: There is no code at 0x1212.*contracts\.staking/)
  })

  test('history would begin in the middle', async () => {
    const economy = economyWith(/(token: .*)startBlock: 2/, '$1startBlock: 20')
    const { code, report } = await fails({ ECONOMY_FILE: economy })
    expect(code).toBe(78)
    expect(report).toMatch(/^E3005: contracts\.token\.startBlock is 20, .* deployed at block 2:/)
  })

  test('the database belongs to another program', async () => {
    const foreign = await createTestDatabase()
    const client = new Client({ connectionString: foreign.url })
    await client.connect()
    await client.query('CREATE TABLE invoices (id int)')
    const { code, report } = await fails({ DATABASE_URL: foreign.url })
    const { rows } = await client.query(
      `SELECT 1 FROM information_schema.tables WHERE table_schema = 'public'`,
    )
    await client.end()
    await foreign.drop()
    expect(code).toBe(78)
    expect(report).toMatch(/^E4001: .*invoices/)
    expect(rows).toHaveLength(1)
  })

  test('the database does not answer, and its password stays secret', async () => {
    const url = `postgres://someone:a-secret-password@127.0.0.1:${await freePort()}/ashao`
    const { code, report } = await fails({ DATABASE_URL: url })
    expect(code).toBe(75)
    expect(report).toMatch(/^E4004: /)
    expect(report).not.toContain('a-secret-password')
  })

  test('the database was filled under other rules', async () => {
    const filled = runProduct('indexer', good)
    // The SDK's line after the first batch: from then on, what is stored follows the rules it was stored by.
    await filled.printed(/blocks\/sec/)
    await filled.stop()
    const economy = economyWith(/internal: \[.*\]/, 'internal: []')
    const { code, report } = await fails({ ECONOMY_FILE: economy })
    expect(code).toBe(78)
    expect(report).toMatch(/^E4002: .*fingerprint/)
  })

  test('everything is wrong at once: every problem is in one report', async () => {
    const economy = economyWith(/burnBps: 5000/, 'burnBps: 50000')
    const product = runProduct(undefined, { ...good, ECONOMY_FILE: economy, PORT: 'many', LOG_LEVEL: 'loud' })
    expect((await product.ended()).code).toBe(78)
    for (const key of ['PORT', 'LOG_LEVEL']) expect(product.output()).toContain(`  ${key}: `)
    expect(product.output()).toContain('  policy.burnBps: ')
    expect(product.output().match(/E1001/g)).toHaveLength(1)
  })

  test('a word that is no command', async () => {
    const product = runProduct('dance', {})
    expect((await product.ended()).code).toBe(78)
    expect(product.output()).toMatch(/^E6203: "dance" .*start, indexer, api, devnet, reset/)
  })
})

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

function hash(text: string): number {
  return [...text].reduce((total, character) => (Math.imul(total, 31) + character.charCodeAt(0)) | 0, 7)
}
