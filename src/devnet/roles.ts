import { type Address, getAddress } from 'viem'

/** Who plays what on the local chain. Every account belongs to exactly one role. */
export interface Roles {
  /** Deploys, owns the contracts, and runs the buybacks. */
  readonly owner: Address
  readonly liquidityProvider: Address
  /** Locked $ASHAO of the team: not circulating. */
  readonly teamVesting: Address
  /** The protocol's own $ASHAO: not circulating. */
  readonly protocolReserve: Address
  /** Receives a locked grant in the middle of the history: not circulating from then on. */
  readonly foundation: Address
  readonly bridge: Address
  /** Deposits USDC in the treasury that is no revenue. */
  readonly internal: Address
  /** Is paid from the treasury's reserve. */
  readonly vendor: Address
  /** Gets tokens and gives all of them away again. */
  readonly passerBy: Address
  /** Leaves staking altogether and comes back. */
  readonly returner: Address
  readonly traders: readonly Address[]
  readonly users: readonly Address[]
  readonly workers: readonly Address[]
  readonly stakers: readonly Address[]
}

/** @param accounts the node's unlocked accounts, in the order of their derivation; 200 of them. */
export function assignRoles(accounts: readonly string[]): Roles {
  const all = accounts.map((account) => getAddress(account))
  const at = (index: number): Address => {
    const account = all[index]
    if (!account) throw new RangeError(`the node has no account ${index}`)
    return account
  }
  return {
    owner: at(0),
    liquidityProvider: at(1),
    teamVesting: at(2),
    protocolReserve: at(3),
    foundation: at(4),
    bridge: at(5),
    internal: at(6),
    vendor: at(7),
    passerBy: at(8),
    returner: at(9),
    traders: all.slice(10, 20),
    users: all.slice(20, 100),
    workers: all.slice(100, 140),
    stakers: all.slice(140, 200),
  }
}
