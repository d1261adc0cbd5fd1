import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { type Address, createPublicClient, erc20Abi, http, type PublicClient } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../../bench/ingest/harness/free-port'
import { loadConfig } from '../../../src/config'
import type { EconomyFile } from '../../../src/config/economy-file'
import type { ExportRange } from '../../../src/core/datasets/export-range'
import { formatUnits, parseUnits } from '../../../src/core/units'
import { type LocalChain, startLocalChain } from '../../../src/devnet/local-chain'
import { accountingFile } from '../../../src/export/accounting/accounting-file'
import { type ExportSource, openExportSource } from '../../../src/read/export/export-source'
import { openPool } from '../../../src/read/transaction'
import { hledgerBalances, runHledger } from '../../support/hledger'
import { createTestDatabase } from '../../support/postgres'
import { runProduct } from '../../support/product'
import { reachesHead } from '../../support/reaches-head'
import { fileText } from './folded-source'

const directory = mkdtempSync(path.join(os.tmpdir(), 'ashao-accounting-'))
chmodSync(directory, 0o755)
const cleaning: (() => unknown)[] = [() => rmSync(directory, { recursive: true, force: true })]
let chain: LocalChain
let client: PublicClient
let economy: EconomyFile
let source: ExportSource
let range: ExportRange

beforeAll(async () => {
  chain = await startLocalChain({ dataDir: directory, port: await freePort(), days: 9, live: false })
  cleaning.push(() => chain.stop())
  client = createPublicClient({ transport: http(chain.rpcUrl) }) as PublicClient
  const database = await createTestDatabase()
  cleaning.push(database.drop)
  const variables = {
    DATA_DIR: directory,
    RPC_URL: chain.rpcUrl,
    DATABASE_URL: database.url,
    ECONOMY_FILE: chain.economyFile,
  }
  ;({ economy } = loadConfig(variables))
  const connection = new Client({ connectionString: database.url })
  await connection.connect()
  cleaning.push(() => connection.end())
  const indexer = runProduct('indexer', variables)
  cleaning.push(() => indexer.stop())
  const head = await client.getBlock()
  await reachesHead(connection, { number: Number(head.number), hash: head.hash }, indexer.output)
  const pool = openPool(database.url, () => undefined)
  cleaning.push(() => pool.end())
  source = await openExportSource(pool, economy)
  cleaning.push(() => source.close())
  range = await source.range({})
}, 120_000)

afterAll(async () => {
  for (const clean of cleaning.reverse()) await clean()
})

async function balanceOf(contract: 'token' | 'stable', account: Address, block: number): Promise<bigint> {
  return client.readContract({
    address: economy.contracts[contract].address,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [account],
    blockNumber: BigInt(block),
  })
}

/** What a journal says that all wallets of the treasury have. */
async function treasuryBalance(journal: string): Promise<bigint> {
  const { 'assets:treasury': shown = '0' } = await hledgerBalances(journal, 'acct:^assets', '--depth', '2')
  return parseUnits(shown.split(' ')[0] ?? '', economy.contracts.stable.decimals) ?? -1n
}

test('the journal of a lived economy holds, and ends with what the contract says of each wallet', async () => {
  const { text, rows } = await fileText(accountingFile('hledger', source, range, { economy }))
  expect(rows).toBeGreaterThan(50)
  const { code, complaint } = await runHledger(text, 'check', '--strict', 'ordereddates')
  expect(complaint).toBe('')
  expect(code).toBe(0)
  let total = 0n
  for (const wallet of economy.policy.treasury) {
    const balance = await balanceOf('stable', wallet, range.toBlock)
    expect(text).toContain(`assets:treasury:${wallet}  0 "USDC" = ${formatUnits(balance, 6)} "USDC"\n`)
    total += balance
  }
  expect(total).toBeGreaterThan(0n)
  expect(await treasuryBalance(text)).toBe(total)
  const balances = await hledgerBalances(text)
  for (const account of ['income:revenue', 'expenses:buyback', 'expenses:rewards', 'memo:burn:burned']) {
    expect(balances[account], account).toMatch(/[1-9]/)
  }
}, 60_000)

test('so does one that begins in the midst of history', async () => {
  const later = await source.range({ fromBlock: Math.floor((range.fromBlock + range.toBlock) / 2) })
  const { text } = await fileText(accountingFile('hledger', source, later, { economy }))
  expect(text).toContain(' * opening balances\n')
  expect((await runHledger(text, 'check', '--strict', 'ordereddates')).complaint).toBe('')
  let total = 0n
  for (const wallet of economy.policy.treasury) total += await balanceOf('stable', wallet, later.toBlock)
  expect(await treasuryBalance(text)).toBe(total)
}, 60_000)

test('what moved for accounts adds up to what the contract says that they have', async () => {
  const accounts = new Set<string>()
  for await (const rows of source.rows('stakes', range))
    for (const [, , account] of rows) accounts.add(account ?? '')
  expect(accounts.size).toBeGreaterThan(2)
  const labels = new Set<string>()
  for (const account of accounts as Set<Address>) {
    const { text } = await fileText(accountingFile('koinly', source, range, { economy, account }))
    let balance = 0n
    for (const line of text.trimEnd().split('\r\n').slice(1)) {
      const [, amount = '', currency, label = ''] = line.split(',')
      const units = parseUnits(amount.replace('-', ''), 18) ?? 0n
      if (currency === economy.contracts.token.symbol) balance += amount.startsWith('-') ? -units : units
      labels.add(label)
    }
    expect(balance, account).toBe(await balanceOf('token', account, range.toBlock))
    const { rows } = await fileText(accountingFile('rotki', source, range, { economy, account }))
    expect(rows).toBe(text.trimEnd().split('\r\n').length - 1)
  }
  expect([...labels]).toEqual(expect.arrayContaining(['Add to Pool', 'Remove from Pool', 'Reward']))
}, 60_000)
