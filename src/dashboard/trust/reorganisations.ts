import type { CorrectionsQuery } from '../generated'

export type Correction = CorrectionsQuery['corrections'][number]

/** Rows that one reorganisation took back. */
export interface Reorganisation {
  /** Of its first row. */
  readonly id: string
  readonly takenBackAt: string
  /** The newest block that the chain before and after have in common. */
  readonly baseBlock: number
  readonly rows: readonly Correction[]
}

/** Corrections as they come, newest first, by the reorganisation that they belong to. */
export function reorganisationsOf(corrections: readonly Correction[]): readonly Reorganisation[] {
  const found: { id: string; takenBackAt: string; baseBlock: number; rows: Correction[] }[] = []
  for (const row of corrections) {
    const { id, takenBackAt, baseBlock } = row
    const last = found.at(-1)
    if (last?.takenBackAt === takenBackAt && last.baseBlock === baseBlock) last.rows.push(row)
    else found.push({ id, takenBackAt, baseBlock, rows: [row] })
  }
  return found
}
