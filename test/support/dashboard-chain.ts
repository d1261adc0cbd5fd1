import { type Address, encodeFunctionData, formatUnits, type Hex, parseAbi } from 'viem'
import { expect } from 'vitest'
import { apiFigures, ask } from './api-figures'
import type { Visit } from './dashboard-page'
import type { Figures } from './ground-truth'
import { indexedChain } from './indexed-chain'

/** Enough for a window of 30 days to begin within the history, and one of a year before it. */
const DAYS = 32
const SEED = 11
/** Of any call. */
const GAS: Hex = '0x927c0'

/** A local chain on which something happens only when it is told to, with the program's indexer and API. */
export interface DashboardChain {
  readonly apiUrl: string
  /** Accounts of the node that hold tokens. */
  readonly holders: readonly Address[]
  head(): Promise<number>
  /** Compares the cards with the API and with the contracts, at the block that they name. @returns that block */
  equalsChain(visit: Visit): Promise<number>
  /** The same for the page of an account, once it is there. */
  accountEqualsChain(visit: Visit): Promise<void>
  /**
   * Burns tokens of a holder in a block of their own.
   * @returns when mining began, by `performance.now()`
   */
  burn(holder: number, value: bigint): Promise<number>
  /** Mines so many blocks with events in them. @returns the newest, once it is indexed */
  goesOn(blocks: number): Promise<number>
  /** Replaces so many blocks, and mines one more. @returns the newest, once it is indexed */
  reorganises(depth: number): Promise<number>
  stopApi(): Promise<void>
  startApi(): Promise<void>
  close(): Promise<void>
}

export const asTokens = (baseUnits: bigint | string) => formatUnits(BigInt(baseUnits), 18)
const asStable = (baseUnits: string) => formatUnits(BigInt(baseUnits), 6)

export async function dashboardChain(): Promise<DashboardChain> {
  const chain = await indexedChain(DAYS, SEED)
  const { truth, stirring, apiUrl } = chain
  chain.keepIndexing()
  let api = chain.run('api')
  await api.printed(/serving on/)
  await chain.reachesHead()
  const rpc = <Result>(method: string, params: readonly unknown[] = []): Promise<Result> =>
    truth.client.request({ method, params } as never) as Promise<Result>
  const { economy } = await ask<{ economy: { token: { address: Address } } }>(
    apiUrl,
    '{ economy { token { address } } }',
  )
  // The stakers of the scripted economy.
  const holders = (await rpc<Address[]>('eth_accounts')).slice(140, 200)

  return {
    apiUrl,
    holders,
    head: async () => (await stirring.head()).number,
    async equalsChain(visit) {
      const figures = await visit.figures()
      const [{ block, hash } = { block: -1, hash: null }] = Object.values(figures)
      for (const figure of Object.values(figures)) expect(figure).toMatchObject({ block, hash })
      expect((await truth.client.getBlock({ blockNumber: BigInt(block) })).hash).toBe(hash)
      const shown = Object.fromEntries(Object.entries(figures).map(([name, { value }]) => [name, value]))
      expect(shown).toEqual(cardsOf(await truth.figuresAt(block, [])))
      expect(shown).toEqual(cardsOf(await apiFigures(apiUrl, block, [])))
      return block
    },
    async accountEqualsChain(visit) {
      const account = /0x[\da-f]{40}/i.exec(visit.page.url())?.[0] as Address
      await visit.page
        .locator('h1')
        .filter({ hasText: new RegExp(account, 'i') })
        .waitFor()
      await visit.page.locator('[data-figure="account.balance"] .value data').waitFor()
      const figures = await visit.figures()
      const { accounts } = await truth.figuresAt(figures['account.balance']?.block ?? 0, [account])
      const { balance = '', staked = '', rewardsPaid = '' } = accounts[account.toLowerCase()] ?? {}
      expect(figures).toMatchObject({
        'account.balance': { value: asTokens(balance) },
        'account.staked': { value: asTokens(staked) },
        'account.rewardsPaid': { value: asStable(rewardsPaid) },
      })
    },
    async burn(holder, value) {
      const data = encodeFunctionData({ abi: parseAbi(['function burn(uint256)']), args: [value] })
      const call = { from: holders[holder], to: economy.token.address, data, gas: GAS }
      const hash = await rpc<Hex>('eth_sendTransaction', [call])
      const began = performance.now()
      await rpc('evm_mine')
      const { status } = await truth.client.getTransactionReceipt({ hash })
      expect(status).toBe('success')
      return began
    },
    async goesOn(blocks) {
      await stirring.mineEventful(blocks)
      return chain.reachesHead()
    },
    async reorganises(depth) {
      await stirring.reorganise(depth)
      await stirring.mineEventful(1)
      return chain.reachesHead()
    },
    stopApi: async () => void (await api.stop()),
    async startApi() {
      api = chain.run('api')
      await api.printed(/serving on/)
    },
    close: chain.close,
  }
}

/** What the four cards have to show. */
function cardsOf({ supply, treasury, staking }: Figures): Record<string, string> {
  return {
    'supply.circulatingSupply': asTokens(supply.circulatingSupply),
    'supply.cumulativeBurn': asTokens(supply.cumulativeBurn),
    'treasury.balance': asStable(treasury.balance),
    'staking.rewardsPaid': asStable(staking.rewardsPaid),
  }
}
