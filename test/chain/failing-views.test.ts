import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeFunctionData, type Hex, pad, parseAbi, toHex } from 'viem'
import { afterEach, describe, expect, test } from 'vitest'
import { type ContractViews, connectViews } from '../../src/chain/contract-views'
import { redactor } from '../../src/config/redact'
import type { Address } from '../../src/core/address'
import type { Answer, Question } from '../../src/core/reconciliation'
import type { LoopbackServer } from '../support/loopback-server'
import { ALICE, ECONOMY, hashOf } from '../support/small-economy'
import { RpcRefusal, startStubNode } from './stub-node'

const BLOCK = { number: 112, hash: hashOf(112) }
const { token, staking } = ECONOMY.contracts
const VIEWS = parseAbi([
  'function totalSupply() view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
  'function totalStaked() view returns (uint256)',
  'function stakeOf(address) view returns (uint256)',
])
const ask = (figure: Question['figure'], account: Address | null = null): Question => ({
  figure,
  account,
  derived: 0n,
})
const STAKES = [ask('staked'), ask('account.staked', ALICE)]
const asIs = (text: string): string => text

/** A view that is asked: of which contract, at which block. */
interface Asked {
  readonly view: string
  readonly to: string
  readonly blockHash: string | undefined
}

let node: LoopbackServer | undefined
let server: Server | undefined
afterEach(async () => {
  await node?.close()
  server?.close()
  server?.closeAllConnections()
  node = undefined
  server = undefined
})

/**
 * A node whose contracts have every view: the stake is 50, and a supply of the staking contract, which is no stake,
 * is 999. `fail` throws, or gives what is said instead.
 */
async function startNode(fail: (asked: Asked) => Hex | undefined): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = []
  node = await startStubNode({
    eth_call: (transaction, at) => {
      const { to, data } = transaction as { to: string; data: Hex }
      const { functionName: view } = decodeFunctionData({ abi: VIEWS, data })
      const { blockHash } = at as { blockHash?: string }
      asked.push({ view, to, blockHash })
      const instead = fail({ view, to, blockHash })
      if (instead !== undefined) return instead
      if (blockHash !== undefined && blockHash !== BLOCK.hash)
        throw new RpcRefusal(-32_000, 'header not found')
      return pad(
        toHex(to === token.address ? 1_000 : view === 'totalStaked' || view === 'stakeOf' ? 50 : 999),
      )
    },
    eth_getBlockByNumber: (number) => ({ number, hash: BLOCK.hash }),
  })
  return { url: node.url, asked }
}

/** A web server in the place of a node. */
async function startServer(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const listening = createServer(answer)
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

describe('a node that fails over the views of stake does not make them look like others', () => {
  const FAILURES: [code: number, message: string][] = [
    [-32_005, 'daily request count exceeded, request rate limited'],
    [-32_007, '50/second request limit reached'],
    [429, 'exceeded its compute units per second capacity'],
    [-32_603, 'Internal error'],
    [-32_000, 'request timed out'],
    [-32_000, 'missing trie node 3f1a (path )'],
    [-32_000, 'header not found'],
  ]
  const VIEWS_OF_STAKE = ['totalStaked', 'stakeOf']
  test.each(
    FAILURES.flatMap(([code, message]) => VIEWS_OF_STAKE.map((view) => [code, message, view] as const)),
  )('%s %s, at %s', async (code, message, failing) => {
    let isDown = true
    const { url } = await startNode(({ view }) => {
      if (isDown && view === failing) throw new RpcRefusal(code, message)
      return undefined
    })
    const views = connectViews(url, ECONOMY, asIs)
    expect(await views.answers(BLOCK, STAKES)).toEqual([{ gap: message }, { gap: message }])
    isDown = false
    expect(await views.answers(BLOCK, STAKES)).toEqual([{ value: 50n }, { value: 50n }])
  })

  test('nor after they were found: they are looked for once, and kept', async () => {
    let isDown = false
    const { url, asked } = await startNode(({ view }) => {
      if (isDown && view === 'totalStaked') throw new RpcRefusal(3, 'execution reverted')
      return undefined
    })
    const views = connectViews(url, ECONOMY, asIs)
    await views.answers(BLOCK, STAKES)
    const before = asked.length
    isDown = true
    expect(await views.answers(BLOCK, STAKES)).toEqual([{ gap: 'execution reverted' }, { value: 50n }])
    const ofStaking = asked.slice(before).filter(({ to }) => to === staking.address)
    expect(ofStaking.map(({ view }) => view).sort()).toEqual(['stakeOf', 'totalStaked'])
  })
})

describe('a contract that has no such views is told by what it does', () => {
  test.each<[what: string, does: () => Hex]>([
    ['reverts', () => fail(3, 'execution reverted')],
    ['reverts, of an older node', () => fail(-32_000, 'execution reverted')],
    ['reverts, of Hardhat', () => fail(-32_603, 'VM Exception while processing transaction: reverted')],
    ['reverts, of OpenEthereum', () => fail(-32_015, 'VM execution error.', 'Reverted 0x')],
    ['comes upon an invalid opcode', () => fail(-32_000, 'invalid opcode: INVALID')],
    ['answers nothing', () => '0x'],
    ['answers something else', () => `0x${'00'.repeat(64)}`],
  ])('it %s', async (_, does) => {
    const { url } = await startNode(({ view }) =>
      view === 'totalStaked' || view === 'stakeOf' ? does() : undefined,
    )
    const given = await connectViews(url, ECONOMY, asIs).answers(BLOCK, STAKES)
    expect(given).toEqual([{ value: 999n }, { value: 999n }])
  })
  const fail = (code: number, message: string, data?: string): never => {
    throw new RpcRefusal(code, message, data)
  }
})

test('a node that ignores hashes, and fails just when it is asked for one that does not exist, is asked by number', async () => {
  const { url, asked } = await startNode(({ blockHash }) => {
    if (blockHash === undefined || blockHash === BLOCK.hash) return undefined
    throw new RpcRefusal(-32_005, 'request rate limited')
  })
  expect(await connectViews(url, ECONOMY, asIs).answers(BLOCK, STAKES)).toEqual([
    { value: 50n },
    { value: 50n },
  ])
  for (const { blockHash } of asked.filter(({ to }) => to === staking.address))
    expect(blockHash).toBe(undefined)
})

describe('what a node says', () => {
  const saying = async (text: () => string, redact = asIs): Promise<ContractViews> => {
    const { url } = await startNode(() => {
      throw new RpcRefusal(-32_000, text())
    })
    return connectViews(url, ECONOMY, redact)
  }

  test('is cut only when its secrets are struck out, wherever they are', async () => {
    const key = 'k0123456789abcdefghijklmnopqrstu'
    expect(key).toHaveLength(32)
    let reason = ''
    const views = await saying(() => reason, redactor([key]))
    for (let offset = 200 - 40; offset <= 200 + 8; offset += 1) {
      reason = `${'x'.repeat(offset)}${key}${'y'.repeat(300)}`
      const [answer] = await views.answers(BLOCK, [ask('totalSupply')])
      const told = answer !== undefined && 'gap' in answer ? answer.gap : ''
      for (let part = 4; part <= key.length; part += 1) {
        expect(told, `at ${offset}`).not.toContain(key.slice(0, part))
      }
      expect(told).toHaveLength(201)
      expect(told.startsWith('x'.repeat(Math.min(offset, 200)))).toBe(true)
    }
  })

  test('is text that a database can keep', async () => {
    const views = await saying(() => `a\u0000b${'x'.repeat(196)}\u{1f600}`)
    const [answer] = await views.answers(BLOCK, [ask('totalSupply')])
    expect(answer).toEqual({ gap: `a\ufffdb${'x'.repeat(196)}\ufffd…` })
  })
})

describe('all figures together take no longer than they may', () => {
  const ALL = [ask('totalSupply'), ask('treasury.balance'), ...STAKES, ask('account.balance', ALICE)]
  const gaps: readonly Answer[] = ALL.map(() => ({
    gap: 'the node took longer than 0.5 seconds over all figures',
  }))

  test('of a node that says nothing', async () => {
    const url = await startServer(() => undefined)
    expect(await connectViews(url, ECONOMY, asIs, 500).answers(BLOCK, ALL)).toEqual(gaps)
  }, 5_000)

  test('of a node that says nothing after the first questions', async () => {
    const url = await startServer(async (request, response) => {
      let body = ''
      for await (const part of request.setEncoding('utf8')) body += part
      const { id, params } = JSON.parse(body) as {
        id: number
        params: [{ to: string }, { blockHash: string }]
      }
      const [{ to }, { blockHash }] = params
      if (to !== token.address) return
      const error = { code: -32_000, message: 'header not found' }
      const answer = blockHash === BLOCK.hash ? { result: pad(toHex(1)) } : { error }
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }))
    })
    const questions = [ask('staked'), ask('treasury.balance')]
    expect(await connectViews(url, ECONOMY, asIs, 500).answers(BLOCK, questions)).toEqual(gaps.slice(0, 2))
  }, 5_000)

  test('of a node that says to come again in a day', async () => {
    const url = await startServer((_, response) => {
      response.writeHead(429, { 'retry-after': '86400' }).end()
    })
    expect(await connectViews(url, ECONOMY, asIs, 500).answers(BLOCK, ALL)).toEqual(gaps)
  }, 5_000)
})

test('a question that cannot be put is a gap', async () => {
  const { url } = await startNode(() => undefined)
  const views = connectViews(url, ECONOMY, asIs)
  const given = await views.answers(BLOCK, [ask('account.balance', '0xno' as Address), ask('totalSupply')])
  expect(given).toEqual([{ gap: expect.stringContaining('0xno') }, { value: 1_000n }])
})
