import { ZERO_ADDRESS } from '../../core/address'
import type { Economy } from '../../core/economy'
import { sqlColumn } from '../../core/figures'
import { excludedWallets, type Policy } from '../../core/policy'
import type { BlockRows, Rule } from './block-rows'
import type { Snapshots, Step } from './check-snapshots'
import type { Findings } from './finding'
import { ledgerRow } from './ledger-row'
import { addAt, cellAt, positions } from './row'
import type { Running } from './running'

const TRANSFER = positions('transfers', ['from_address', 'value'])

/** What the rows of a block make of a figure. */
interface Expected {
  readonly field: keyof Economy
  /** At least so much; exactly, unless `orMore`. */
  readonly value: Economy[keyof Economy]
  readonly orMore?: boolean
}

/** Snapshots against the rows of their block: what the rows add up to, figures grow by, and by nothing else. */
export function checkGrowth(
  findings: Findings,
  policy: Policy,
  snapshots: Snapshots,
  held: { readonly balances: Running; readonly stakes: Running },
): Rule {
  return {
    visit(block) {
      const step = snapshots.step()
      const { rows } = block
      if (rows.snapshots === undefined) return
      if (step === undefined) {
        tellMissing(findings, block)
        return
      }
      for (const { field, value, orMore } of expectations(step, block, policy, held)) {
        const found = step.snapshot[field]
        if (found === value) continue
        if (orMore && found !== null && value !== null && found > value) continue
        const least = orMore ? 'at least ' : ''
        const problem = `is ${found}, and by the rows of the block it is ${least}${value}`
        addAt(findings, 'snapshots', step.row, sqlColumn(field), problem)
      }
    },
  }
}

/** Every block with a row has a snapshot. */
function tellMissing(findings: Findings, { number, rows }: BlockRows): void {
  for (const [dataset, of] of Object.entries(rows)) {
    const [row] = of ?? []
    if (row === undefined || dataset === 'snapshots') continue
    const problem = 'there is no snapshot of this block'
    findings.add({ law: 'snapshots', file: row.manifest.file, row: row.number, block: number, problem })
    return
  }
}

function* expectations(
  { snapshot, before }: Step,
  { number, rows }: BlockRows,
  policy: Policy,
  { balances, stakes }: { readonly balances: Running; readonly stakes: Running },
): Generator<Expected> {
  const was = before?.economy
  const { transfers, burns, stakes: staked, rewards, treasury_flows: flows, prices } = rows
  if (transfers !== undefined) {
    const mints = transfers.filter((row) => cellAt(row, TRANSFER.from_address) === ZERO_ADDRESS)
    if (was !== undefined) {
      yield { field: 'transferCount', value: was.transferCount + transfers.length }
      yield {
        field: 'minted',
        value: was.minted + sumOf(mints.map((row) => BigInt(cellAt(row, TRANSFER.value)))),
      }
    }
    // Where Burn events alone destroy, transfers alone do not tell balances.
    if (burns !== undefined || snapshot.burnMode !== 'BURN_EVENT') {
      yield* holdings(snapshot.blockNumber, policy, balances)
    }
  }
  if (burns !== undefined) {
    const burned = burns.map((row) => ledgerRow('burns', row))
    const of = (purpose: string): bigint =>
      sumOf(burned.filter((row) => row.purpose === purpose).map(({ value }) => value))
    if (was !== undefined) {
      yield { field: 'burnedByBuyback', value: was.burnedByBuyback + of('BUYBACK') }
      yield { field: 'burnedByBridge', value: was.burnedByBridge + of('BRIDGE') }
      yield { field: 'burnedByOther', value: was.burnedByOther + of('OTHER') }
    }
    const last = burned.at(-1)
    if (last !== undefined) yield { field: 'cumulativeBurn', value: last.cumulativeBurn }
  }
  if (staked !== undefined) {
    if (was !== undefined) yield { field: 'stakeCount', value: was.stakeCount + staked.length }
    const last = staked.at(-1)
    if (last !== undefined) yield { field: 'staked', value: ledgerRow('stakes', last).staked }
    else if (was !== undefined) yield { field: 'staked', value: was.staked }
    const stakers = stakes.positive()
    if (stakers !== undefined) yield { field: 'stakers', value: stakers }
  }
  if (rewards !== undefined) {
    const last = rewards.at(-1)
    if (last !== undefined) yield { field: 'rewardsPaid', value: ledgerRow('rewards', last).rewardsPaid }
    else if (was !== undefined) yield { field: 'rewardsPaid', value: was.rewardsPaid }
  }
  if (flows !== undefined) {
    const flowed = flows.map((row) => ledgerRow('treasury_flows', row))
    const last = flowed.at(-1)
    if (last !== undefined) yield { field: 'treasuryBalance', value: last.treasuryBalance }
    if (was !== undefined) {
      const inflow = (purpose: string): bigint =>
        sumOf(
          flowed
            .filter((row) => row.direction !== 'WITHIN' && row.purpose === purpose)
            .map(({ value }) => value),
        )
      yield { field: 'treasuryRevenue', value: was.treasuryRevenue + inflow('REVENUE') }
      yield { field: 'treasuryInternalInflow', value: was.treasuryInternalInflow + inflow('INTERNAL') }
      yield { field: 'treasuryOutflowBuyback', value: was.treasuryOutflowBuyback + inflow('BUYBACK') }
      yield { field: 'treasuryOutflowRewards', value: was.treasuryOutflowRewards + inflow('REWARDS') }
      yield { field: 'treasuryOutflowOther', value: was.treasuryOutflowOther + inflow('OTHER') }
    }
  }
  if (prices !== undefined) {
    const seen = prices.map((row) => ledgerRow('prices', row))
    const trades = seen.filter(({ source }) => source === 'BUYBACK')
    // Of one block, an executed buyback goes before the pair.
    const newest = trades.at(-1) ?? seen.at(-1)
    const price = newest && { ...newest, priceBlock: number }
    if (price !== undefined) {
      yield { field: 'price', value: price.price }
      yield { field: 'priceSource', value: price.source }
      yield { field: 'priceBlock', value: price.priceBlock }
    } else if (was !== undefined) {
      yield { field: 'price', value: was.price }
      yield { field: 'priceSource', value: was.priceSource }
      yield { field: 'priceBlock', value: was.priceBlock }
    }
    if (was !== undefined) {
      // A trade whose price rounds down to nothing has no row.
      yield {
        field: 'buybackPaid',
        value: was.buybackPaid + sumOf(trades.map(({ stableAmount }) => stableAmount)),
        orMore: true,
      }
      yield {
        field: 'buybackBought',
        value: was.buybackBought + sumOf(trades.map(({ tokenAmount }) => tokenAmount)),
        orMore: true,
      }
    }
  }
  if (was !== undefined) {
    // A Burn event that restates a Transfer, a payment of a buyback wallet and a change of the pair are events without rows.
    const alone = (burns ?? []).filter((row) => ledgerRow('burns', row).evidence === 'BURN')
    const events = [transfers, alone, staked, rewards, flows].reduce((sum, of) => sum + (of?.length ?? 0), 0)
    yield { field: 'eventCount', value: was.eventCount + events, orMore: true }
  }
}

/** What follows from all balances, where each of them is known. */
function* holdings(block: number, policy: Policy, balances: Running): Generator<Expected> {
  const holders = balances.positive()
  if (holders === undefined) return
  yield { field: 'holders', value: holders }
  const sum = (wallets: ReadonlySet<string>): bigint =>
    sumOf([...wallets].map((wallet) => balances.at(wallet) ?? 0n))
  yield { field: 'deadBurn', value: sum(policy.dead) }
  yield { field: 'excludedBalance', value: sum(excludedWallets(policy, block)) }
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}
