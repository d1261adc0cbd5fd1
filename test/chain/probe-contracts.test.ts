import { encodeAbiParameters, parseAbiParameters, toFunctionSelector } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChainNode } from '../../src/chain/node'
import { connectNode } from '../../src/chain/node-client'
import { deploymentBlock, probeContracts, probeNode } from '../../src/chain/probe'
import type { EconomyFile } from '../../src/config/economy-file'
import type { Address } from '../../src/core/address'
import { addressOf } from '../support/history'
import { startStubNode } from './stub-node'
import { startTestChain, type TestChain } from './test-chain'

let chain: TestChain
let node: ChainNode
let economy: EconomyFile

beforeAll(async () => {
  chain = await startTestChain()
  node = connectNode(chain.rpcUrl, chain.rpcUrl)
  economy = chain.economy
})

afterAll(() => chain.stop())

type ContractName = 'token' | 'staking' | 'stable'

/** The right economy file with one contract described otherwise. */
function described(name: ContractName, change: object, treasury = economy.policy.treasury): EconomyFile {
  const contracts = { ...economy.contracts, [name]: { ...economy.contracts[name], ...change } }
  return { ...economy, contracts, policy: { ...economy.policy, treasury } }
}

const warnings: string[] = []
const probe = (file: EconomyFile) => probeContracts(node, file, (message) => warnings.push(message))

test('a right description passes without a word', async () => {
  const genesis = await node.blockHash(0)
  expect(await probeNode(node, economy)).toEqual({ genesisHash: genesis?.hash, genesisBlock: 0 })
  await probe(economy)
  expect(warnings).toEqual([])
})

describe('the contracts', () => {
  test.each(['token', 'staking'] as const)(
    'a %s that is indexed too late: its block is named',
    async (name) => {
      const deployedAt = economy.contracts[name].startBlock
      const { address } = economy.contracts[name]
      expect([await node.hasCode(address, deployedAt - 1), await node.hasCode(address, deployedAt)]).toEqual([
        false,
        true,
      ])
      for (const late of [1, 5]) {
        const startBlock = deployedAt + late
        await expect(probe(described(name, { startBlock }))).rejects.toMatchObject({
          code: 'E3005',
          facts: { contract: name, startBlock, deployedAt },
        })
        await expect(probe(described(name, { startBlock, partialHistory: true }))).resolves.toBeUndefined()
      }
    },
  )

  test('a start block beyond the head is too late as well', async () => {
    const startBlock = (await node.head()) + 1_000
    const deployedAt = economy.contracts.token.startBlock
    await expect(probe(described('token', { startBlock }))).rejects.toMatchObject({
      code: 'E3005',
      facts: { contract: 'token', startBlock, deployedAt },
    })
  })

  test('starting before the deployment is allowed: nothing is missed', async () => {
    for (const name of ['token', 'staking', 'stable'] as const)
      await probe(described(name, { startBlock: 0 }))
  })

  test('a deployment that is searched for is found, wherever the search begins', async () => {
    const head = await node.head()
    for (const name of ['token', 'staking', 'stable'] as const) {
      const { address, startBlock } = economy.contracts[name]
      for (const known of [startBlock, startBlock + 1, head]) {
        expect(await deploymentBlock(node, address, known)).toBe(startBlock)
      }
    }
  })

  test.each(['token', 'staking', 'stable'] as const)('no %s at the address', async (name) => {
    const address = addressOf(0xabcdef)
    for (const partialHistory of [false, true]) {
      await expect(probe(described(name, { address, partialHistory }))).rejects.toMatchObject({
        code: 'E3004',
        facts: { contract: name, address },
      })
    }
  })

  test.each([
    ['token', 6, 18],
    ['stable', 18, 6],
  ] as const)('a %s of other decimals', async (name, configured, onChain) => {
    await expect(probe(described(name, { decimals: configured }))).rejects.toMatchObject({
      code: 'E3007',
      facts: { contract: name, configured, onChain },
    })
  })

  test('a contract without decimals() is taken on trust, and that is said', async () => {
    // The treasury contract has code, but is no token.
    const [treasury = addressOf(0)] = economy.policy.treasury
    warnings.length = 0
    const { contracts, ...rest } = described('stable', { address: treasury, startBlock: 0 })
    await probe({ ...rest, contracts: { ...contracts, pair: undefined } })
    expect(warnings).toEqual([expect.stringContaining('contracts.stable: decimals() does not answer')])
  })
})

describe('the pair', () => {
  const withPair = (address: Address): EconomyFile => {
    const contracts = { ...economy.contracts, pair: { address, startBlock: 1 } }
    return { ...economy, contracts }
  }
  const pairAddress = (): Address => economy.contracts.pair?.address ?? addressOf(0)

  /** Asks a view that returns one address. */
  const askAddress = async (to: Address, data: string): Promise<Address> =>
    `0x${(await chain.rpc<string>('eth_call', [{ to, data }, 'latest'])).slice(-40)}`

  test('that trades something else is refused, with what it trades', async () => {
    const { token, stable } = economy.contracts
    const factory = await askAddress(pairAddress(), toFunctionSelector('factory()'))
    const other = addressOf(0x0fee)
    const tokens = encodeAbiParameters(parseAbiParameters('address, address'), [token.address, other])
    const data = `${toFunctionSelector('createPair(address,address)')}${tokens.slice(2)}`
    const [from] = await chain.rpc<Address[]>('eth_accounts')
    await chain.rpc('eth_sendTransaction', [{ from, to: factory, data, gas: '0x5b8d80' }])
    await chain.rpc('evm_mine', [])
    const getPair = `${toFunctionSelector('getPair(address,address)')}${tokens.slice(2)}`
    const pair = await askAddress(factory, getPair)
    const [token0, token1] = [token.address, other].sort()
    await expect(probe(withPair(pair))).rejects.toMatchObject({
      code: 'E3012',
      facts: { pair, token0, token1 },
    })
    expect(await node.pairTokens(pairAddress(), await node.head())).toEqual(
      [token.address, stable.address].sort(),
    )
  })

  test('that is no pair is taken on trust, and that is said; one without code is refused', async () => {
    warnings.length = 0
    await probe(withPair(economy.contracts.staking.address))
    expect(warnings).toEqual([expect.stringContaining('contracts.pair')])
    await expect(probe(withPair(addressOf(0xabcdef)))).rejects.toMatchObject({
      code: 'E3004',
      facts: { contract: 'pair' },
    })
  })
})

test('a pair on a node that cannot say whether there is code is taken on trust, and that is said', async () => {
  const stub = await startStubNode({
    eth_chainId: () => '0x7a69',
    eth_blockNumber: () => '0x1',
  })
  try {
    warnings.length = 0
    const silent = connectNode(stub.url, stub.url)
    const partial = (name: ContractName) => ({ ...economy.contracts[name], partialHistory: true })
    const contracts = { token: partial('token'), staking: partial('staking'), stable: partial('stable') }
    const file = { ...economy, contracts: { ...economy.contracts, ...contracts } } as EconomyFile
    await probeContracts(silent, file, (message) => warnings.push(message))
    expect(warnings).toContainEqual(expect.stringMatching(/^contracts\.pair: .* is taken on trust/))
  } finally {
    await stub.close()
  }
})

describe('the treasury', () => {
  test('must hold nothing before the first indexed block', async () => {
    const [wallet = addressOf(0)] = economy.policy.treasury
    const startBlock = (await node.head()) + 1
    const balance = await node.balanceOf(economy.contracts.stable.address, wallet, startBlock - 1)
    expect(balance).toBeGreaterThan(0n)
    await expect(probe(described('stable', { startBlock }))).rejects.toMatchObject({
      code: 'E3008',
      facts: { wallet, block: startBlock - 1, balance },
    })
    await probe(described('stable', { startBlock, partialHistory: true }))
  })

  test('of several wallets, the one that held something is named', async () => {
    const [wallet = addressOf(0)] = economy.policy.treasury
    const startBlock = await node.head()
    const treasury = new Set<Address>([addressOf(0x1234), wallet])
    await expect(probe(described('stable', { startBlock }, treasury))).rejects.toMatchObject({
      facts: { wallet },
    })
    await probe(described('stable', { startBlock }, new Set([addressOf(0x1234)])))
  })
})

test('a node of another chain is refused', async () => {
  const other: EconomyFile = { ...economy, chain: { ...economy.chain, id: 8453 } }
  await expect(probeNode(node, other)).rejects.toMatchObject({
    code: 'E3003',
    facts: { url: chain.rpcUrl, expected: 8453, found: 31_337 },
  })
})
