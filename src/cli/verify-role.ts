import { reportText } from '../export/verify/report'
import { verifyDirectory } from '../export/verify/verify'
import { readCommand } from './command-line'
import { EXIT } from './exit'
import { limitHeapGrowth } from './heap'

const COMMAND = {
  name: 'verify',
  says: 'Verifies a directory of exports: hashes, order, running values, sums, proofs. Needs nothing but the directory.',
  operands: { name: 'DIR', says: 'The directory that files were exported into.', least: 1, most: 1 },
  options: {},
  examples: ['ashao verify exports/2026'],
} as const

/**
 * Verifies a directory of exports, and prints what holds.
 * @returns 0 if all holds that was checked, 65 if something does not
 * @throws CommandWrong (E6209), NoExport (E7021)
 */
export async function runVerify(_variables: NodeJS.ProcessEnv, args: readonly string[]): Promise<number> {
  const command = readCommand(COMMAND, args)
  if (command.asks === 'help') {
    process.stdout.write(command.usage)
    return 0
  }
  const [directory = '.'] = command.operands
  limitHeapGrowth()
  const verification = await verifyDirectory(directory)
  process.stdout.write(reportText(verification))
  return verification.findings.findings.length === 0 ? 0 : EXIT.different
}
