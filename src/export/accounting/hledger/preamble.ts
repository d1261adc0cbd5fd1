import type { EconomyFile } from '../../../config/economy-file'
import type { ExportRange } from '../../../core/datasets/export-range'
import { accountDirectives } from './accounts'
import { type Commodities, commodityDirective } from './commodity'

/** What the journal is about, in words, and what it declares before the first transaction. */
export function preamble(
  range: ExportRange,
  { contracts, policy, chain }: EconomyFile,
  { stable, token }: Commodities,
): string {
  const lines = [
    `The treasury of token ${contracts.token.address} on chain ${chain.id}, in ${stable.name} (${contracts.stable.address}).`,
    `Blocks ${range.fromBlock} to ${range.toBlock}, ${range.toBlockHash}.`,
    `History digest before ${range.digest.before}, after ${range.digest.after}.`,
    'Dates are days in UTC. After each flow the balance of all wallets is asserted, and that of each at the end.',
    policy.partial.stable
      ? `What came and went before block ${contracts.stable.startBlock} is missing: balances are what changed since.`
      : 'It is what balanceOf of the stable asset says of them at that block.',
    'In brackets, beside the books: what buyback wallets paid, got and burned. hledger --real leaves it out.',
  ]
  const directives = ['decimal-mark .\n', commodityDirective(stable), commodityDirective(token)]
  return `${lines.map((line) => `; ${line}\n`).join('')}\n${directives.join('')}\n${accountDirectives(policy)}\n`
}
