import type { Address } from '../../core/address'
import { EconomyError } from '../../core/errors'

/** A file for a person's accounts was asked for without naming whose. */
export class AccountMissing extends EconomyError {
  readonly code = 'E7070'
  constructor(facts: { format: string }) {
    super(
      `A file in the format ${facts.format} is about one account, and none is named.`,
      facts,
      'Name the account: --account 0x…, or account= in a request.',
    )
  }
}

/** The journal is the treasury's: an account was named that it would not be about. */
export class AccountUnexpected extends EconomyError {
  readonly code = 'E7071'
  constructor(facts: { format: string; account: Address }) {
    super(
      `A file in the format ${facts.format} is about the treasury, not about ${facts.account}.`,
      facts,
      'Leave the account out; or take the format koinly, rotki, or the dataset statement.',
    )
  }
}

/** A symbol cannot be the name of a commodity in a journal. */
export class SymbolUnusable extends EconomyError {
  readonly code = 'E7072'
  constructor(facts: { contract: string; symbol: string; problem: string }) {
    super(
      `The symbol of contracts.${facts.contract}, ${JSON.stringify(facts.symbol)}, cannot name a commodity: ${facts.problem}.`,
      facts,
      'Give another symbol in the economy file; it decides no figure.',
    )
  }
}

/** The flows of the treasury's wallets do not add up to the balance that the treasury had. */
export class FlowsContradictory extends EconomyError {
  readonly code = 'E7073'
  constructor(facts: { block: number; wallets: bigint; treasury: bigint }) {
    super(
      `Before block ${facts.block} the treasury’s wallets had ${facts.wallets} by their flows, but the treasury had ${facts.treasury}.`,
      facts,
      'The rows of treasury flows are not complete from the first block on: index again, and run "ashao reperform".',
    )
  }
}
