import { EconomyError } from '../core/errors'

/** A log of an indexed contract has an event's topic0 but not its shape. */
export class LogUndecodable extends EconomyError {
  readonly code = 'E3001'
  constructor(facts: { address: string; block: number; logIndex: number; topics: number; reason: string }) {
    super(
      `Log ${facts.logIndex} of block ${facts.block}, emitted by ${facts.address} with ${facts.topics} topics, ` +
        `has the signature of an event of the economy but cannot be decoded as one: ${facts.reason}.`,
      facts,
      'Check that economy.yaml names the right contract: an ERC-721 token shares the Transfer signature.',
    )
  }
}

/** No node of RPC_URL answers. */
export class NodeUnreachable extends EconomyError {
  readonly code = 'E3002'
  constructor(facts: { url: string; reason: string }) {
    super(
      `The node at ${facts.url} does not answer: ${facts.reason}.`,
      facts,
      'Check RPC_URL and that the node is up.',
    )
  }
}

/** The node is on another chain than economy.yaml says. */
export class ChainMismatch extends EconomyError {
  readonly code = 'E3003'
  constructor(facts: { url: string; expected: number; found: number }) {
    super(
      `The node at ${facts.url} is on chain ${facts.found}, but economy.yaml says chain.id ${facts.expected}.`,
      facts,
      'Correct RPC_URL or chain.id.',
    )
  }
}

/** There is no contract where economy.yaml says that there is one. */
export class ContractMissing extends EconomyError {
  readonly code = 'E3004'
  constructor(facts: { contract: string; address: string; block: number }) {
    super(
      `There is no code at ${facts.address}, which economy.yaml names as contracts.${facts.contract} ` +
        `(asked at block ${facts.block}).`,
      facts,
      'Correct the address or the chain.',
    )
  }
}

/** History would silently begin in the middle. */
export class StartBlockTooLate extends EconomyError {
  readonly code = 'E3005'
  constructor(facts: { contract: string; startBlock: number; deployedAt: number }) {
    super(
      `contracts.${facts.contract}.startBlock is ${facts.startBlock}, but the contract was deployed at block ` +
        `${facts.deployedAt}: every figure would leave out what happened before.`,
      facts,
      `Set startBlock to ${facts.deployedAt}, or partialHistory: true to index changes only.`,
    )
  }
}

/** Whether history would begin in the middle cannot be found out from this node. */
export class DeploymentUnknown extends EconomyError {
  readonly code = 'E3006'
  constructor(facts: { contract: string; block: number; reason: string }) {
    super(
      `The node cannot say whether contracts.${facts.contract} existed at block ${facts.block} (${facts.reason}), ` +
        'so startBlock cannot be checked.',
      facts,
      'Use an archive node for the first start, or set partialHistory: true on that contract.',
    )
  }
}

/** The contract counts in other decimals than economy.yaml says: every whole amount would be off by powers of ten. */
export class DecimalsMismatch extends EconomyError {
  readonly code = 'E3007'
  constructor(facts: { contract: string; configured: number; onChain: number }) {
    super(
      `contracts.${facts.contract}.decimals is ${facts.configured}, but the contract says ${facts.onChain}.`,
      facts,
      `Set decimals to ${facts.onChain}.`,
    )
  }
}

/** The treasury held some of the stable asset before the first indexed block. */
export class OpeningBalance extends EconomyError {
  readonly code = 'E3008'
  constructor(facts: { wallet: string; block: number; balance: bigint }) {
    super(
      `Treasury wallet ${facts.wallet} already held ${facts.balance} base units of the stable asset at block ` +
        `${facts.block}, before the first indexed one.`,
      facts,
      'Set an earlier contracts.stable.startBlock, or partialHistory: true on contracts.stable.',
    )
  }
}

/** The node does not serve the tag that finality is configured by. */
export class FinalityTagUnknown extends EconomyError {
  readonly code = 'E3009'
  constructor(facts: { url: string; tag: string; reason: string }) {
    super(
      `The node at ${facts.url} does not serve the "${facts.tag}" block: ${facts.reason}.`,
      facts,
      'Set chain.finality to { confirmations: N } with an N that this chain never reorganises beyond.',
    )
  }
}

/** The configured pair does not trade the token against the stable asset. */
export class PairMismatch extends EconomyError {
  readonly code = 'E3012'
  constructor(facts: { pair: string; token0: string; token1: string }) {
    super(
      `contracts.pair ${facts.pair} trades ${facts.token0} against ${facts.token1}, not the token against the stable asset.`,
      facts,
      'Name the Uniswap V2 pair of both, or leave contracts.pair out: prices then come from buybacks alone.',
    )
  }
}

/** The node handed out a log that it says was reorganised away. */
export class LogRemoved extends EconomyError {
  readonly code = 'E3013'
  constructor(facts: { url: string; block: number; logIndex: number }) {
    super(
      `The node at ${facts.url} gave log ${facts.logIndex} of block ${facts.block} marked as removed, in answer to a ` +
        'question for logs that are there.',
      facts,
      'Start again: the node is asked anew. If it comes again, use another RPC endpoint.',
    )
  }
}

/** The newest indexed block is not on the chain any more, and no newer one leads there. */
export class HeadReplaced extends EconomyError {
  readonly code = 'E3011'
  constructor(facts: { block: number; indexed: string; onChain: string }) {
    super(
      `Block ${facts.block} is indexed as the newest with hash ${facts.indexed}, but the node now has ${facts.onChain}.`,
      facts,
      'Start again: indexing goes on from the newest block that the node confirms.',
    )
  }
}

/** A block that was indexed as final is not on the chain any more. */
export class FinalBlockReplaced extends EconomyError {
  readonly code = 'E3010'
  constructor(facts: { block: number; indexed: string; onChain: string }) {
    super(
      `Block ${facts.block} was indexed as final with hash ${facts.indexed}, but the node now has ${facts.onChain}.`,
      facts,
      'Compare with another node; if the chain really reorganised that deep, raise chain.finality and index into a ' +
        'new database (npm run reset clears the local one).',
    )
  }
}
