import { type Address, ZERO_ADDRESS } from './address'
import { type Books, balanceOf, changeBalance, type Place, stakeOf } from './books'
import { type BurnPairs, burnPurpose } from './burns'
import type { BurnMode } from './economy'
import { unreachable } from './errors'
import type { BurnEvent, TransferEvent } from './events'
import { BurnModeMixed } from './history-errors'
import type { BurnEvidence } from './ledger'
import { excludedWallets, type Policy } from './policy'

/** Moves a balance; mints if it comes from the zero address, destroys if it goes there. */
export function applyTransfer(books: Books, event: TransferEvent, pairs: BurnPairs, place: Place): void {
  const { from, to, value } = event
  books.economy.transferCount += 1
  // A transfer to oneself changes nothing; booking it as out and in would only pass through a wrong balance.
  const moved = from === to ? 0n : value
  const fromBalance = changeBalance(books, from, -moved, place)
  const toBalance = changeBalance(books, to, moved, place)
  if (from === ZERO_ADDRESS) mint(books, event, place)
  books.ledger.transfers.push({ from, to, value, fromBalance, toBalance, ...place })
  if (to === ZERO_ADDRESS) {
    destroy(books, event, pairs.paired.has(event.logIndex) ? 'TRANSFER_AND_BURN' : 'TRANSFER', place)
  }
}

/** A Burn event destroys only where no Transfer has done so already. */
export function applyBurn(books: Books, event: BurnEvent, pairs: BurnPairs, place: Place): void {
  if (!pairs.alone.has(event.logIndex)) return
  if (event.value > 0n) changeBalance(books, event.from, -event.value, place)
  destroy(books, event, 'BURN', place)
}

/** Brings the sums over wallet lists up to date with `block`, whose exclusion list may differ from the last one's. */
export function closeSupply(books: Books, block: number): void {
  const { economy, policy } = books
  economy.totalSupply = economy.minted - economy.destroyed
  economy.deadBurn = sumOfBalances(books, policy.dead)
  economy.outstandingSupply = economy.totalSupply - economy.deadBurn
  const excluded = excludedAt(books, block)
  economy.excludedBalance = sumOfBalances(books, excluded)
  economy.circulatingSupply = economy.totalSupply - economy.excludedBalance
  economy.excludedStake = excludedStake(books, excluded)
  economy.liquidFloat = economy.circulatingSupply - (economy.staked - economy.excludedStake)
}

/** The list of a block, made anew only where it changes: blocks are booked in their order. */
function excludedAt(books: Books, block: number): ReadonlySet<Address> {
  const { policy } = books
  if (block >= books.exclusion.until) {
    const changes = policy.excluded.map(({ fromBlock }) => fromBlock).filter((fromBlock) => fromBlock > block)
    books.exclusion = { wallets: excludedWallets(policy, block), until: Math.min(...changes) }
  }
  return books.exclusion.wallets
}

function sumOfBalances(books: Books, wallets: ReadonlySet<Address>): bigint {
  let total = 0n
  for (const wallet of wallets) total += balanceOf(books, wallet)
  return total
}

/**
 * What is staked and sits in an excluded wallet: taken off once with the wallet, it must not be taken off again. Where
 * staking takes tokens into custody that wallet is the staking contract; where they stay with their owner, the owner.
 */
function excludedStake(books: Books, excluded: ReadonlySet<Address>): bigint {
  const { economy, policy } = books
  if (policy.custody) return excluded.has(policy.staking) ? economy.staked : 0n
  let total = 0n
  for (const wallet of excluded) total += smaller(stakeOf(books, wallet), balanceOf(books, wallet))
  return total
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}

/** Supply is made once, in the genesis block; what a bridge brings back was burned by one before. */
function mint({ economy, policy }: Books, event: TransferEvent, place: Place): void {
  const { to, value, callers = [] } = event
  economy.minted += value
  if (value === 0n) return
  // Where history is partial, its genesis is not in it: whatever is minted came after.
  if (!policy.partial.token) economy.genesisBlock ??= place.blockNumber
  if (economy.genesisBlock === place.blockNumber) return
  if (isBridged(to, callers, policy)) economy.mintedByBridge += value
  else economy.mintedAfterGenesis += value
}

function isBridged(receiver: Address, callers: readonly Address[], { bridges }: Policy): boolean {
  return bridges.has(receiver) || callers.some((caller) => bridges.has(caller))
}

function destroy(books: Books, event: TransferEvent | BurnEvent, evidence: BurnEvidence, place: Place): void {
  const { from: burner, value, callers = [] } = event
  // Nothing is destroyed by a burn of zero, and it says nothing about how the token burns.
  if (value === 0n) return
  const { economy, policy } = books
  economy.burnMode = burnModeAfter(economy.burnMode, evidence, place)
  economy.destroyed += value
  const purpose = burnPurpose(burner, callers, policy)
  switch (purpose) {
    case 'BUYBACK':
      economy.burnedByBuyback += value
      break
    case 'BRIDGE':
      economy.burnedByBridge += value
      break
    case 'OTHER':
      economy.burnedByOther += value
      break
    default:
      unreachable(purpose)
  }
  economy.cumulativeBurn = economy.destroyed - economy.burnedByBridge
  books.ledger.burns.push({
    burner,
    value,
    purpose,
    evidence,
    burnerBalance: balanceOf(books, burner),
    cumulativeBurn: economy.cumulativeBurn,
    ...place,
  })
}

function burnModeAfter(mode: BurnMode, evidence: BurnEvidence, place: Place): BurnMode {
  const found = evidence === 'BURN' ? 'BURN_EVENT' : 'TRANSFER'
  if (mode !== 'UNKNOWN' && mode !== found) {
    const { blockNumber, logIndex, transactionHash } = place
    throw new BurnModeMixed({ blockNumber, logIndex, transactionHash, mode })
  }
  return found
}
