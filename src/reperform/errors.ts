import { EconomyError } from '../core/errors'

/** The node has not got as far as the exports yet. */
export class NodeBehind extends EconomyError {
  readonly code = 'E7040'
  constructor(facts: { url: string; toBlock: number; finalized: number }) {
    super(
      `The exports end at block ${facts.toBlock}, but what is final at ${facts.url} ends at block ${facts.finalized}.`,
      facts,
      'Wait until the node has caught up, or name another one with --rpc.',
    )
  }
}

/** No block that the exports end at is on the node's chain. */
export class OtherChain extends EconomyError {
  readonly code = 'E7041'
  constructor(facts: { url: string; block: number; expected: string; found: string | undefined }) {
    const found = facts.found === undefined ? 'has no such block' : `has ${facts.found} there`
    super(
      `The exports end at block ${facts.block} with hash ${facts.expected}, but ${facts.url} ${found}, and no other block ` +
        'that a file ends at is on its chain either.',
      facts,
      'Name a node of the chain that was exported; if it is one, the manifests are not of that chain.',
    )
  }
}

/** The file of rules that the figures were derived by is not there, or is another one. */
export class RulesMissing extends EconomyError {
  readonly code = 'E7042'
  constructor(facts: { file: string; problem: string }) {
    super(
      `The rules that the files were made by, ${facts.file}, ${facts.problem}.`,
      facts,
      'Take the whole directory from where it came from once more.',
    )
  }
}

/** The nodes have not sent a byte for a long time. */
export class NodeSilent extends EconomyError {
  readonly code = 'E7043'
  constructor(facts: { url: string; block: number; seconds: number }) {
    super(
      `Nothing came from ${facts.url} for ${facts.seconds} seconds; history was read up to block ${facts.block}.`,
      facts,
      'Start again when the node answers, or name others besides, separated by commas.',
    )
  }
}
