import { afterEach, describe, expect, test } from 'vitest'
import type { Rpc } from '../../../src/chain/rpc/rpc'
import { proofLine } from '../../../src/export/proofs/block-proof'
import { buildProofs } from '../../../src/export/proofs/build-proofs'
import { createProofsEncoder, proofRows } from '../../../src/export/proofs/proofs-encoder'
import { openSimulator } from '../../bench/open-simulator'
import { closeAll, closing, pool } from '../../chain/rpc/open-pool'
import { proofsOf, startProxy, verified } from './proving'
import { simulatedHistory } from './simulated-history'

afterEach(closeAll)

const history = simulatedHistory({ blocks: 60, events: 240 })
const { chain, economy, blocks } = history
const WHOLE = history.range(0, 60)

async function served(change?: (method: string, result: unknown) => unknown): Promise<Rpc> {
  const simulator = await openSimulator({ chain })
  if (change === undefined) return pool([simulator])
  const proxy = await startProxy(simulator.url, change)
  closing.push(proxy)
  return pool([proxy])
}

describe('proofs of a range', () => {
  test('are one for each block with events, and prove all of them', async () => {
    const proofs = await proofsOf(await served(), economy, WHOLE)
    expect(proofs.map(({ blockNumber }) => blockNumber)).toEqual(blocks.map(({ block }) => block.number))
    const { counts, said } = await verified(proofs, economy, WHOLE)
    expect(said).toEqual([])
    expect(counts.blocks).toBe(blocks.length)
    expect(counts.events).toBe(blocks.reduce((count, { events }) => count + events.length, 0))
    expect(counts.receipts).toBeGreaterThan(blocks.length)
  })

  test('may begin and end within the history', async () => {
    const part = history.range(20, 41)
    const proofs = await proofsOf(await served(), economy, part)
    expect((await verified(proofs, economy, part)).said).toEqual([])
    expect(proofs[0]?.blockNumber).toBeGreaterThanOrEqual(20)
    expect(proofs.at(-1)?.blockNumber).toBe(part.toBlock)
  })

  test('hold each node of a trie once, though receipts of a block share their upper ones', async () => {
    const proofs = await proofsOf(await served(), economy, WHOLE)
    for (const { nodes } of proofs) expect(new Set(nodes).size).toBe(nodes.length)
    const paths = proofs.flatMap(({ receipts }) => receipts.flatMap(({ path }) => path))
    expect(paths.length).toBeGreaterThan(proofs.reduce((count, { nodes }) => count + nodes.length, 0))
  })

  test('are the same bytes from a node that gives receipts one by one, and spells in upper case', async () => {
    const expected = (await proofsOf(await served(), economy, WHOLE)).map(proofLine)
    const shout = (value: unknown): unknown => {
      if (typeof value === 'string')
        return value.replace(/^0x[0-9a-f]+$/, (hex) => `0x${hex.slice(2).toUpperCase()}`)
      if (Array.isArray(value)) return value.map(shout)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shout(each)]))
    }
    const other = await served((method, result) =>
      method === 'eth_getBlockReceipts' ? undefined : shout(result),
    )
    expect((await proofsOf(other, economy, WHOLE)).map(proofLine)).toEqual(expected)
  })

  test('come from who tells the truth, where another one does not', async () => {
    const simulator = await openSimulator({ chain })
    const liar = await startProxy(simulator.url, (method, result) =>
      method === 'eth_getBlockReceipts' ? (result as unknown[]).slice(1) : result,
    )
    closing.push(liar)
    const proofs = await proofsOf(await pool([liar, simulator]), economy, WHOLE)
    expect((await verified(proofs, economy, WHOLE)).said).toEqual([])
    expect(liar.count('eth_getBlockReceipts')).toBeGreaterThan(0)
  })

  test('say how far they are', async () => {
    const told: number[] = []
    for await (const _ of buildProofs(await served(), economy, WHOLE, (block) => told.push(block)));
    expect(told.at(-1)).toBe(WHOLE.toBlock)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
  })
})

test('a file of proofs is their lines, however they are bundled', async () => {
  const rpc = await served()
  const encoder = createProofsEncoder()
  const pieces = [encoder.start()]
  for await (const rows of proofRows(buildProofs(rpc, economy, WHOLE))) pieces.push(encoder.add(rows))
  pieces.push(encoder.finish())
  const lines = (await proofsOf(rpc, economy, WHOLE)).map((proof) => `${proofLine(proof)}\n`)
  expect(Buffer.concat(pieces).toString()).toBe(lines.join(''))
  expect(Buffer.from(encoder.add(lines.map((line) => [line.trimEnd()]))).toString()).toBe(lines.join(''))
})

describe('what cannot be proven is refused', () => {
  test('a block that a node says nothing of: the proofs do not add up to the digest', async () => {
    const hidden = blocks[10]?.block.number
    const rpc = await served((method, result) =>
      method === 'eth_getLogs'
        ? (result as { blockNumber: string }[]).filter(({ blockNumber }) => Number(blockNumber) !== hidden)
        : result,
    )
    await expect(proofsOf(rpc, economy, WHOLE)).rejects.toMatchObject({
      code: 'E7051',
      facts: { fromBlock: 0, toBlock: WHOLE.toBlock, expected: WHOLE.digest.after },
    })
  })

  test('a log that a node leaves out of a block is found in its receipts', async () => {
    const rpc = await served((method, result) => {
      const logs = result as { blockNumber: string }[]
      if (method !== 'eth_getLogs') return result
      return logs.filter(({ blockNumber }, index) => blockNumber !== logs[index - 1]?.blockNumber)
    })
    expect((await verified(await proofsOf(rpc, economy, WHOLE), economy, WHOLE)).said).toEqual([])
  })

  test('a chain whose headers hash to something else', async () => {
    const made = simulatedHistory({ blocks: 5, events: 10, sealed: false })
    const rpc = await pool([await openSimulator({ chain: made.chain })])
    await expect(proofsOf(rpc, made.economy, made.range(0, 5))).rejects.toMatchObject({
      code: 'E7050',
      facts: { block: 1, reason: expect.stringMatching(/^the header of block 1 hashes to 0x/) },
    })
  })

  test('receipts that nobody gives, and receipts of another root', async () => {
    const silent = await served((method, result) => (/Receipt/.test(method) ? undefined : result))
    await expect(proofsOf(silent, economy, WHOLE)).rejects.toMatchObject({
      code: 'E7050',
      facts: { reason: expect.stringMatching(/refuses/) },
    })
    const wrong = await served((method, result) =>
      method === 'eth_getBlockReceipts'
        ? (result as object[]).map((receipt) => ({ ...receipt, status: '0x0' }))
        : result,
    )
    await expect(proofsOf(wrong, economy, WHOLE)).rejects.toMatchObject({
      code: 'E7050',
      facts: { reason: expect.stringMatching(/the receipts of block \d+ .* have root/) },
    })
  })
})
