import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../../bench/ingest/harness/free-port'
import type { ChainNode } from '../../src/chain/node'
import { connectNode } from '../../src/chain/node-client'
import { deploymentBlock, probeContracts, probeNode } from '../../src/chain/probe'
import type { EconomyFile } from '../../src/config/economy-file'
import { addressOf, hashOf } from '../support/history'
import type { LoopbackServer } from '../support/loopback-server'
import { ECONOMY } from '../support/small-economy'
import { type Methods, RpcRefusal, startStubNode } from './stub-node'

let stub: LoopbackServer | undefined

afterEach(async () => {
  await stub?.close()
  stub = undefined
})

const CHAIN_ID = `0x${ECONOMY.chain.id.toString(16)}`
const block = (number: number) => ({ number: `0x${number.toString(16)}`, hash: hashOf(number) })
const word = (amount: number) => `0x${amount.toString(16).padStart(64, '0')}`

async function nodeWith(methods: Methods): Promise<ChainNode> {
  stub = await startStubNode({ eth_chainId: () => CHAIN_ID, eth_blockNumber: () => '0xc8', ...methods })
  return connectNode(stub.url, 'http://shown')
}

const tagged: EconomyFile = {
  ...ECONOMY,
  chain: { ...ECONOMY.chain, finality: { kind: 'tag', tag: 'finalized' } },
}

describe('a node that cannot serve', () => {
  test('does not answer: its URL is shown without its secrets', async () => {
    const node = connectNode(`http://127.0.0.1:${await freePort()}/v2/key`, 'http://shown')
    const error = await probeNode(node, ECONOMY).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'E3002', facts: { url: 'http://shown' } })
    expect(String(error)).not.toContain('key')
  })

  test('refuses to answer', async () => {
    const node = await nodeWith({
      eth_chainId: () => {
        throw new RpcRefusal(-32_000, 'out of credits')
      },
    })
    await expect(probeNode(node, ECONOMY)).rejects.toMatchObject({
      code: 'E3002',
      facts: { url: 'http://shown', reason: 'out of credits' },
    })
  })

  test('knows no finalized block, whether it says so or answers null', async () => {
    const latest = (tag: unknown) => {
      if (tag === 'finalized') throw new RpcRefusal(-32_602, 'unknown block tag')
      return block(0)
    }
    const refusing = await nodeWith({ eth_getBlockByNumber: latest })
    await expect(probeNode(refusing, tagged)).rejects.toMatchObject({
      code: 'E3009',
      facts: { url: 'http://shown', tag: 'finalized' },
    })
    // By depth, nobody asks for the tag.
    await expect(probeNode(refusing, ECONOMY)).resolves.toEqual({ genesisHash: hashOf(0), genesisBlock: 0 })
    await stub?.close()
    const mute = await nodeWith({ eth_getBlockByNumber: (tag) => (tag === 'finalized' ? null : block(0)) })
    await expect(probeNode(mute, tagged)).rejects.toMatchObject({ code: 'E3009' })
  })
})

describe('a node that keeps no old state', () => {
  const partial = (...names: ('token' | 'staking' | 'stable')[]): EconomyFile => {
    const contracts = { ...ECONOMY.contracts }
    for (const name of names)
      Object.assign(contracts, { [name]: { ...contracts[name], partialHistory: true } })
    return { ...ECONOMY, contracts }
  }

  test('without eth_getCode, the deployment is unknown, which the operator may accept', async () => {
    const node = await nodeWith({})
    const warnings: string[] = []
    const warn = (message: string) => warnings.push(message)
    await expect(probeContracts(node, ECONOMY, warn)).rejects.toMatchObject({
      code: 'E3006',
      facts: { contract: 'token', block: 99 },
    })
    await expect(probeContracts(node, partial('token'), warn)).rejects.toMatchObject({
      code: 'E3006',
      facts: { contract: 'staking' },
    })
    warnings.length = 0
    await probeContracts(node, partial('token', 'staking', 'stable'), warn)
    const about = (name: string) => warnings.filter((message) => message.startsWith(`contracts.${name}:`))
    // Neither code nor decimals can be asked for; staking has no decimals.
    expect([about('token').length, about('staking').length, about('stable').length]).toEqual([2, 1, 2])
  })

  test('with the code of the head only', async () => {
    const missing = 'missing trie node'
    const getCode = (_: unknown, at: unknown) => {
      if (at !== '0xc8') throw new RpcRefusal(-32_000, missing)
      return '0x60'
    }
    const call = (request: unknown) => {
      const { to } = request as { to: string }
      return word(to === ECONOMY.contracts.token.address ? 18 : 6)
    }
    const node = await nodeWith({ eth_getCode: getCode, eth_call: call })
    const ignore = () => undefined
    await expect(probeContracts(node, ECONOMY, ignore)).rejects.toMatchObject({
      code: 'E3006',
      facts: { contract: 'token', block: 99, reason: missing },
    })
    await expect(probeContracts(node, partial('token', 'staking'), ignore)).rejects.toMatchObject({
      code: 'E3006',
      facts: { contract: 'stable', block: 99, reason: missing },
    })
    await probeContracts(node, partial('token', 'staking', 'stable'), ignore)
  })
})

test('a search for a deployment finds it in as many steps as the number has digits in binary', async () => {
  const range = fc
    .tuple(fc.nat(50_000_000), fc.nat(50_000_000))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)])
  await fc.assert(
    fc.asyncProperty(range, async ([deployedAt = 0, known = 0]) => {
      let asked = 0
      const hasCode = async (_: string, at: number): Promise<boolean> => {
        asked += 1
        return at >= deployedAt
      }
      const node = { hasCode } as unknown as ChainNode
      expect(await deploymentBlock(node, addressOf(1), known)).toBe(deployedAt)
      expect(asked).toBeLessThanOrEqual(Math.ceil(Math.log2(known + 2)))
    }),
  )
})
