import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ARTIFACTS, type Artifact } from '../../src/devnet/artifacts'
import type { Contract } from '../../src/devnet/contracts'
import { type ForeignChain, startForeignChain } from '../support/foreign-chain'
import { type ForeignEconomy, indexForeign } from '../support/foreign-economy'
import { compileContracts } from '../support/third-party-contracts'

const SUPPLY = 10n ** 27n
const USD = 10n ** 6n

/** Tokens that say what they do in another way than most, through the whole program. */
describe('a token that', () => {
  let compiled: Readonly<Record<string, Artifact>>
  let chain: ForeignChain
  let economy: ForeignEconomy
  let stable: Contract

  beforeAll(() => {
    compiled = compileContracts('odd-tokens.sol')
  })
  beforeEach(async () => {
    chain = await startForeignChain()
    stable = await chain.deploy(ARTIFACTS.stable, at(0))
  })
  afterEach(async () => {
    await economy.close()
    await chain.close()
  })

  const at = (index: number) => {
    const account = chain.accounts[index]
    if (account === undefined) throw new RangeError(`the node has no account ${index}`)
    return account
  }
  const deployed = (name: string, ...args: unknown[]): Promise<Contract> => {
    const artifact = compiled[name]
    if (artifact === undefined) throw new RangeError(`odd-tokens.sol has no ${name}`)
    return chain.deploy(artifact, ...args)
  }
  const index = async (token: Contract, staking: Contract, changes: object = {}): Promise<void> => {
    economy = await indexForeign(
      chain,
      { token, staking, stable },
      {
        'wallets.treasury': [at(7)],
        'wallets.buyback': [at(8)],
        'wallets.bridges': [at(9)],
        ...changes,
      },
    )
  }
  const stored = async (columns: string, table: string) =>
    (await economy.database.query(`SELECT ${columns} FROM ${table} ORDER BY id`)).rows
  const lastSnapshot = async (column: string) => (await stored(column, 'snapshot')).at(-1)?.[column]

  test('burns by a Burn event alone, as DSToken does, destroys by it', async () => {
    const token = await deployed('BurnOnlyToken', at(0), SUPPLY)
    const staking = await chain.deploy(ARTIFACTS.staking, token.address, stable.address, at(0))
    await chain.block([at(0), token, 'transfer', at(1), 5_000n], [at(0), token, 'transfer', at(8), 900n])
    await chain.block(
      [at(1), token, 'burn', 1_000n],
      [at(1), token, 'burn', 1_000n],
      [at(1), token, 'burn', 0n],
    )
    await chain.block([at(8), token, 'burn', 900n], [at(1), token, 'approve', at(9), 300n])
    await chain.block([at(9), token, 'burnFrom', at(1), 300n])
    await chain.block([at(1), token, 'approve', staking.address, 2_000n], [at(1), staking, 'stake', 2_000n])
    await chain.block([at(1), staking, 'unstake', 1_999n], [at(1), token, 'burn', 2_699n])
    await index(token, staking)
    await economy.reachesHead()
    await economy.serves()
    await economy.equalsChainAtEveryBlock()
    expect(await stored('value, purpose, evidence', 'burn')).toEqual([
      { value: '1000', purpose: 'OTHER', evidence: 'BURN' },
      { value: '1000', purpose: 'OTHER', evidence: 'BURN' },
      { value: '900', purpose: 'BUYBACK', evidence: 'BURN' },
      { value: '300', purpose: 'BRIDGE', evidence: 'BURN' },
      { value: '2699', purpose: 'OTHER', evidence: 'BURN' },
    ])
    expect(await lastSnapshot('burn_mode')).toBe('BURN_EVENT')
    expect(await stored('id', 'invariant_break')).toEqual([])
  })

  test('states a burn and only buries it destroys nothing', async () => {
    const token = await deployed('BuryingToken', at(0), SUPPLY)
    const staking = await chain.deploy(ARTIFACTS.staking, token.address, stable.address, at(0))
    await chain.block([at(0), token, 'burn', 1_234n], [at(0), token, 'burn', 1_234n])
    await chain.block([at(0), token, 'transfer', at(1), 10n])
    await index(token, staking)
    await economy.reachesHead()
    await economy.serves()
    await economy.equalsChainAtEveryBlock()
    expect(await stored('value', 'burn')).toEqual([])
    expect(await lastSnapshot('dead_burn')).toBe('2468')
    expect(await lastSnapshot('burn_mode')).toBe('UNKNOWN')
  })

  test('indexes nothing of its events, beside such a staking contract, is read all the same', async () => {
    const token = await deployed('UnindexedToken', at(0), SUPPLY)
    stable = await deployed('UnindexedToken', at(2), SUPPLY)
    const staking = await deployed('UnindexedStaking', token.address, stable.address)
    await chain.block(
      [at(0), token, 'transfer', at(1), 5_000n],
      [at(0), token, 'transfer', at(9), 5_000n],
      [at(1), token, 'transfer', at(1), 7n],
      [at(1), token, 'approve', staking.address, 5_000n],
    )
    await chain.block([at(1), staking, 'stake', 3_000n], [at(2), stable, 'transfer', at(7), 900n * USD])
    await chain.block([at(7), stable, 'transfer', staking.address, 450n * USD])
    await chain.block([at(0), staking, 'pay', at(1), 449n * USD], [at(1), staking, 'unstake', 1n])
    await chain.block([at(1), token, 'burn', 1_000n], [at(9), token, 'burn', 4_000n])
    await chain.block([at(1), token, 'approve', at(9), 5n], [at(9), token, 'burnFrom', at(1), 5n])
    // No topic says whom a transfer concerns: all of them have to come, the treasury's and those of who called.
    await index(token, staking, {
      'contracts.token.indexedTransfers': false,
      'contracts.stable.indexedTransfers': false,
      'contracts.stable.decimals': 18,
    })
    await economy.reachesHead()
    await economy.serves()
    await economy.equalsChainAtEveryBlock()
    expect(await stored('value, purpose, evidence', 'burn')).toEqual([
      { value: '1000', purpose: 'OTHER', evidence: 'TRANSFER_AND_BURN' },
      { value: '4000', purpose: 'BRIDGE', evidence: 'TRANSFER_AND_BURN' },
      { value: '5', purpose: 'BRIDGE', evidence: 'TRANSFER' },
    ])
    expect(await lastSnapshot('treasury_revenue')).toBe(String(900n * USD))
    expect(await stored('account_staked, action', 'stake')).toEqual([
      { account_staked: '3000', action: 'STAKE' },
      { account_staked: '2999', action: 'UNSTAKE' },
    ])
    expect(await lastSnapshot('rewards_paid')).toBe(String(449n * USD))
  })

  test('gets other code is an alarm at once, and its own installation is none', async () => {
    const token = await deployed('UpgradableToken', at(0), SUPPLY)
    const staking = await chain.deploy(ARTIFACTS.staking, token.address, stable.address, at(0))
    await index(token, staking)
    await economy.reachesHead()
    expect(economy.indexer.output()).not.toContain('has other code')
    const block = await chain.block([at(0), token, 'upgrade', at(3)])
    await economy.indexer.printed(/"level":4[^\n]*The token contract has other code since block/)
    await economy.indexer.printed(/"level":4[^\n]*"invariant":"contractsUnchanged"/)
    await economy.reachesHead()
    expect(await stored('block_number, is_installation', 'upgrade')).toEqual([
      { block_number: token.startBlock, is_installation: true },
      { block_number: block, is_installation: false },
    ])
    expect(await stored('id, block_number', 'invariant_break')).toEqual([
      { id: 'contractsUnchanged', block_number: block },
    ])
  })

  test('burns in two ways stops the indexer, which says where', async () => {
    const token = await deployed('TwoWayToken', at(0), SUPPLY)
    const staking = await chain.deploy(ARTIFACTS.staking, token.address, stable.address, at(0))
    const loud = await chain.block([at(0), token, 'burn', 1_000n])
    await chain.block([at(0), token, 'burnQuietly', 0n])
    await index(token, staking)
    await economy.reachesHead()
    const quiet = await chain.block(
      [at(0), token, 'transfer', at(1), 1n],
      [at(0), token, 'burnQuietly', 1_000n],
    )
    const { code } = await economy.indexer.ended()
    const report = economy.indexer.output().match(/^E\d{4}: .*$/gm)
    expect(code).toBe(78)
    expect(report).toHaveLength(1)
    expect(report?.[0]).toMatch(
      new RegExp(`^E2002: Log 1 of block ${quiet} is a Burn event without a Transfer, `),
    )
    // What was before the contradiction stands; of the block that holds it, nothing does.
    expect(await stored('block_number, value', 'burn')).toEqual([{ block_number: loud, value: '1000' }])
    const snapshots = await stored('block_number', 'snapshot')
    expect(snapshots.at(-1)?.block_number).toBeLessThan(quiet)
  })
})
