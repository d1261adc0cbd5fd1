import { accrue } from '../../core/accrual'
import type { Hash } from '../../core/address'
import { type Economy, GENESIS } from '../../core/economy'
import { sqlColumn } from '../../core/figures'
import { judge } from '../../core/invariants'
import type { Policy } from '../../core/policy'
import type { Manifest } from '../manifest'
import type { Rule } from './block-rows'
import type { Findings, Law } from './finding'
import { type LedgerRows, ledgerRow } from './ledger-row'
import { addAt, type Row } from './row'
import type { Rules } from './rules'

export type Snapshot = LedgerRows['snapshots']

/** A snapshot and the one before it. */
export interface Step {
  readonly row: Row
  readonly snapshot: Snapshot
  /** The figures before; undefined where they are not in the directory. */
  readonly before:
    | { readonly economy: Economy; readonly timestamp: number; readonly digest: Hash }
    | undefined
}

export interface Snapshots extends Rule {
  /** The step to the block that was visited last; undefined if it has no snapshot. */
  readonly step: () => Step | undefined
}

/** Figures that never shrink, on whatever chain. */
const GROWING = [
  'eventCount',
  'transferCount',
  'stakeCount',
  'upgradeCount',
  'minted',
  'mintedAfterGenesis',
  'mintedByBridge',
  'destroyed',
  'cumulativeBurn',
  'burnedByBuyback',
  'burnedByBridge',
  'burnedByOther',
  'rewardsPaid',
  'treasuryRevenue',
  'treasuryInternalInflow',
  'treasuryOutflowBuyback',
  'treasuryOutflowRewards',
  'treasuryOutflowOther',
  'buybackPaid',
  'buybackBought',
] as const satisfies readonly (keyof Economy)[]

/** What each of these figures is of the others, by definition. */
const SUMS: Readonly<
  Partial<Record<keyof Economy, readonly [says: string, of: (economy: Economy) => bigint]>>
> = {
  totalSupply: ['minted − destroyed', ({ minted, destroyed }) => minted - destroyed],
  cumulativeBurn: [
    'destroyed − burned_by_bridge',
    ({ destroyed, burnedByBridge }) => destroyed - burnedByBridge,
  ],
  destroyed: [
    'burned_by_buyback + burned_by_bridge + burned_by_other',
    (economy) => economy.burnedByBuyback + economy.burnedByBridge + economy.burnedByOther,
  ],
  outstandingSupply: ['total_supply − dead_burn', ({ totalSupply, deadBurn }) => totalSupply - deadBurn],
  circulatingSupply: [
    'total_supply − excluded_balance',
    ({ totalSupply, excludedBalance }) => totalSupply - excludedBalance,
  ],
  liquidFloat: [
    'circulating_supply − (staked − excluded_stake)',
    (economy) => economy.circulatingSupply - (economy.staked - economy.excludedStake),
  ],
}

/** Invariants that no event can break, only a wrong sum. */
const ALWAYS = ['balancesEqualSupply', 'stakesEqualStaked', 'flowsEqualBalance'] as const

/** Snapshots by themselves: figures that grow, sums that agree, a digest for each set of events. */
export function checkSnapshots(
  findings: Findings,
  { economy: { policy }, seed }: Rules,
  manifests: readonly Manifest[],
): Snapshots {
  const digests = openDigests(manifests)
  let before: Step['before']
  let step: Step | undefined
  const tell = (row: Row, field: string, problem: string, law: Law = 'snapshots'): void =>
    addAt(findings, law, row, sqlColumn(field), problem)

  return {
    step: () => step,
    visit({ rows }) {
      step = undefined
      for (const row of rows.snapshots ?? []) {
        const snapshot = ledgerRow('snapshots', row)
        step = { row, snapshot, before }
        for (const problem of digests.problems(snapshot, before?.digest))
          tell(row, 'digest', problem, 'joins')
        checkSums(step, policy, tell)
        if (before !== undefined) checkGrowth(step, before, tell)
        before = {
          economy: { ...GENESIS, ...snapshot },
          timestamp: snapshot.timestamp,
          digest: snapshot.digest,
        }
      }
    },
    restart(dataset, fromStart) {
      if (dataset !== 'snapshots') return
      before = fromStart ? { economy: GENESIS, timestamp: 0, digest: seed } : undefined
    },
  }
}

type Tell = (row: Row, field: string, problem: string) => void

function checkSums({ row, snapshot }: Step, policy: Policy, tell: Tell): void {
  for (const [field, [says, of]] of Object.entries(SUMS)) {
    const [found, expected] = [snapshot[field as keyof Economy], of(snapshot)]
    if (found !== expected) tell(row, field, `is ${found}, and ${says} is ${expected}`)
  }
  for (const name of ALWAYS) {
    const { status, left, right } = judge(name, snapshot, policy)
    if (status !== 'BROKEN') continue
    const [field, other] = SIDES[name]
    tell(row, field, `is ${left}, and ${other} is ${right}`)
  }
}

const SIDES: Readonly<Record<(typeof ALWAYS)[number], readonly [field: string, other: string]>> = {
  balancesEqualSupply: ['balanceSum', 'total_supply'],
  stakesEqualStaked: ['stakeSum', 'staked'],
  flowsEqualBalance: ['treasuryBalance', 'treasury_balance'],
}

function checkGrowth({ row, snapshot }: Step, before: NonNullable<Step['before']>, tell: Tell): void {
  for (const field of GROWING) {
    if (snapshot[field] < before.economy[field]) {
      tell(row, field, `is ${snapshot[field]}, less than ${before.economy[field]} before, and never shrinks`)
    }
  }
  const accrued = accrue(before.economy, snapshot.timestamp - before.timestamp)
  for (const field of ['stakeSeconds', 'unpricedStakeSeconds', 'stakeValueSeconds'] as const) {
    if (snapshot[field] === accrued[field]) continue
    tell(
      row,
      field,
      `is ${snapshot[field]}, and by the snapshot before and the time since it is ${accrued[field]}`,
    )
  }
  const [isSameDigest, hasEvents] = [
    snapshot.digest === before.digest,
    snapshot.eventCount > before.economy.eventCount,
  ]
  if (isSameDigest && hasEvents) tell(row, 'digest', 'is the one before, and there are events since')
  if (!isSameDigest && !hasEvents) tell(row, 'digest', 'is not the one before, and there are no events since')
}

/** What manifests say of the digests at the ends of their ranges. */
function openDigests(manifests: readonly Manifest[]) {
  const after = new Map(manifests.map((manifest) => [manifest.toBlock, manifest]))
  const starts = manifests.toSorted((one, other) => one.fromBlock - other.fromBlock)
  return {
    /** @param previous digest of the snapshot before; undefined where it is not known */
    problems({ blockNumber, digest }: Snapshot, previous: Hash | undefined): string[] {
      const problems: string[] = []
      while (starts[0] !== undefined && starts[0].fromBlock <= blockNumber) {
        const { file, historyDigest } = starts.shift() as Manifest
        if (previous !== undefined && historyDigest.before !== previous) {
          problems.push(
            `was ${previous} before, and the manifest of ${file} begins with ${historyDigest.before}`,
          )
        }
      }
      const ends = after.get(blockNumber)
      if (ends !== undefined && ends.historyDigest.after !== digest) {
        problems.push(`is ${digest}, and the manifest of ${ends.file} says ${ends.historyDigest.after}`)
      }
      return problems
    },
  }
}
