import type { Address } from './address'
import type { StakeEvent, UnstakeEvent } from './events'

/** How the token destroys: found out from its first burn, never mixed (docs/errors.md, E2002). */
export type BurnMode = 'UNKNOWN' | 'TRANSFER' | 'BURN_EVENT'

/** Where a price was seen: in a buyback that was executed, or in what the configured pair holds. */
export type PriceSource = 'BUYBACK' | 'PAIR'

/**
 * Every cumulative figure of the economy at one block. Supply and stake are in token base units, the treasury
 * in stable base units, rewards in reward token base units. One name per figure, here and everywhere else.
 */
export interface Economy {
  readonly eventCount: number
  readonly transferCount: number
  /** Stake and Unstake events. */
  readonly stakeCount: number
  /** `Upgraded` events of the contracts after they began to speak. */
  readonly upgradeCount: number
  /** Block of the first mint; null before it, and where the history before the start block was left out. */
  readonly genesisBlock: number | null
  /** Σ Transfer from the zero address. */
  readonly minted: bigint
  /** Part of `minted` that came after the genesis block and that no bridge brought back. */
  readonly mintedAfterGenesis: bigint
  /** Part of `minted` that a configured bridge brought back. */
  readonly mintedByBridge: bigint
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
  /** circulatingSupply − (staked − excludedStake). */
  readonly liquidFloat: bigint
  /** Σ balances of all accounts, added up account by account. */
  readonly balanceSum: bigint
  /** Accounts with a balance. */
  readonly holders: number
  /** Σ Stake − Σ Unstake. */
  readonly staked: bigint
  /** By which event stake grows, found out from the first one; null before it. */
  readonly stakeEvent: StakeEvent['name'] | null
  /** By which event stake shrinks. */
  readonly unstakeEvent: UnstakeEvent['name'] | null
  /** Part of `staked` that `excludedBalance` holds already. */
  readonly excludedStake: bigint
  /** Σ stakes of all accounts, added up account by account. */
  readonly stakeSum: bigint
  /** ∫ staked dt up to the block, in base units × seconds. */
  readonly stakeSeconds: bigint
  /** Part of `stakeSeconds` during which no price was known. */
  readonly unpricedStakeSeconds: bigint
  /** ∫ staked × price dt, in base units × 10⁻¹⁸ stable per token × seconds. */
  readonly stakeValueSeconds: bigint
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
  /** Σ stable asset that buyback wallets paid in executed swaps. */
  readonly buybackPaid: bigint
  /** Σ tokens that buyback wallets got for it. */
  readonly buybackBought: bigint
  /** Newest price: stable asset for one whole token, in units of 10⁻¹⁸; null before the first. */
  readonly price: bigint | null
  readonly priceSource: PriceSource | null
  /** Block that the price was seen in. */
  readonly priceBlock: number | null
  readonly burnMode: BurnMode
}

/** The economy before its first event. */
export const GENESIS: Economy = {
  eventCount: 0,
  transferCount: 0,
  stakeCount: 0,
  upgradeCount: 0,
  genesisBlock: null,
  minted: 0n,
  mintedAfterGenesis: 0n,
  mintedByBridge: 0n,
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
  liquidFloat: 0n,
  balanceSum: 0n,
  holders: 0,
  staked: 0n,
  stakeEvent: null,
  unstakeEvent: null,
  excludedStake: 0n,
  stakeSum: 0n,
  stakeSeconds: 0n,
  unpricedStakeSeconds: 0n,
  stakeValueSeconds: 0n,
  stakers: 0,
  rewardsPaid: 0n,
  treasuryBalance: 0n,
  treasuryRevenue: 0n,
  treasuryInternalInflow: 0n,
  treasuryOutflowBuyback: 0n,
  treasuryOutflowRewards: 0n,
  treasuryOutflowOther: 0n,
  buybackPaid: 0n,
  buybackBought: 0n,
  price: null,
  priceSource: null,
  priceBlock: null,
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

/** The figures of accounts; undefined of those that have never had any. */
export type KnownAccounts = ReadonlyMap<Address, AccountState | undefined>
