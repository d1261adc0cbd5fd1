import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LoopbackServer, passOn, serveOnLoopback } from '../support/loopback-server'
import { startLyingNode } from '../support/lying-node'
import { type ReconciledChain, reconciledChain } from '../support/reconciled-chain'
import { exporting, manifestsOf, reperforming, temporaryDirectory } from './exports'

describe('a re-performance with nodes that are not as they should be', () => {
  const exports = temporaryDirectory()
  const servers: LoopbackServer[] = []
  let chain: ReconciledChain
  let rpc: string

  beforeAll(async () => {
    chain = await reconciledChain(3)
    rpc = chain.variables.RPC_URL ?? ''
    const indexer = chain.run('indexer')
    await chain.reachesHead()
    await indexer.stop()
    await exporting(chain.variables, exports.path, 'transfers --format csv')
  }, 120_000)
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()))
    await chain.close()
    exports.remove()
  })

  /** The node, with another text in what it is asked or answers. */
  async function altered(ask: (body: string) => string, answer = (body: string) => body): Promise<string> {
    const server = await serveOnLoopback(async (body) => answer(await passOn(rpc, ask(body))))
    servers.push(server)
    // As providers have it: whoever knows the path may ask.
    return `${server.url}/v1/0123456789abcdef`
  }

  test('a node that leaves out logs is caught by the receipts, and only by these', async () => {
    let lies = 0
    const liar = await startLyingNode(rpc, (logs) => {
      if (logs.length < 3) return logs
      lies += 1
      return logs.slice(0, -1)
    })
    servers.push(liar)
    const { code, output } = await reperforming(exports.path, liar.url)
    expect(lies).toBeGreaterThan(0)
    expect(output).not.toMatch(/different/)
    expect(code).toBe(0)
    const trusting = await reperforming(exports.path, liar.url, '--verification', 'none')
    expect(trusting.code).not.toBe(0)
  })

  test('a node of a chain with another id is refused', async () => {
    const url = await altered(
      (body) => body,
      (body) => body.replaceAll('"0x7a69"', '"0x7a6a"'),
    )
    const { code, output } = await reperforming(exports.path, url)
    expect(output).toMatch(/E3003: .* is on chain 31338/)
    expect(output).not.toContain('0123456789abcdef')
    expect(code).toBe(78)
  })

  test('a node whose final blocks end earlier is waited for, in vain', async () => {
    const { code, output } = await reperforming(
      exports.path,
      await altered((body) => body.replaceAll('"latest"', '"0x50"')),
    )
    expect(output).toMatch(/E7040: The exports end at block \d+, but what is final at .* ends at block 16/)
    expect(output).not.toContain('0123456789abcdef')
    expect(code).toBe(75)
  })

  test('a node that has other blocks under the same id is of another chain', async () => {
    const [last] = manifestsOf(exports.path)
    const url = await altered(
      (body) => body,
      (body) => body.replaceAll(last?.toBlockHash ?? '', `0x${'5'.repeat(64)}`),
    )
    const { code, output } = await reperforming(exports.path, url)
    expect(output).toMatch(/E7041: The exports end at block \d+ with hash 0x[0-9a-f]+, but .* has 0x5555/)
    expect(code).toBe(78)
  })

  test('a node without old states answers nothing of them, which is neither right nor wrong', async () => {
    const url = await altered((body) => body.replaceAll('"eth_call"', '"eth_callNothing"'))
    const { code, output } = await reperforming(exports.path, url)
    expect(output).toMatch(/0 of 3 figures are what the contracts say themselves\. 3 were not answered/)
    expect(code).toBe(0)
  })

  test('what is no directory of exports is refused, and so are words that are not understood', async () => {
    const nothing = await reperforming(path.join(exports.path, '_manifests'), rpc)
    expect(nothing.output).toMatch(/^E7021: /)
    const wrong = await reperforming(exports.path, 'no-url')
    expect(wrong.output).toMatch(/--rpc\[0\]: is not a URL/)
    const mode = await reperforming(exports.path, rpc, '--verification', 'much')
    expect(mode.output).toMatch(/--verification: "much" is not a way to verify/)
    const twice = await reperforming(exports.path, rpc, '--rpc', 'http://key:0123456789@example.org')
    expect(twice.output).toMatch(/^E6209: /)
    expect([nothing.code, wrong.code, mode.code, twice.code]).toEqual([78, 78, 78, 78])
  })
})
