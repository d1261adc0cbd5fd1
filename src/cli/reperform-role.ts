import type { Environment } from '../config/environment'
import { parseEnvironment } from '../config/environment'
import { ConfigurationInvalid, type Problem } from '../config/problems'
import { redactor, secretsOfUrl } from '../config/redact'
import { VERIFICATION_MODES } from '../config/verification'
import { ManifestMissing, ManifestUnreadable } from '../export/errors'
import { readManifests } from '../export/manifests'
import { NoExport } from '../export/verify/errors'
import { readRules } from '../reperform/read-rules'
import { readCommand } from './command-line'
import { EXIT, exitCodeOf, reportOf } from './exit'
import { limitHeapGrowth } from './heap'
import { localPlaces } from './local-places'
import { openLog } from './log'
import { reperformFiles } from './reperform-files'

const SHAPE = {
  name: 'reperform',
  says:
    'Makes exported files anew from the logs of a chain, and compares them byte by byte; supply, treasury and stake are ' +
    'compared with the contracts themselves. It needs the files and a node: no database, and nothing of whoever exported them.',
  operands: { name: 'DIR', says: 'Directory of exports, with _manifests in it.', least: 1, most: 1 },
  options: {
    rpc: {
      value: 'URL[,URL…]',
      says: 'Nodes, in order of preference; otherwise those of RPC_URL, or the local chain that runs.',
    },
    verification: {
      value: VERIFICATION_MODES.join('|'),
      says:
        'How logs are checked. receipts, the default: against receipts that headers commit to, so that of a node nothing is ' +
        'taken on trust but which blocks there are; it costs every header, and the receipts of each block with events. bloom: ' +
        'against the bloom of every header, which shows blocks that are left out. quorum: by a second node. none.',
    },
  },
  examples: [
    'npx ashao reperform exports --rpc https://rpc.example.org',
    'npx ashao reperform exports --rpc https://one.example.org,https://two.example.org --verification bloom',
  ],
} as const

/**
 * Re-performs the exports of a directory.
 * @returns what to end with: 0 if everything is equal, 65 if something is not, and what exit codes say of errors
 */
export async function runReperform(variables: NodeJS.ProcessEnv, args: readonly string[]): Promise<number> {
  // A URL may be anywhere among the words, also where it was put by mistake.
  const urls = [
    ...args.flatMap((word) => word.replace(/^--[^=]*=/, '').split(',')),
    ...(variables.RPC_URL ?? '').split(','),
  ]
  const redact = redactor(urls.map((url) => url.trim()).flatMap(secretsOfUrl))
  try {
    const command = readCommand(SHAPE, args)
    if (command.asks === 'help') {
      process.stdout.write(command.usage)
      return 0
    }
    const [directory = ''] = command.operands
    limitHeapGrowth()
    const environment = await environmentOf(variables, command.options)
    const manifests = (await readManifests(directory)).map(({ manifest }) => manifest)
    if (manifests.length === 0)
      throw new NoExport({ directory, reason: 'there is no manifest in _manifests' })
    const say = (text: string): void => void process.stderr.write(redact(`${text}.\n`))
    let isEqual = true
    for (const group of await readRules(directory, manifests)) {
      const log = openLog('reperform', environment)
      const report = await reperformFiles({ directory, environment, log, redact, say, ...group })
      process.stdout.write(redact(report.text))
      isEqual &&= report.files.different === 0 && report.views.different === 0
    }
    return isEqual ? 0 : EXIT.different
  } catch (error) {
    process.stderr.write(`${reportOf(error, redact)}\n`)
    // Of a directory, that is an answer: files may have been taken away.
    const isTorn = error instanceof ManifestMissing || error instanceof ManifestUnreadable
    return isTorn ? EXIT.different : exitCodeOf(error)
  }
}

/**
 * What is to be known of this machine, of which a database is no part.
 * @throws ConfigurationInvalid (E1001), NotRunning (E6207)
 */
async function environmentOf(
  variables: NodeJS.ProcessEnv,
  { rpc, verification }: { readonly rpc: string | undefined; readonly verification: string | undefined },
): Promise<Environment> {
  const { RPC_URL, DATA_DIR, LOG_LEVEL = 'warn', QUORUM_PERCENT } = variables
  const known = { DATA_DIR, LOG_LEVEL, QUORUM_PERCENT, VERIFICATION: verification ?? 'receipts' }
  const given = rpc ?? RPC_URL ?? ''
  const problems: Problem[] = []
  // Where no node is named, it is the local chain's; its database is not looked for.
  const places =
    given.trim() === ''
      ? await localPlaces({
          ...parseEnvironment({ ...known, VERIFICATION: '' }, problems),
          databaseUrl: 'none',
        })
      : { RPC_URL: given }
  const environment = parseEnvironment({ ...known, ...places }, problems)
  if (problems.length === 0) return environment
  const named = (key: string): string =>
    key
      .replace(/^VERIFICATION/, '--verification')
      .replace(/^RPC_URL/, rpc === undefined ? 'RPC_URL' : '--rpc')
  throw new ConfigurationInvalid(problems.map((problem) => ({ ...problem, key: named(problem.key) })))
}
