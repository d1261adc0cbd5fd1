import { EconomyError } from './errors'

/** More left an account, a stake or the treasury than was ever seen to enter it. */
export class HistoryIncomplete extends EconomyError {
  readonly code = 'E2001'
  constructor(facts: {
    figure: string
    account: string
    value: bigint
    blockNumber: number
    logIndex: number
    transactionHash: string
  }) {
    super(
      `The ${facts.figure} of ${facts.account} would be ${facts.value} after log ${facts.logIndex} of block ` +
        `${facts.blockNumber}: events before it are missing, or this contract moves amounts without an event.`,
      facts,
      'Check startBlock of the contract; set partialHistory: true on it to index changes only.',
    )
  }
}

/** The token destroys both ways, so a burn can no longer be counted once with certainty. */
export class BurnModeMixed extends EconomyError {
  readonly code = 'E2002'
  constructor(facts: { blockNumber: number; logIndex: number; transactionHash: string; mode: string }) {
    const found =
      facts.mode === 'TRANSFER' ? 'a Burn event without a Transfer' : 'a Transfer to the zero address'
    const before =
      facts.mode === 'TRANSFER' ? 'Transfers to the zero address' : 'Burn events without a Transfer'
    super(
      `Log ${facts.logIndex} of block ${facts.blockNumber} is ${found}, but this token has burned by ${before} ` +
        'until now: which of them destroy supply cannot be told.',
      facts,
      'Compare totalSupply() before and after that block; this token needs rules of its own.',
    )
  }
}

/** The staking contract says that stake moves under two names, so it may say it twice. */
export class StakeEventsMixed extends EconomyError {
  readonly code = 'E2004'
  constructor(facts: {
    kind: 'stake' | 'unstake'
    known: string
    name: string
    blockNumber: number
    logIndex: number
    transactionHash: string
  }) {
    super(
      `Log ${facts.logIndex} of block ${facts.blockNumber} is a ${facts.name} event, but stake has moved by ${facts.known} ` +
        'events until now: whether both mean one and the same movement cannot be told.',
      facts,
      `Name the one that moves stake: contracts.staking.events: { ${facts.kind}: ${facts.known} } or { ${facts.kind}: ${facts.name} }.`,
    )
  }
}

/** The source handed over events out of order, or one of them twice. */
export class EventsOutOfOrder extends EconomyError {
  readonly code = 'E2003'
  constructor(facts: {
    blockNumber: number
    logIndex: number
    previousBlock: number
    previousLogIndex: number
  }) {
    super(
      `Log ${facts.logIndex} of block ${facts.blockNumber} came after log ${facts.previousLogIndex} of block ` +
        `${facts.previousBlock}: the source repeats or reorders logs.`,
      facts,
      'Use another RPC endpoint.',
    )
  }
}

/** Between what one source read and what the next one did, there are blocks that nobody read. */
export class CoverageGap extends EconomyError {
  readonly code = 'E2005'
  constructor(facts: { from: number; to: number }) {
    super(
      `Blocks ${facts.from} to ${facts.to} were read by no source: their events would be missing for good.`,
      facts,
      'Start again: reading goes on from the last indexed block. If it comes again, report it, with the log.',
    )
  }
}

/** A block is older than one before it: what is counted over time would be taken back. */
export class TimeReversed extends EconomyError {
  readonly code = 'E2006'
  constructor(facts: { blockNumber: number; timestamp: number; previousTimestamp: number }) {
    super(
      `Block ${facts.blockNumber} has timestamp ${facts.timestamp}, but a block before it ${facts.previousTimestamp}.`,
      facts,
      'Use another RPC endpoint: time never runs backwards on a chain.',
    )
  }
}
