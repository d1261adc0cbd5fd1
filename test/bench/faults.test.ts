import { describe, expect, test } from 'vitest'
import { buildChain } from '../../bench/ingest/simulator/chain'
import { FAULT_NAMES, FAULTS, type FaultName } from '../../bench/ingest/simulator/faults'
import type { NodeHeader, NodeLog } from '../../src/chain/rpc/node-types'
import { ask, inHex, post } from './ask'
import { openSimulator } from './open-simulator'

/** None of these tests changes it. */
const CHAIN = buildChain({ blocks: 80, events: 800, accounts: 40, finality: 10 })
const RANGE = { fromBlock: inHex(1), toBlock: inHex(80) }

/** What a client sees of an endpoint: enough for each fault to show. */
async function look(url: string) {
  const see = async (method: string, ...params: readonly unknown[]) =>
    ask<unknown>(url, method, ...params).catch(
      (error: Error & { code?: unknown }) => `${error.name} ${error.code}`,
    )
  const calls = [1, 2, 3].map((id) => ({ jsonrpc: '2.0', id, method: 'eth_blockNumber', params: [] }))
  return {
    chainId: await see('eth_chainId'),
    head: await see('eth_blockNumber'),
    block: await see('eth_getBlockByNumber', inHex(40), false),
    newest: await see('eth_getBlockByNumber', inHex(80), false),
    finalized: await see('eth_getBlockByNumber', 'finalized', false),
    logs: await see('eth_getLogs', RANGE),
    batch: await post(url, calls)
      .then((reply) => reply.json())
      .catch((error: Error) => error.name),
  }
}

describe('a fault', () => {
  const slow: readonly FaultName[] = ['timeout', 'slow-loris', 'huge-response']

  test.each(FAULT_NAMES.filter((name) => !slow.includes(name)))('%s shows, and passes', async (fault) => {
    const simulator = await openSimulator({ chain: CHAIN })
    const right = await look(simulator.url)
    simulator.setFaults([{ fault }])
    expect(await look(simulator.url)).not.toEqual(right)
    expect(simulator.stats().faults[fault]).toBeGreaterThan(0)
    simulator.setFaults([])
    expect(await look(simulator.url)).toEqual(right)
  })

  test.each(slow)('%s keeps a client waiting', async (fault) => {
    const simulator = await openSimulator({ chain: CHAIN, faults: [{ fault, count: 1 }] })
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] })
    const stop = new AbortController()
    let bytes = 0
    const reading = (async () => {
      const reply = await fetch(simulator.url, { method: 'POST', body, signal: stop.signal })
      for await (const piece of reply.body ?? []) {
        bytes += piece.length
        if (fault !== 'huge-response' || bytes > 16 * 2 ** 20) stop.abort()
      }
    })()
    if (fault === 'timeout') {
      // Others are answered meanwhile.
      while (simulator.stats().faults.timeout !== 1) await new Promise(setImmediate)
      expect(await ask(simulator.url, 'eth_chainId')).toBe(inHex(71_071))
      stop.abort()
    }
    await expect(reading).rejects.toThrow(/abort/)
  })

  test('strikes as often as its rule says, where its seed says', async () => {
    const rules = [{ fault: 'rpc-32005' as const, probability: 0.5, after: 2, count: 10 }]
    const outcomes = async (faultSeed: number): Promise<string> => {
      const { url } = await openSimulator({ chain: CHAIN, faults: rules, faultSeed })
      let text = ''
      for (let call = 0; call < 40; call += 1) {
        text += await ask(url, 'eth_chainId').then(
          () => '.',
          () => 'x',
        )
      }
      return text
    }
    const one = await outcomes(1)
    expect(one.slice(0, 2)).toBe('..')
    expect(one.replaceAll('.', '')).toHaveLength(10)
    expect(await outcomes(1)).toBe(one)
    expect(await outcomes(2)).not.toBe(one)
  })

  test('of one endpoint is not that of another', async () => {
    const simulator = await openSimulator({ chain: CHAIN, faults: [{ fault: 'empty-logs' }] })
    const other = await simulator.endpoint({ lag: 7 })
    expect(await ask(simulator.url, 'eth_getLogs', RANGE)).toEqual([])
    expect((await ask<NodeLog[]>(other.url, 'eth_getLogs', RANGE)).length).toBeGreaterThan(500)
    expect(await ask(other.url, 'eth_blockNumber')).toBe(inHex(73))
    expect(await ask(other.url, 'eth_getBlockByNumber', inHex(74), false)).toBeNull()
    expect(await ask<NodeHeader>(simulator.url, 'eth_getBlockByNumber', inHex(74), false)).not.toBeNull()
  })

  test('is not needed to be refused: an endpoint may limit its requests', async () => {
    const { url, stats } = await openSimulator({ chain: CHAIN, perSecond: 5 })
    const asked = Array.from({ length: 30 }, () => ask(url, 'eth_chainId').catch(() => undefined))
    const answered = (await Promise.all(asked)).filter((answer) => answer !== undefined).length
    expect(answered).toBeGreaterThanOrEqual(5)
    expect(stats()).toMatchObject({ requests: 30, refused: 30 - answered, calls: answered })
    expect(stats().refused).toBeGreaterThan(0)
  })

  test('is there of each stage', () => {
    expect(new Set(Object.values(FAULTS)).size).toBe(5)
    expect(FAULT_NAMES.length).toBeGreaterThan(20)
  })
})
