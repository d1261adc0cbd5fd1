import { CONTRACT, SIGNATURE } from './cast'

/** What the three contracts of the economy emit. The last two are theirs, but no event of the economy. */
export const ENTRY_KINDS = [
  'transfer',
  'burn',
  'stake',
  'unstake',
  'reward',
  'flow',
  'passing',
  'approval',
] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]
export const KIND = {
  transfer: 0,
  burn: 1,
  stake: 2,
  unstake: 3,
  reward: 4,
  flow: 5,
  passing: 6,
  approval: 7,
} as const

/** Which contract says a kind, under which signature, and whether it names a second person. */
export const KIND_SHAPE = [
  { contract: CONTRACT.token, signature: SIGNATURE.transfer, hasSecond: true },
  { contract: CONTRACT.token, signature: SIGNATURE.burn, hasSecond: false },
  { contract: CONTRACT.staking, signature: SIGNATURE.stake, hasSecond: false },
  { contract: CONTRACT.staking, signature: SIGNATURE.unstake, hasSecond: false },
  { contract: CONTRACT.staking, signature: SIGNATURE.reward, hasSecond: false },
  { contract: CONTRACT.stable, signature: SIGNATURE.transfer, hasSecond: true },
  { contract: CONTRACT.stable, signature: SIGNATURE.transfer, hasSecond: true },
  { contract: CONTRACT.token, signature: SIGNATURE.approval, hasSecond: true },
] as const

/** One log of one of the three contracts, before it has a place in its block. */
export interface Entry {
  readonly kind: number
  readonly first: number
  /** PERSON.zero where there is none. */
  readonly second: number
  readonly value: bigint
  /** Whether its transaction begins with it. */
  readonly opens: boolean
}

/** All such logs of the chain in columns: millions of objects would be too many. */
export interface EntryColumns {
  readonly kind: number[]
  readonly first: number[]
  readonly second: number[]
  readonly value: bigint[]
  readonly opens: boolean[]
  readonly logIndex: number[]
  readonly transactionIndex: number[]
}

export function emptyColumns(): EntryColumns {
  return { kind: [], first: [], second: [], value: [], opens: [], logIndex: [], transactionIndex: [] }
}

export function pushEntry(columns: EntryColumns, entry: Entry): void {
  columns.kind.push(entry.kind)
  columns.first.push(entry.first)
  columns.second.push(entry.second)
  columns.value.push(entry.value)
  columns.opens.push(entry.opens)
  columns.logIndex.push(0)
  columns.transactionIndex.push(0)
}

export function truncateEntries(columns: EntryColumns, count: number): void {
  for (const column of Object.values(columns)) column.length = Math.min(column.length, count)
}
