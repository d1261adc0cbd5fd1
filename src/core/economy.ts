/** How the token destroys: found out from its first burn, never mixed (docs/errors.md, E2002). */
export type BurnMode = 'UNKNOWN' | 'TRANSFER' | 'BURN_EVENT'

/**
 * Every cumulative figure of the economy at one block. Supply and stake are in token base units, the treasury
 * in stable base units, rewards in reward token base units. One name per figure, here and everywhere else.
 */
export interface Economy {
  readonly eventCount: number
  readonly transferCount: number
  /** Σ Transfer from the zero address. */
  readonly minted: bigint
  /** Everything destroyed, each burn counted once, bridge burns included. */
  readonly destroyed: bigint
  /** minted − destroyed; the contract's `totalSupply()`. */
  readonly totalSupply: bigint
  /** destroyed − burnedByBridge: what is gone for good, without what sits at dead addresses. */
  readonly cumulativeBurn: bigint
  readonly burnedByBuyback: bigint
  readonly burnedByBridge: bigint
  readonly burnedByOther: bigint
  /** Σ balances of the dead addresses, which `totalSupply()` still counts. */
  readonly deadBurn: bigint
  /** totalSupply − deadBurn; what aggregators call total supply. */
  readonly outstandingSupply: bigint
  /** Σ balances of the wallets that do not circulate at this block (dead ones among them). */
  readonly excludedBalance: bigint
  /** totalSupply − excludedBalance. */
  readonly circulatingSupply: bigint
  /** Accounts with a balance. */
  readonly holders: number
  /** Σ Stake − Σ Unstake. */
  readonly staked: bigint
  /** Accounts with a stake. */
  readonly stakers: number
  /** Σ RewardPaid. */
  readonly rewardsPaid: bigint
  /** Σ in − Σ out of the stable asset; `balanceOf(treasury)`. */
  readonly treasuryBalance: bigint
  /** Σ inflow that the network earned. */
  readonly treasuryRevenue: bigint
  /** Σ inflow from configured internal wallets. */
  readonly treasuryInternalInflow: bigint
  readonly treasuryOutflowBuyback: bigint
  readonly treasuryOutflowRewards: bigint
  readonly treasuryOutflowOther: bigint
  readonly burnMode: BurnMode
}

/** The economy before its first event. */
export const GENESIS: Economy = {
  eventCount: 0,
  transferCount: 0,
  minted: 0n,
  destroyed: 0n,
  totalSupply: 0n,
  cumulativeBurn: 0n,
  burnedByBuyback: 0n,
  burnedByBridge: 0n,
  burnedByOther: 0n,
  deadBurn: 0n,
  outstandingSupply: 0n,
  excludedBalance: 0n,
  circulatingSupply: 0n,
  holders: 0,
  staked: 0n,
  stakers: 0,
  rewardsPaid: 0n,
  treasuryBalance: 0n,
  treasuryRevenue: 0n,
  treasuryInternalInflow: 0n,
  treasuryOutflowBuyback: 0n,
  treasuryOutflowRewards: 0n,
  treasuryOutflowOther: 0n,
  burnMode: 'UNKNOWN',
}

/** One account's figures; all three are changes since the start block where history is partial. */
export interface AccountState {
  readonly balance: bigint
  readonly staked: bigint
  readonly rewardsPaid: bigint
  readonly firstBlock: number
  readonly lastBlock: number
}
