import { decodeFunctionData, type Hex, pad, parseAbi, toHex } from 'viem'
import { afterEach, describe, expect, test } from 'vitest'
import { connectViews } from '../../src/chain/contract-views'
import type { EconomyFile, StakingContract } from '../../src/config/economy-file'
import type { Address, Hash } from '../../src/core/address'
import type { Answer, Question } from '../../src/core/reconciliation'
import type { LoopbackServer } from '../support/loopback-server'
import { ALICE, BOB, ECONOMY, hashOf, TREASURY } from '../support/small-economy'
import { type Methods, RpcRefusal, startStubNode } from './stub-node'

const BLOCK = { number: 112, hash: hashOf(112) }
const { token, staking, stable } = ECONOMY.contracts

const ask = (figure: Question['figure'], account: Address | null = null): Question => ({
  figure,
  account,
  derived: 0n,
})
const ALL: readonly Question[] = [
  ask('totalSupply'),
  ask('balanceSum'),
  ask('treasury.balance'),
  ask('staked'),
  ask('stakeSum'),
  ask('account.balance', ALICE),
  ask('account.staked', ALICE),
]

const VIEWS = parseAbi([
  'function totalSupply() view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
  'function totalStaked() view returns (uint256)',
  'function stakeOf(address) view returns (uint256)',
  'function bonded() view returns (uint256)',
  'function bondOf(address) view returns (uint256)',
])

/** What contracts say: by address, a view or a view of an account, and a number or raw bytes. */
type Said = Readonly<Record<string, Readonly<Record<string, bigint | Hex>>>>

const ERC20: Said = {
  [token.address]: { totalSupply: 1_000n, [`balanceOf ${ALICE}`]: 600n },
  [stable.address]: { [`balanceOf ${TREASURY}`]: 77n, [`balanceOf ${BOB}`]: 11n },
}
const OURS: Said = { ...ERC20, [staking.address]: { totalStaked: 50n, [`stakeOf ${ALICE}`]: 30n } }
const SYNTHETIX: Said = { ...ERC20, [staking.address]: { totalSupply: 60n, [`balanceOf ${ALICE}`]: 20n } }
const EXPECTED = [1_000n, 1_000n, 77n, 50n, 50n, 600n, 30n].map((value) => ({ value }))

/** A view of these contracts; an account that nothing is said of has 0, a view that nothing is said of reverts. */
function say(said: Said, { to, data }: { to: string; data: Hex }): Hex {
  const { functionName, args } = decodeFunctionData({ abi: VIEWS, data })
  const contract = said[to] ?? {}
  const key = [functionName, ...(args ?? [])]
    .join(' ')
    .toLowerCase()
    .replace(functionName.toLowerCase(), functionName)
  const value =
    contract[key] ??
    (Object.keys(contract).some((name) => name.startsWith(`${functionName} `)) ? 0n : undefined)
  if (value === undefined) throw new RpcRefusal(3, 'execution reverted')
  return typeof value === 'string' ? value : pad(toHex(value))
}

/** Nothing is secret here. */
const asIs = (text: string): string => text

let node: LoopbackServer | undefined
afterEach(() => node?.close())

interface Behaviour {
  /** What the node makes of `{ blockHash }`: looks, refuses the form, or takes it for the newest block. */
  readonly hashes?: 'known' | 'refused' | 'ignored'
  /** Hashes that it gives for the block, one question after the other; the last one is repeated. */
  readonly found?: readonly (Hash | null)[]
  readonly methods?: Methods
}

/** Asks a node of that behaviour about contracts that say so. */
async function answers(
  said: Said,
  behaviour: Behaviour = {},
  economy: EconomyFile = ECONOMY,
  questions: readonly Question[] = ALL,
): Promise<{ answers: readonly Answer[]; asked: unknown[] }> {
  const { hashes = 'known', found = [BLOCK.hash], methods = {} } = behaviour
  const asked: unknown[] = []
  let looks = 0
  node = await startStubNode({
    eth_call: (transaction, at) => {
      asked.push(at)
      if (typeof at === 'object' && at !== null && 'blockHash' in at) {
        if (hashes === 'refused') throw new RpcRefusal(-32602, 'invalid argument 1: not a string')
        if (hashes === 'known' && at.blockHash !== BLOCK.hash)
          throw new RpcRefusal(-32000, 'header not found')
      }
      return say(said, transaction as { to: string; data: Hex })
    },
    eth_getBlockByNumber: (number) => {
      expect(number).toBe(toHex(BLOCK.number))
      const hash = found[Math.min(looks, found.length - 1)] ?? null
      looks += 1
      return hash === null ? null : { number, hash }
    },
    ...methods,
  })
  const given = await connectViews(node.url, economy, asIs).answers(BLOCK, questions)
  return { answers: given, asked }
}

/** The small economy with its staking contract described otherwise. */
function withStaking(change: Partial<StakingContract>): EconomyFile {
  return { ...ECONOMY, contracts: { ...ECONOMY.contracts, staking: { ...staking, ...change } } }
}
const staked = async (said: Said, economy: EconomyFile): Promise<readonly Answer[]> =>
  (await answers(said, {}, economy, [ask('staked'), ask('account.staked', ALICE)])).answers

describe('a node that knows EIP-1898', () => {
  test('is asked for everything at the hash, each view once', async () => {
    const { answers: given, asked } = await answers(OURS)
    expect(given).toEqual(EXPECTED)
    const inQuestion = asked.filter((at) => (at as { blockHash: Hash }).blockHash === BLOCK.hash)
    // Twice the supply, since the first question finds out what the node knows; and a stake of the contract's own.
    expect(inQuestion).toHaveLength(7)
    expect(asked).toHaveLength(8)
  })

  test('and several treasury wallets: what they hold together', async () => {
    const policy = { ...ECONOMY.policy, treasury: new Set([TREASURY, BOB]) }
    const { answers: given } = await answers(OURS, {}, { ...ECONOMY, policy }, [ask('treasury.balance')])
    expect(given).toEqual([{ value: 88n }])
  })
})

describe('a node that does not look at hashes', () => {
  test.each(['refused', 'ignored'] as const)(
    '(%s) is asked by number, and for the hash before and after',
    async (hashes) => {
      const { answers: given, asked } = await answers(OURS, { hashes })
      expect(given).toEqual(EXPECTED)
      expect(asked.filter((at) => at === toHex(BLOCK.number))).toHaveLength(6)
    },
  )

  test.each([
    ['before', [hashOf(999)], 'the block was reorganised away'],
    ['while it is asked', [BLOCK.hash, hashOf(999)], 'the block was reorganised away'],
    ['and has none there', [null], 'the node does not have the block'],
  ])('and had another block there %s: every figure is a gap', async (_, found, reason) => {
    const { answers: given } = await answers(OURS, { hashes: 'refused', found })
    expect(given).toEqual(ALL.map(() => ({ gap: reason })))
  })

  test('nor can say what block it has: every figure is a gap with its reason', async () => {
    const methods: Methods = {
      eth_getBlockByNumber: () => {
        throw new RpcRefusal(-32000, 'out of order')
      },
    }
    const { answers: given } = await answers(OURS, { hashes: 'refused', methods })
    expect(given).toEqual(ALL.map(() => ({ gap: 'out of order' })))
  })
})

describe('what is not answered is a gap', () => {
  test('a node without the state of that block', async () => {
    const methods: Methods = {
      eth_call: () => {
        throw new RpcRefusal(-32000, 'missing trie node 3f1a (path )')
      },
    }
    const { answers: given } = await answers(OURS, { methods })
    expect(given).toEqual(ALL.map(() => ({ gap: 'missing trie node 3f1a (path )' })))
  })

  test('a view that reverts, one that answers nothing, and one that answers more than a number', async () => {
    const said = {
      ...OURS,
      [token.address]: { totalSupply: '0x' as Hex, [`balanceOf ${ALICE}`]: `0x${'00'.repeat(64)}` as Hex },
      [stable.address]: {},
    }
    const { answers: given } = await answers(said)
    expect(given).toEqual([
      { gap: 'totalSupply() answers nothing' },
      { gap: 'totalSupply() answers nothing' },
      { gap: 'execution reverted' },
      { value: 50n },
      { value: 50n },
      { gap: 'balanceOf() does not answer one number' },
      { value: 30n },
    ])
  })

  test('a page in place of a reason is cut', async () => {
    const methods: Methods = {
      eth_call: () => {
        throw new RpcRefusal(-32000, 'x'.repeat(10_000))
      },
    }
    const { answers: given } = await answers(OURS, { methods })
    expect(given[0]).toEqual({ gap: `${'x'.repeat(200)}…` })
  })

  test('nobody answers at all', async () => {
    const { url, close } = await startStubNode({})
    await close()
    const given = await connectViews(url, ECONOMY, asIs).answers(BLOCK, ALL)
    expect(given).toHaveLength(ALL.length)
    for (const answer of given) expect(answer).toEqual({ gap: expect.stringMatching(/./) })
  })
})

describe('the views of stake', () => {
  test('of this project, and of StakingRewards', async () => {
    expect(await staked(OURS, ECONOMY)).toEqual([{ value: 50n }, { value: 30n }])
    await node?.close()
    expect(await staked(SYNTHETIX, ECONOMY)).toEqual([{ value: 60n }, { value: 20n }])
  })

  test('by the names that economy.yaml gives them, whatever else there is', async () => {
    const said = {
      ...OURS,
      [staking.address]: { ...OURS[staking.address], bonded: 5n, [`bondOf ${ALICE}`]: 4n },
    }
    const economy = withStaking({ views: { totalStaked: 'bonded', stakeOf: 'bondOf' } })
    expect(await staked(said, economy)).toEqual([{ value: 5n }, { value: 4n }])
  })

  test('configured ones that the contract does not have are a gap, not a reason to guess', async () => {
    const economy = withStaking({ views: { totalStaked: 'bonded', stakeOf: 'bondOf' } })
    expect(await staked(OURS, economy)).toEqual([
      { gap: 'execution reverted' },
      { gap: 'execution reverted' },
    ])
  })

  test('a token that stakes itself: its supply and balances are no stakes', async () => {
    const gap = {
      gap: 'the staking contract has no known views of stake: name them in contracts.staking.views',
    }
    expect(await staked(ERC20, withStaking({ address: token.address }))).toEqual([gap, gap])
  })

  test('half a pair is none', async () => {
    const said = { ...ERC20, [staking.address]: { totalStaked: 50n } }
    expect(await staked(said, ECONOMY)).toEqual([
      { gap: expect.stringContaining('no known views') },
      { gap: expect.stringContaining('no known views') },
    ])
  })
})
