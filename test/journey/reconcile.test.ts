import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Product } from '../support/product'
import { type ReconciledChain, reconciledChain, type Stored } from '../support/reconciled-chain'

interface ReadyJson {
  readonly ready: boolean
  readonly reasons: readonly { readonly code: string; readonly reason: string; readonly facts: object }[]
}

/** What an operator has of it: the indexer that compares by itself, `/ready`, and the command. */
describe('a reconciliation with the chain', () => {
  let chain: ReconciledChain
  let indexer: Product

  beforeAll(async () => {
    chain = await reconciledChain(3)
    indexer = chain.run('indexer', { RECONCILE_SECONDS: '1' })
    const api = chain.run('api')
    await api.printed(/serving on/)
  })
  afterAll(() => chain.close())

  const ready = async (): Promise<ReadyJson> =>
    (await (await fetch(`${chain.apiUrl}/ready`)).json()) as ReadyJson
  const isReady = (): Promise<boolean> => ready().then((answer) => answer.ready)
  const different = ({ checks }: Stored) => checks.filter(({ result }) => result === 'DIFFERENT')

  /** Does one thing to the database for as long as `use` takes. */
  async function tampered(doIt: string, undoIt: string, use: () => Promise<void>): Promise<void> {
    expect((await chain.database.query(doIt)).rowCount).toBe(1)
    try {
      await use()
    } finally {
      await chain.database.query(undoIt)
    }
  }

  test('is made as soon as the indexer has caught up, and then at the interval', async () => {
    await indexer.printed(/All \d+ figures that were compared equal the chain at block \d+/)
    const head = await chain.reachesHead()
    const atHead = async (): Promise<readonly Stored[]> =>
      (await chain.stored()).filter(({ block_hash }) => block_hash === head)
    await expect.poll(async () => (await atHead()).length, { timeout: 20_000 }).toBeGreaterThan(1)
    // The interval of a second may have passed before it had caught up: then an older block was compared as well.
    for (const row of await chain.stored()) {
      expect(row).toMatchObject({ trigger: 'INTERVAL', different: 0, gaps: 0 })
      expect(row.equal).toBe(row.checks.length)
    }
    for (const row of await atHead()) {
      const figures = new Set(row.checks.map(({ figure }) => figure))
      const expected = ['totalSupply', 'balanceSum', 'treasury.balance', 'staked', 'stakeSum']
      expect([...figures]).toEqual([...expected, 'account.balance', 'account.staked'])
      expect(row.checks.length).toBeGreaterThan(5 + 2 * 10)
    }
    await expect.poll(isReady).toBe(true)
  })

  test('finds a balance that was changed, turns /ready red, and green again when it is mended', async () => {
    const { rows } = await chain.database.query<{ id: string; balance: string }>(
      'SELECT id, balance FROM account ORDER BY balance DESC LIMIT 1',
    )
    const [{ id, balance } = { id: '', balance: '0' }] = rows
    const wrong = BigInt(balance) + 1n
    const set = (amount: string): string => `UPDATE account SET balance = ${amount} WHERE id = '${id}'`
    await tampered(set(String(wrong)), set(balance), async () => {
      await indexer.printed(
        new RegExp(`account.balance of ${id} is derived as ${wrong}, the contract says ${balance}`),
      )
      await expect.poll(isReady).toBe(false)
      const [reason] = (await ready()).reasons
      const { block_number, block_hash } = (await chain.stored())[0] ?? {}
      expect(reason).toMatchObject({ code: 'E5011' })
      expect(reason?.reason).toContain(
        `account.balance of ${id} is derived as ${wrong}, but the contract says ${balance}`,
      )
      expect(reason?.facts).toMatchObject({
        differs: [
          { figure: 'balanceSum', account: null, block: block_number, hash: block_hash },
          {
            ...{ figure: 'account.balance', account: id, derived: String(wrong), onChain: balance },
            ...{ block: block_number, hash: block_hash },
          },
        ],
      })
      const status = (await (await fetch(`${chain.apiUrl}/status`)).json()) as Record<string, unknown>
      expect(status.reconciliation).toMatchObject({
        block: block_number,
        hash: block_hash,
        different: 2,
        gaps: 0,
        standing: 2,
      })
    })
    await expect.poll(isReady, { timeout: 20_000 }).toBe(true)
  })

  test('finds a balance that was changed outside the sample, by the sum', async () => {
    const sampled = (await chain.stored())[0]?.checks.flatMap(({ account }) => account ?? []) ?? []
    const { rows } = await chain.database.query<{ id: string }>(
      'SELECT id FROM account WHERE id <> ALL ($1) LIMIT 1',
      [sampled],
    )
    const add = (amount: number): string =>
      `UPDATE account SET balance = balance + ${amount} WHERE id = '${rows[0]?.id}'`
    await tampered(add(3), add(-3), async () => {
      const { code, output } = await chain.reconcile()
      expect(code).toBe(65)
      expect(output).toMatch(/balanceSum .* different$/m)
    })
    expect(await chain.reconcile()).toMatchObject({ code: 0 })
  })

  test('on demand finds a supply that was changed, beside the indexer that holds the lock', async () => {
    const newest = 'WHERE block_number = (SELECT max(block_number) FROM snapshot)'
    const add = (amount: number): string =>
      `UPDATE snapshot SET total_supply = total_supply + ${amount} ${newest}`
    await tampered(add(1), add(-1), async () => {
      const { code, output } = await chain.reconcile()
      expect(code).toBe(65)
      expect(output).toMatch(/^totalSupply +\S+ ASHAO +\S+ ASHAO +different$/m)
      expect(output).toMatch(/\d+ equal, 1 different, 0 without an answer\.$/m)
      const row = (await chain.stored()).find(({ trigger }) => trigger === 'ON_DEMAND')
      expect(row && different(row)).toMatchObject([{ figure: 'totalSupply' }])
      const [{ derived = '', onChain = '' } = {}] = row ? different(row) : []
      expect(BigInt(derived)).toBe(BigInt(onChain) + 1n)
    })
  })

  test('on demand prints every figure in whole units, and ends with 0 if all are equal', async () => {
    const { code, output } = await chain.reconcile()
    expect(code, output).toBe(0)
    const { block_number, block_hash, equal } =
      (await chain.stored()).find(({ trigger }) => trigger === 'ON_DEMAND') ?? {}
    expect(output).toMatch(
      new RegExp(`^Block ${block_number} of .*\\nhash  ${block_hash}\\nnode  http://127`),
    )
    expect(output).toMatch(/^figure +account +derived +on chain +result$/m)
    expect(output).toMatch(/^totalSupply +(9\d{8}\.\d+ ASHAO) +\1 +equal$/m)
    expect(output).toMatch(/^treasury\.balance +(\d+(\.\d{1,6})? USDC) +\1 +equal$/m)
    expect(output).toMatch(/^account\.balance +0x[0-9a-f]{40} +(\S+ ASHAO) +\1 +equal$/m)
    expect(output).toContain(`${equal} equal, 0 different, 0 without an answer.`)
  })

  test('survives the indexer and the reorganisation of its block', async () => {
    await chain.rpc('evm_mine', [])
    const gone = await chain.reachesHead()
    const isCompared = async (hash: string): Promise<boolean> =>
      (await chain.stored()).some((row) => row.block_hash === hash && row.different + row.gaps === 0)
    await expect.poll(() => isCompared(gone), { timeout: 20_000 }).toBe(true)
    const before = await chain.stored()
    expect(await indexer.stop()).toBe(0)
    await chain.rpc('anvil_reorg', [1, []])
    await chain.rpc('evm_mine', [])
    indexer = chain.run('indexer', { RECONCILE_SECONDS: '1' })
    const head = await chain.reachesHead()
    await expect.poll(() => isCompared(head), { timeout: 20_000 }).toBe(true)
    expect(await isCompared(gone)).toBe(true)
    expect((await chain.stored()).slice(-before.length)).toEqual(before)
  })

  test('that fails is a warning: indexing goes on', async () => {
    await chain.database.query('ALTER TABLE reconciliation RENAME TO away')
    await indexer.printed(/the reconciliation with the chain failed/)
    await chain.rpc('evm_mine', [])
    await chain.reachesHead()
    await chain.database.query('ALTER TABLE away RENAME TO reconciliation')
    expect(indexer.process.exitCode).toBe(null)
  })
})
