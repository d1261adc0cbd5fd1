import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { encodeFunctionData, parseAbi } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import { compileSolidity } from '../support/compile-solidity'
import { createTestDatabase } from '../support/postgres'
import { runProduct } from '../support/product'
import { type ReconciledChain, reconciledChain } from '../support/reconciled-chain'
import { startRefusingNode } from '../support/refusing-node'

/** Keeps its books where OpenZeppelin's ERC-20 does, so that it can take the place of one. */
const LYING_TOKEN = `
// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.24;

contract LyingToken {
    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;
    uint256 public totalSupply;

    event Transfer(address indexed from, address indexed to, uint256 value);

    /// What a token with silent fees does: no event says that anything moved.
    function moveSilently(address from, address to, uint256 value) external {
        balanceOf[from] -= value;
        balanceOf[to] += value;
    }

    /// What a few chains do when gas is paid: it looks like a burn, but the supply stays.
    function debitGas(address from, uint256 value) external {
        balanceOf[from] -= value;
        emit Transfer(from, address(0), value);
    }
}`
const LIES = parseAbi([
  'function moveSilently(address from, address to, uint256 value)',
  'function debitGas(address from, uint256 value)',
])

describe('a reconciliation on demand', () => {
  let chain: ReconciledChain

  beforeAll(async () => {
    chain = await reconciledChain(2)
    chain.run('indexer')
    await chain.reachesHead()
  })
  afterAll(() => chain.close())

  const onDemand = async (changed: Record<string, string> = {}) => {
    const { code, output } = await chain.reconcile(changed)
    const [newest] = await chain.stored()
    return { code, output, newest }
  }

  test('of figures that are equal ends with 0, and is stored as asked for', async () => {
    const { code, output, newest } = await onDemand()
    expect(code, output).toBe(0)
    expect(newest).toMatchObject({ trigger: 'ON_DEMAND', different: 0, gaps: 0 })
  })

  test('through a node that does not know EIP-1898 finds the same', async () => {
    const node = await startRefusingNode(chain.variables.RPC_URL ?? '', ({ params = [] }) =>
      typeof params[1] === 'object' ? 'invalid argument 1: not a block number' : undefined,
    )
    const { code, newest } = await onDemand({ RPC_URL: node.url })
    await node.close()
    expect(code).toBe(0)
    expect(newest).toMatchObject({ different: 0, gaps: 0 })
  })

  test('through a node without the state of the block is nothing but gaps, and no success', async () => {
    const node = await startRefusingNode(chain.variables.RPC_URL ?? '', ({ method }) =>
      method === 'eth_call' ? 'missing trie node 5f0c (path ) for /v2/a-very-secret-key' : undefined,
    )
    const { code, output, newest } = await onDemand({ RPC_URL: `${node.url}/v2/a-very-secret-key` })
    await node.close()
    expect(code).toBe(75)
    expect(newest).toMatchObject({ equal: 0, different: 0, gaps: newest?.checks.length })
    expect(output).toMatch(
      /^totalSupply +\S+ ASHAO +– +gap: missing trie node 5f0c \(path \) for \/v2\/\*\*\*$/m,
    )
    expect(output).toContain('it is neither right nor wrong')
    expect(JSON.stringify(newest)).not.toContain('a-very-secret-key')
  })

  test('of which one figure has no answer does not lift its difference, and the next equal one does', async () => {
    const api = chain.run('api')
    await api.printed(/serving on/)
    const told = async () => {
      const ready = await fetch(`${chain.apiUrl}/ready`)
      const metrics = await (await fetch(`${chain.apiUrl}/metrics`)).text()
      const sample = (name: string): number => Number(metrics.split(`\n${name} `)[1]?.split('\n')[0])
      expect(sample('ashao_ready')).toBe(Number(ready.status === 200))
      return {
        status: ready.status,
        reasons: ((await ready.json()) as { reasons: { code: string; reason: string }[] }).reasons,
        different: sample('ashao_reconciliation_checks{result="different"}'),
        standing: sample('ashao_reconciliation_standing_differences'),
      }
    }
    // The sum is right all the while: only the accounts themselves tell.
    const { rows } = await chain.database.query<{ id: string }>(
      'SELECT id FROM account WHERE balance > 0 ORDER BY balance DESC LIMIT 2',
    )
    const [one = '', two = ''] = rows.map(({ id }) => id)
    const move = (by: number) =>
      chain.database.query(
        'UPDATE account SET balance = balance + CASE id WHEN $1 THEN $3::int ELSE -$3::int END WHERE id IN ($1, $2)',
        [one, two, by],
      )
    await move(1)
    expect(await chain.reconcile()).toMatchObject({ code: 65 })
    expect(await told()).toMatchObject({ status: 503, different: 2, standing: 2 })

    await move(-1)
    const node = await startRefusingNode(chain.variables.RPC_URL ?? '', ({ method, params }) =>
      method === 'eth_call' && JSON.stringify(params).includes(one.slice(2)) ? 'pruned' : undefined,
    )
    const { code, output, newest } = await onDemand({ RPC_URL: node.url })
    await node.close()
    expect(code, output).toBe(65)
    expect(output).toContain(`account.balance of ${one} differed at block `)
    expect(output).not.toContain(`account.balance of ${two} differed`)
    expect(newest).toMatchObject({ different: 0, gaps: 2, standing: [{ account: one }] })
    expect(newest?.checks.filter(({ account }) => account === one)).toMatchObject([
      { figure: 'account.balance', result: 'GAP' },
      { figure: 'account.staked', result: 'GAP' },
    ])
    const red = await told()
    expect(red).toMatchObject({ status: 503, different: 0, standing: 1, reasons: [{ code: 'E5011' }] })
    expect(red.reasons[0]?.reason).toContain(`account.balance of ${one} is derived as `)

    expect(await chain.reconcile()).toMatchObject({ code: 0 })
    expect(await told()).toEqual({ status: 200, reasons: [], different: 0, standing: 0 })
    expect(await api.stop()).toBe(0)
  })

  test('where history was left out on purpose compares the rest', async () => {
    const file = path.join(chain.variables.DATA_DIR ?? '', 'partial.yaml')
    const text = readFileSync(chain.variables.ECONOMY_FILE ?? '', 'utf8')
    writeFileSync(file, text.replace(/(staking: \{ .*?) \}/, '$1, partialHistory: true }'))
    const other = await createTestDatabase()
    const changed = { ECONOMY_FILE: file, DATABASE_URL: other.url }
    const indexer = chain.run('indexer', changed)
    await indexer.printed(/blocks\/sec/)
    const { code, output } = await chain.reconcile(changed)
    await indexer.stop()
    await other.drop()
    expect(code, output).toBe(75)
    expect(output).toMatch(/^staked .* gap: HISTORY_PARTIAL$/m)
    expect(output).toMatch(/^totalSupply .* equal$/m)
  })

  test('of a token that moves balances without an event finds the account', async () => {
    const { rows } = await chain.database.query<{ id: `0x${string}` }>(
      'SELECT id FROM account ORDER BY balance DESC LIMIT 2',
    )
    const [from, to] = rows.map(({ id }) => id)
    if (from === undefined || to === undefined) throw new TypeError('there are no holders')
    const send = async (data: `0x${string}`): Promise<void> => {
      const { token } = chain.economy.contracts
      await chain.rpc('anvil_setCode', [token.address, compileSolidity('LyingToken', LYING_TOKEN)])
      await chain.rpc('eth_sendTransaction', [{ from, to: token.address, data, gas: '0x927c0' }])
      await chain.rpc('evm_mine', [])
      await chain.reachesHead()
    }
    await send(encodeFunctionData({ abi: LIES, functionName: 'moveSilently', args: [from, to, 7n] }))
    const silent = await onDemand()
    expect(silent.code, silent.output).toBe(65)
    expect(silent.newest?.checks.filter(({ result }) => result === 'DIFFERENT')).toMatchObject([
      { figure: 'account.balance', account: from },
      { figure: 'account.balance', account: to },
    ])

    // Back where it was; then a debit that looks like a burn. The chain's own supply is the judge of it.
    await send(encodeFunctionData({ abi: LIES, functionName: 'moveSilently', args: [to, from, 7n] }))
    expect(await chain.reconcile()).toMatchObject({ code: 0 })
    await send(encodeFunctionData({ abi: LIES, functionName: 'debitGas', args: [from, 9n] }))
    const gas = await onDemand()
    expect(gas.code, gas.output).toBe(65)
    const different = gas.newest?.checks.filter(({ result }) => result === 'DIFFERENT') ?? []
    expect(different.map(({ figure }) => figure)).toEqual(['totalSupply', 'balanceSum'])
    for (const { derived = '', onChain = '' } of different) expect(BigInt(onChain) - BigInt(derived)).toBe(9n)
  })
})

describe('a reconciliation that cannot be made says why', () => {
  test('nothing is indexed yet', async () => {
    const chain = await reconciledChain(1)
    const { code, output } = await chain.reconcile()
    const other = await chain.reconcile({ RPC_URL: `http://127.0.0.1:${await freePort()}` })
    await chain.close()
    expect(code).toBe(75)
    expect(output).toMatch(/^E6208: Nothing is indexed yet in the database at postgres:\/\/127/)
    expect(other.code).toBe(75)
  })

  test('without configuration nothing runs', async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'ashao-nothing-'))
    const product = runProduct('reconcile', { DATA_DIR: dataDir })
    expect((await product.ended()).code).toBe(75)
    expect(product.output()).toMatch(
      /^E6207: RPC_URL is not set, and no local chain runs in the data directory/,
    )
    rmSync(dataDir, { recursive: true })
  })
})

test('without configuration, what `npm start` runs is found in the data directory', {
  timeout: 180_000,
}, async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'ashao-found-'))
  chmodSync(dataDir, 0o755)
  const [port, devnetPort] = [String(await freePort()), String(await freePort())]
  const product = runProduct(undefined, { DATA_DIR: dataDir, PORT: port, DEVNET_PORT: devnetPort })
  try {
    await product.printed(/Ready after/, 90_000)
    const found = runProduct('reconcile', { DATA_DIR: dataDir })
    expect((await found.ended()).code, found.output()).toBe(0)
    expect(found.output()).toMatch(/\d+ equal, 0 different, 0 without an answer\.$/m)
    expect(found.output()).toContain(`node  http://127.0.0.1:${devnetPort}`)
    expect(found.output()).not.toMatch(/postgres:\/\//)
  } finally {
    await product.stop()
    await runProduct('reset', { DATA_DIR: dataDir }).ended()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
