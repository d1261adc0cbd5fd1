/**
 * What a movement is to the account's holder. Staking gives nothing away: what is sent to the staking contract for it is
 * STAKED, what comes back is UNSTAKED, and neither is income or a disposal.
 */
export type MovementKind = 'MINTED' | 'RECEIVED' | 'SENT' | 'BURNED' | 'STAKED' | 'UNSTAKED' | 'REWARDED'

/** Something that entered or left the account's wallet. */
export interface Movement {
  readonly kind: MovementKind
  readonly asset: 'token' | 'stable'
  /** Base units of the asset, more than 0. */
  readonly amount: bigint
  readonly entry: StatementEntry
}

/** An event of the account's statement, as datasets spell it. */
export interface StatementEntry {
  readonly kind: string
  readonly amount: string
  readonly counterparty: string | null
  readonly transaction_hash: string
  readonly log_index: string
  readonly block_timestamp: string
}

/** The movements that add to the wallet. */
export const ENTERING: ReadonlySet<MovementKind> = new Set(['MINTED', 'RECEIVED', 'UNSTAKED', 'REWARDED'])
