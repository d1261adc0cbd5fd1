import { EconomyError } from '../../core/errors'

/** The header or the receipts of a block are not to be had in a form that proves anything. */
export class BlockUnprovable extends EconomyError {
  readonly code = 'E7050'
  constructor(facts: { block: number; reason: string }) {
    super(
      `Block ${facts.block} cannot be proven: ${facts.reason}.`,
      facts,
      'Name an endpoint that serves eth_getBlockReceipts or eth_getTransactionReceipt for blocks that old. Some ' +
        'chains hash their headers or receipts in a way of their own: export those without --proofs.',
    )
  }
}

/** What a node says of a range, proven as it is, is another history than the one that is exported. */
export class ProofsIncomplete extends EconomyError {
  readonly code = 'E7051'
  constructor(facts: { fromBlock: number; toBlock: number; expected: string; found: string }) {
    super(
      `The events that were proven of blocks ${facts.fromBlock} to ${facts.toBlock} add up to history digest ` +
        `${facts.found}, but what is exported has ${facts.expected}.`,
      facts,
      'The node left out logs, or has another history: name another endpoint, and run "ashao reperform" to see where ' +
        'the two differ.',
    )
  }
}
