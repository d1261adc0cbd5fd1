import { once } from 'node:events'
import { encodeFunctionData, erc20Abi } from 'viem'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { SimulatedChain } from '../../bench/ingest/simulator/chain'
import { LIMIT_WORDINGS } from '../../bench/ingest/simulator/range-limits'
import type { NodeHeader, NodeLog, NodeReceipt } from '../../src/chain/rpc/node-types'
import { ask, inHex, post } from './ask'
import { openSimulator } from './open-simulator'

const SMALL = { blocks: 50, events: 500, noise: 6, accounts: 40 }
const HASH = /^0x[0-9a-f]{64}$/

/** What a filter lets through of all logs, found by comparing texts. */
function filtered(
  logs: readonly NodeLog[],
  filter: { address?: unknown; topics?: readonly unknown[] },
): NodeLog[] {
  const fits = (wanted: unknown, found: string | undefined): boolean =>
    found !== undefined && (wanted === null || wanted === undefined || [wanted].flat().includes(found))
  return logs.filter(
    ({ address, topics }) =>
      fits(filter.address, address) &&
      (filter.topics ?? []).every((wanted, index) => fits(wanted, topics[index])),
  )
}

function cast(chain: SimulatedChain) {
  const [token, staking, stable, foreign] = chain.cast.contracts.map(({ text }) => text)
  const [transfer, burn, stake, , , approval] = chain.cast.signatures.map(({ text }) => text)
  return { token, staking, stable, foreign, transfer, burn, stake, approval }
}

describe('a node', () => {
  test.each([true, false])(
    'filters logs by addresses and topics (foreign logs kept: %s)',
    async (keepNoise) => {
      const { url, chain } = await openSimulator({ chain: { ...SMALL, keepNoise } })
      const all = await ask<NodeLog[]>(url, 'eth_getLogs', { fromBlock: '0x0', toBlock: 'latest' })
      expect(all.length).toBeGreaterThan(SMALL.blocks * SMALL.noise)
      const { token, staking, stable, foreign, transfer, burn, stake, approval } = cast(chain)
      const treasury = chain.cast.word(3).text
      const filters = [
        { address: token },
        { address: [token, staking, stable], topics: [[transfer, burn, stake]] },
        { address: stable, topics: [transfer, treasury] },
        { address: stable, topics: [transfer, null, [treasury, chain.cast.word(4).text]] },
        { address: token, topics: [null, null, null] },
        { address: [token, foreign], topics: [transfer] },
        { topics: [[transfer, approval]] },
        { topics: [stake] },
        { topics: [null] },
      ]
      for (const filter of filters) {
        const found = await ask(url, 'eth_getLogs', { ...filter, fromBlock: '0x0', toBlock: 'latest' })
        const expected = filtered(all, filter)
        expect(expected.length, JSON.stringify(filter)).toBeGreaterThan(0)
        expect(found, JSON.stringify(filter)).toEqual(expected)
      }
      const { hash } = await ask<NodeHeader>(url, 'eth_getBlockByNumber', '0x7', false)
      expect(await ask(url, 'eth_getLogs', { blockHash: hash, address: token })).toEqual(
        filtered(all, { address: token }).filter(({ blockHash }) => blockHash === hash),
      )
      await expect(ask(url, 'eth_getLogs', { blockHash: `0x${'1'.repeat(64)}` })).rejects.toThrow(
        'unknown block',
      )
    },
  )

  test('knows blocks by number, tag and hash, transactions and receipts by theirs', async () => {
    const { url, chain } = await openSimulator({ chain: { ...SMALL, finality: 10, logTimestamps: true } })
    const block = <Shape = NodeHeader>(name: string, full = false): Promise<Shape> =>
      ask(url, 'eth_getBlockByNumber', name, full)
    expect(Number((await block('latest')).number)).toBe(50)
    expect(Number((await block('finalized')).number)).toBe(40)
    expect(Number((await block('earliest')).number)).toBe(0)
    expect(await block(inHex(51))).toBeNull()
    chain.setFinalized(33)
    expect(Number((await block('safe')).number)).toBe(33)
    const one = await block<NodeHeader & { transactions: string[] }>('0x5')
    expect(await ask(url, 'eth_getBlockByHash', one.hash, false)).toEqual(one)
    const full = await block<{ transactions: { hash: string }[] }>('0x5', true)
    expect(full.transactions.map(({ hash }) => hash)).toEqual(one.transactions)
    const receipts = await ask<NodeReceipt[]>(url, 'eth_getBlockReceipts', one.hash)
    expect(receipts.map(({ transactionHash }) => transactionHash)).toEqual(one.transactions)
    for (const [index, hash] of one.transactions.entries()) {
      expect(hash).toMatch(HASH)
      expect(await ask(url, 'eth_getTransactionReceipt', hash)).toEqual(receipts[index])
      expect(await ask(url, 'eth_getTransactionByHash', hash)).toEqual(full.transactions[index])
    }
    const times = receipts.flatMap(({ logs }) => logs.map(({ blockTimestamp }) => blockTimestamp))
    expect(new Set(times)).toEqual(new Set([one.timestamp]))
  })

  test('answers for the contracts at any block', async () => {
    const { url, chain } = await openSimulator({ chain: SMALL })
    const { token = '0x', stable = '0x' } = cast(chain)
    const call = async (to: string, name: 'totalSupply' | 'decimals', block: string): Promise<bigint> =>
      BigInt(
        await ask<string>(
          url,
          'eth_call',
          { to, data: encodeFunctionData({ abi: erc20Abi, functionName: name }) },
          block,
        ),
      )
    expect(await call(token, 'decimals', 'latest')).toBe(18n)
    expect(await call(stable, 'decimals', 'latest')).toBe(6n)
    for (const block of [1, 20, 50]) {
      const { totalSupply, accounts } = chain.truthAt(block)
      expect(await call(token, 'totalSupply', inHex(block))).toBe(totalSupply)
      const [address = '0x', { balance } = { balance: -1n }] = [...accounts].at(-1) ?? []
      const data = encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [address] })
      expect(BigInt(await ask<string>(url, 'eth_call', { to: token, data }, inHex(block)))).toBe(balance)
    }
    expect(await ask(url, 'eth_getCode', token, '0x0')).toBe('0x')
    expect(await ask(url, 'eth_getCode', token, '0x1')).not.toBe('0x')
  })

  test('answers batches, up to a size', async () => {
    const { url } = await openSimulator({ chain: SMALL, batchLimit: 2 })
    const call = (id: number) => ({ jsonrpc: '2.0', id, method: 'eth_chainId', params: [] })
    const two = await (await post(url, [call(1), call(2)])).json()
    expect(two).toEqual([1, 2].map((id) => ({ jsonrpc: '2.0', id, result: inHex(71_071) })))
    expect(await (await post(url, [1, 2, 3].map(call))).json()).toMatchObject({ error: { code: -32600 } })
  })

  test.each(LIMIT_WORDINGS)('refuses too much in the words of %s', async (wording) => {
    const simulator = await openSimulator({ chain: SMALL, limits: { maxRange: 20, maxLogs: 30, wording } })
    const logs = (fromBlock: number, toBlock: number) =>
      ask<NodeLog[]>(simulator.url, 'eth_getLogs', { fromBlock: inHex(fromBlock), toBlock: inHex(toBlock) })
    await expect(logs(1, 21)).rejects.toThrow(/range|block/i)
    const refusal = await logs(1, 20).catch((error: Error) => error.message)
    expect(refusal).toMatch(/log|result|large/i)
    const [, from, to] =
      /\[(0x\w+), (0x\w+)\]/.exec(String(refusal)) ?? /range (\d+)-(\d+)/.exec(String(refusal)) ?? []
    if (from !== undefined) expect((await logs(Number(from), Number(to))).length).toBeLessThanOrEqual(30)
    // What cannot be split is answered.
    expect((await logs(3, 3)).length).toBeGreaterThan(0)
  })

  test('tells new heads to those who asked', async () => {
    const { webSocketUrl, chain } = await openSimulator({ chain: SMALL })
    const socket = new WebSocket(webSocketUrl)
    const messages: {
      id?: number
      result?: unknown
      params?: { subscription: string; result: NodeHeader }
    }[] = []
    const message = async () => {
      const [data] = await once(socket, 'message')
      messages.push(JSON.parse(String(data)))
      return messages.at(-1)
    }
    await once(socket, 'open')
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }))
    const subscription = (await message())?.result
    chain.advance(1)
    const told = await message()
    expect(told?.params?.subscription).toBe(subscription)
    expect(told?.params?.result).toMatchObject({ number: inHex(51), hash: chain.store.facts(51).hash })
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'eth_unsubscribe', params: [subscription] }))
    expect((await message())?.result).toBe(true)
    chain.reorg(2)
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 3, method: 'eth_blockNumber', params: [] }))
    expect(await message()).toMatchObject({ id: 3, result: inHex(51) })
    socket.terminate()
  })
})
