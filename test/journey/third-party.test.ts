import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { INVARIANTS, type InvariantName } from '../../src/core/invariants'
import { ARTIFACTS } from '../../src/devnet/artifacts'
import { type ForeignChain, startForeignChain } from '../support/foreign-chain'
import { type ForeignContracts, type ForeignEconomy, indexForeign } from '../support/foreign-economy'
import { PRESET_TOKEN, STAKING_REWARDS } from '../support/third-party-contracts'

const whole = (tokens: number): bigint => BigInt(tokens) * 10n ** 18n
const usd = (dollars: number): bigint => BigInt(dollars) * 10n ** 6n
const MAX_SUPPLY = 1_000_000

/** Contracts that this project did not write, as their authors compiled them, through the whole program. */
describe('a preset token of OpenZeppelin and the StakingRewards of Uniswap', () => {
  let chain: ForeignChain
  let economy: ForeignEconomy
  let contracts: ForeignContracts

  beforeAll(async () => {
    chain = await startForeignChain()
    const stable = await chain.deploy(ARTIFACTS.stable, chain.accounts[0])
    const token = await chain.deploy(PRESET_TOKEN, 'Preset', 'PRE')
    const [, , distributor] = chain.accounts
    const staking = await chain.deploy(STAKING_REWARDS, distributor, stable.address, token.address)
    contracts = { token, staking, stable }
    await playUntilAlarm()
    const { treasury, buyback, internal, bridge, dead } = rolesOf(chain)
    economy = await indexForeign(chain, contracts, {
      'contracts.staking.views': { totalStaked: 'totalSupply', stakeOf: 'balanceOf' },
      'wallets.treasury': [treasury],
      'wallets.buyback': [buyback],
      'wallets.internal': [internal],
      'wallets.bridges': [bridge],
      'wallets.dead': [dead],
      'policy.maxSupply': String(MAX_SUPPLY),
    })
    await economy.reachesHead()
    await economy.serves()
  })
  afterAll(async () => {
    await economy.close()
    await chain.close()
  })

  /** Everything that these contracts can do short of a mint after genesis. */
  async function playUntilAlarm(): Promise<void> {
    const { owner, distributor, alice, bob, carol, dave, treasury, buyback, internal, bridge, dead } =
      rolesOf(chain)
    const { token, staking, stable } = contracts
    // Two mints of one block are one genesis.
    await chain.block(
      [owner, token, 'mint', alice, whole(600_000)],
      [owner, token, 'mint', bob, whole(400_000)],
    )
    await chain.block(
      ...[alice, bob, carol].map(
        (who) => [who, token, 'approve', staking.address, whole(MAX_SUPPLY)] as const,
      ),
      ...[alice, internal].map((who) => [owner, stable, 'mint', who, usd(100_000)] as const),
    )
    await chain.block(
      [alice, token, 'transfer', carol, whole(1_000)],
      [alice, token, 'transfer', dave, 0n],
      [bob, token, 'transfer', bob, whole(50)],
      [dave, token, 'transfer', dave, 0n],
      [owner, token, 'mint', dave, 0n],
    )
    await chain.block([alice, staking, 'stake', whole(100_000)], [bob, staking, 'stake', whole(50_000)])
    await chain.block(
      [alice, stable, 'transfer', treasury, usd(9_000)],
      [internal, stable, 'transfer', treasury, usd(500)],
    )
    await chain.block(
      [treasury, stable, 'transfer', staking.address, usd(4_500)],
      [distributor, staking, 'notifyRewardAmount', usd(4_500)],
      [treasury, stable, 'transfer', buyback, usd(4_500)],
      [treasury, stable, 'transfer', dave, usd(20)],
    )
    await chain.block([alice, staking, 'withdraw', whole(40_000)], [bob, staking, 'getReward'])
    await chain.block([bob, token, 'burn', whole(700)], [alice, token, 'approve', dave, whole(300)])
    await chain.block([dave, token, 'burnFrom', alice, whole(300)], [bob, token, 'burn', 0n])
    await chain.block([owner, token, 'pause'])
    await chain.refused(alice, token, 'transfer', carol, whole(1))
    await chain.refused(bob, token, 'burn', whole(1))
    await chain.refused(carol, staking, 'stake', whole(1))
    await chain.block([owner, token, 'unpause'])
    await chain.block([alice, staking, 'exit'], [carol, staking, 'stake', whole(250)])
    await chain.block(
      [bob, token, 'transfer', dead, whole(111)],
      [bob, token, 'transfer', staking.address, 7n],
    )
    await chain.block(
      [bob, token, 'transfer', buyback, whole(2_000)],
      [buyback, token, 'burn', whole(1_500)],
      [buyback, token, 'burn', whole(500)],
    )
    // The bridge takes tokens out of somebody's wallet, and brings a part of them back.
    const minter = '0x9f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a6'
    await chain.block(
      [alice, token, 'approve', bridge, whole(5_000)],
      [owner, token, 'grantRole', minter, bridge],
    )
    await chain.block([bridge, token, 'burnFrom', alice, whole(5_000)])
    await chain.block([bridge, token, 'mint', carol, whole(4_000)])
  }

  test('every figure and every account equal the contracts’ views at every block', async () => {
    await economy.equalsChainAtEveryBlock()
    const { number } = await chain.head()
    const { supply } = await economy.truth.figuresAt(number, [])
    // What was equal is not nothing.
    expect(supply).toMatchObject({
      burnedByBuyback: String(whole(2_000)),
      burnedByBridge: String(whole(5_000)),
      burnedByOther: String(whole(1_000)),
      deadBurn: String(whole(111)),
      mintedByBridge: String(whole(4_000)),
      mintedAfterGenesis: '0',
    })
    const { rows } = await economy.database.query('SELECT burn_mode FROM snapshot ORDER BY id DESC LIMIT 1')
    expect(rows).toEqual([{ burn_mode: 'TRANSFER' }])
  })

  test('a burn has its purpose, and the Transfer alone as its evidence', async () => {
    const { rows } = await economy.database.query<{ purpose: string; evidence: string; value: string }>(
      'SELECT purpose, evidence, value FROM burn ORDER BY id',
    )
    expect(rows.map(({ purpose, value }) => [purpose, BigInt(value) / whole(1)])).toEqual([
      ['OTHER', 700n],
      ['OTHER', 300n],
      ['BUYBACK', 1_500n],
      ['BUYBACK', 500n],
      ['BRIDGE', 5_000n],
    ])
    expect(new Set(rows.map(({ evidence }) => evidence))).toEqual(new Set(['TRANSFER']))
  })

  test('a mint after genesis is an alarm at once, and stays one', async () => {
    const breaks = 'SELECT id, block_number, "left", "right" FROM invariant_break ORDER BY block_number, id'
    expect((await economy.database.query(breaks)).rows).toEqual([])
    expect(economy.indexer.output()).not.toContain('Invariant broken')

    const { owner, alice, carol, dave } = rolesOf(chain)
    const { token } = contracts
    const first = await chain.block(
      [owner, token, 'mint', carol, whole(10)],
      [owner, token, 'mint', dave, 1n],
    )
    await economy.indexer.printed(alarm('supplyNeverGrows'))
    await chain.block([alice, token, 'burn', whole(10) + 1n])
    const second = await chain.block([owner, token, 'mint', alice, whole(50_000)])
    await economy.indexer.printed(alarm('supplyWithinMax'))
    await chain.block([alice, token, 'burn', whole(50_000)])
    await economy.reachesHead()
    await economy.equalsChainAtEveryBlock()

    const supply = (await economy.truth.figuresAt(second, [])).supply.totalSupply
    expect((await economy.database.query(breaks)).rows).toEqual([
      { id: 'supplyNeverGrows', block_number: first, left: String(whole(10) + 1n), right: '0' },
      { id: 'supplyWithinMax', block_number: second, left: supply, right: String(whole(MAX_SUPPLY)) },
    ])
    // Each is said once, however long it goes on.
    expect(economy.indexer.output().match(/Invariant broken/g)).toHaveLength(2)
  })
})

/** A line of the log at the level of an error. */
function alarm(invariant: InvariantName): RegExp {
  return new RegExp(
    `"level":4,.*"Invariant broken: ${INVARIANTS[invariant].claim}".*"invariant":"${invariant}"`,
  )
}

function rolesOf({ accounts }: ForeignChain) {
  const [owner, , distributor, alice, bob, carol, dave, treasury, buyback, internal, bridge] = accounts
  const dead = '0x000000000000000000000000000000000000dEaD' as const
  const roles = { owner, distributor, alice, bob, carol, dave, treasury, buyback, internal, bridge, dead }
  return roles as { readonly [Role in keyof typeof roles]: NonNullable<(typeof roles)[Role]> }
}
