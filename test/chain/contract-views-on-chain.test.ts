import { type Hex, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectViews } from '../../src/chain/contract-views'
import type { Address, Hash } from '../../src/core/address'
import type { Question } from '../../src/core/reconciliation'
import { compileSolidity } from '../support/compile-solidity'
import { ALICE } from '../support/small-economy'
import { startTestChain, type TestChain } from './test-chain'

const ask = (figure: Question['figure'], account: Address | null = null): Question => ({
  figure,
  account,
  derived: 0n,
})
/** Nothing is secret here. */
const asIs = (text: string): string => text

const ALL: readonly Question[] = [
  ...(['totalSupply', 'balanceSum', 'treasury.balance', 'staked', 'stakeSum'] as const).map((figure) =>
    ask(figure),
  ),
  ask('account.balance', ALICE),
  ask('account.staked', ALICE),
]

describe('a real node', () => {
  let chain: TestChain
  beforeAll(async () => {
    chain = await startTestChain()
  })
  afterAll(() => chain.stop())

  const blockAt = async (number: Hex | 'latest'): Promise<{ number: number; hash: Hash }> => {
    const block = await chain.rpc<{ number: Hex; hash: Hash }>('eth_getBlockByNumber', [number, false])
    return { number: Number(block.number), hash: block.hash }
  }

  test('answers at the hash: an older block has older figures', async () => {
    const views = connectViews(chain.rpcUrl, chain.economy, asIs)
    const supply = [ask('totalSupply')]
    const newest = await blockAt('latest')
    const [now] = await views.answers(newest, supply)
    const [before] = await views.answers(
      await blockAt(toHex(chain.economy.contracts.token.startBlock)),
      supply,
    )
    expect(before).toEqual({ value: 1_000_000_000n * 10n ** 18n })
    expect(now).toEqual({ value: expect.any(BigInt) })
    expect(now).not.toEqual(before)
  })

  test('has every view of the local economy', async () => {
    const given = await connectViews(chain.rpcUrl, chain.economy, asIs).answers(await blockAt('latest'), ALL)
    expect(given).toEqual(ALL.map(() => ({ value: expect.any(BigInt) })))
  })

  test('has a StakingRewards contract: its supply and balances are the stakes', async () => {
    const source = `
      // SPDX-License-Identifier: GPL-3.0-or-later
      pragma solidity ^0.8.24;
      contract Rewards {
        function totalSupply() external pure returns (uint256) { return 12; }
        function balanceOf(address account) external view returns (uint256) { return account == msg.sender ? 1 : 5; }
      }`
    const address: Address = '0x00000000000000000000000000000000005747e5'
    await chain.rpc('anvil_setCode', [address, compileSolidity('Rewards', source)])
    await chain.rpc('evm_mine', [])
    const { contracts } = chain.economy
    const economy = {
      ...chain.economy,
      contracts: { ...contracts, staking: { ...contracts.staking, address } },
    }
    const questions = [ask('staked'), ask('account.staked', ALICE)]
    const given = await connectViews(chain.rpcUrl, economy, asIs).answers(await blockAt('latest'), questions)
    expect(given).toEqual([{ value: 12n }, { value: 5n }])
  })

  test('has lost a block in a reorganisation: every figure is a gap', async () => {
    const gone = await blockAt('latest')
    await chain.rpc('anvil_reorg', [1, []])
    const given = await connectViews(chain.rpcUrl, chain.economy, asIs).answers(gone, ALL)
    expect(given).toEqual(ALL.map(() => ({ gap: 'the block was reorganised away' })))
  })
})
