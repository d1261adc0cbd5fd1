import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../src/devnet/random'
import { exporting, hashesOf, manifestsOf, reperforming, temporaryDirectory } from '../reperform/exports'
import { createTestDatabase } from '../support/postgres'
import { runProduct } from '../support/product'
import { reachesHead } from '../support/reaches-head'
import { type ReconciledChain, reconciledChain } from '../support/reconciled-chain'
import { type Stirring, stir } from '../support/stirring'

/** The local chain's finality: blocks above this depth are not exported. */
const CONFIRMATIONS = 64
const DEEPEST = 6

/** Everything that there is to export, in every format. */
const everything = (account: string): string =>
  `all statement treasury --account ${account} --format csv,ndjson,parquet,koinly,rotki,hledger --proofs`

describe('exports of a history with reorgs and kills', () => {
  const directories = Array.from({ length: 4 }, temporaryDirectory)
  const [disturbed = '', undisturbed = '', months = '', times = ''] = directories.map(({ path }) => path)
  let chain: ReconciledChain
  let stirring: Stirring
  let account: string

  beforeAll(async () => {
    chain = await reconciledChain(6)
    const { contracts, policy } = chain.economy
    const [[treasury], [burner]] = [[...policy.treasury], [...policy.buyback]]
    if (treasury === undefined || burner === undefined || contracts.pair === undefined) {
      throw new TypeError('the local economy is incomplete')
    }
    account = burner
    const port = Number(new URL(chain.variables.RPC_URL ?? '').port)
    const { token, staking, stable, pair } = contracts
    const places = {
      token: token.address,
      staking: staking.address,
      stable: stable.address,
      pair: pair.address,
    }
    stirring = await stir(port, { ...places, treasury, burner }, createRandom(6).next)
  }, 180_000)
  afterAll(async () => {
    await chain.close()
    for (const directory of directories) directory.remove()
  })

  test('every file is the same one, wherever and however its database was filled', {
    timeout: 240_000,
  }, async () => {
    let indexer = chain.run('indexer')
    await chain.reachesHead()
    for (let depth = 1; depth <= DEEPEST; depth += 1) {
      await stirring.mineEventful(depth)
      await chain.reachesHead()
      if (depth % 2 === 0) await indexer.stop('SIGKILL')
      await stirring.reorganise(depth)
      await stirring.mineEventful(1)
      if (depth % 2 === 0) indexer = chain.run('indexer')
      await chain.reachesHead()
    }
    await stirring.mineEventful(CONFIRMATIONS)
    await chain.reachesHead()
    await indexer.stop()
    await exporting(chain.variables, disturbed, everything(account))

    const fresh = await createTestDatabase()
    const variables = { ...chain.variables, DATABASE_URL: fresh.url }
    const database = new Client({ connectionString: fresh.url })
    await database.connect()
    const other = runProduct('indexer', variables)
    try {
      await reachesHead(database, await stirring.head(), other.output)
      await exporting(variables, undisturbed, everything(account))
    } finally {
      await other.stop()
      await database.end()
      await fresh.drop()
    }
    const isLog = (file: string): boolean => file.startsWith('corrections')
    const [one, two] = [hashesOf(disturbed), hashesOf(undisturbed)]
    const files = manifestsOf(disturbed).map(({ file }) => file)
    expect(files.length).toBeGreaterThan(30)
    for (const file of files.filter((each) => !isLog(each)))
      expect([file, one[file]]).toEqual([file, two[file]])
    // Only what was taken back is another story in each.
    expect(files.filter(isLog).map((file) => one[file] === two[file])).toContain(false)
  })

  test('and from the chain alone come the same bytes, and the figures of the contracts', {
    timeout: 120_000,
  }, async () => {
    const { code, output } = await reperforming(disturbed, chain.variables.RPC_URL ?? '')
    expect(output).toMatch(
      /\d+ of \d+ files are, byte for byte, what the chain says\. 3 cannot be made from the chain/,
    )
    expect(output).toMatch(/3 of 3 figures are what the contracts say themselves\./)
    expect(output).not.toMatch(/different/)
    expect(code).toBe(0)
  })

  test('as of months, and of times that begin and end within them', { timeout: 120_000 }, async () => {
    const { rows } = await chain.database.query<{ first: Date; last: Date }>(
      'SELECT min(timestamp) AS first, max(timestamp) AS last FROM snapshot',
    )
    const day = (time: Date | undefined, days: number): string =>
      new Date((time?.getTime() ?? 0) + days * 86_400_000).toISOString().slice(0, 10)
    const [from, to] = [day(rows[0]?.first, 2), day(rows[0]?.last, -1)]
    await exporting(chain.variables, months, 'all --format ndjson,parquet --partition month')
    await exporting(chain.variables, times, `all treasury --format csv,hledger --from ${from} --to ${to}`)
    for (const directory of [months, times]) {
      const { code, output } = await reperforming(directory, chain.variables.RPC_URL ?? '')
      expect(output).not.toMatch(/different/)
      expect(code).toBe(0)
      expect(manifestsOf(directory).every(({ time }) => time !== null)).toBe(true)
    }
  })
})
