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

/** The SQD Network gateway cannot be used, now or any more. */
export class GatewayUnusable extends EconomyError {
  readonly code = 'E3016'
  constructor(facts: { url: string; reason: string }) {
    super(
      `The gateway at ${facts.url} cannot be used: ${facts.reason}.`,
      facts,
      'Check GATEWAY_URL, and that GATEWAY_API_KEY is a valid key of that gateway; or leave both out, so that ' +
        'everything is read from RPC_URL.',
    )
  }
}

/** Logs are to be proven by receipts, but this node or its chain does not allow for it. */
export class ReceiptsUnverifiable extends EconomyError {
  readonly code = 'E3017'
  constructor(facts: { url: string; reason: string }) {
    super(
      `Logs from the node at ${facts.url} cannot be verified by receipts: ${facts.reason}.`,
      facts,
      'Use an endpoint that serves eth_getBlockReceipts, or set VERIFICATION to bloom, quorum or none: some chains ' +
        'hash their headers or receipts in a way of their own.',
    )
  }
}

/** Whatever was asked, and however often: the answers cannot be true, or the block is still missing. */
export class NodeUntrusted extends EconomyError {
  readonly code = 'E3014'
  constructor(facts: { method: string; what: string; endpoint: string; tries: number }) {
    super(
      `Every answer to ${facts.method} failed its check, ${facts.tries} times, the last of them by ${facts.endpoint}: ` +
        `${facts.what}.`,
      facts,
      'Add another RPC endpoint to RPC_URL, or replace this one.',
    )
  }
}

/** The node is on a chain with the right id, but not on the one that the database was filled from. */
export class OtherHistory extends EconomyError {
  readonly code = 'E3015'
  constructor(facts: { url: string; block: number; expected: string; found: string }) {
    super(
      `The node at ${facts.url} has block ${facts.block} with hash ${facts.found}, but this database was filled from a ` +
        `chain where it is ${facts.expected}.`,
      facts,
      'Use a node of that chain, or index this one into a new database (npm run reset clears the local one).',
    )
  }
}

/** No endpoint answers a question that indexing cannot do without. */
export class QuestionRefused extends EconomyError {
  readonly code = 'E3018'
  constructor(facts: { url: string; reason: string }) {
    super(
      `The node at ${facts.url} refuses what indexing has to know, and no other endpoint answers it: ${facts.reason}.`,
      facts,
      'Add another RPC endpoint to RPC_URL, or one of another plan: archive data and eth_getLogs are what is needed.',
    )
  }
}
