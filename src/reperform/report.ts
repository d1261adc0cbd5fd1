import type { EconomyFile } from '../config/economy-file'
import { RECONCILED } from '../core/reconciliation'
import { formatUnits } from '../core/units'
import { shownText } from '../export/shown-text'
import type { ViewComparison } from './compare-views'
import type { FileReport } from './reperform'

/** Everything that came out, as a person reads it on one screen. */
export interface Report {
  readonly text: string
  /** Files that are equal, that are not, and that were not made anew. */
  readonly files: Readonly<Record<FileReport['result'], number>>
  /** Figures of contracts. */
  readonly views: { readonly equal: number; readonly different: number; readonly gaps: number }
}

/** What is told of reading and comparing. */
export interface ReportFacts {
  readonly directory: string
  readonly economy: EconomyFile
  /** Nodes, as they may be shown. */
  readonly nodes: string
  /** How logs were checked. */
  readonly verification: string
  readonly files: readonly FileReport[]
  readonly views: readonly ViewComparison[]
  /** What was not checked, in sentences without their full stops. */
  readonly trusted: readonly string[]
}

/** Views of so many blocks are shown one by one; of more, only what is not equal. */
const MOST_BLOCKS = 3

export function reportOf(facts: ReportFacts): Report {
  const { files, views, economy } = facts
  const count = (wanted: FileReport['result']): number =>
    files.filter(({ result }) => result === wanted).length
  const counts = {
    equal: count('equal'),
    different: count('different'),
    'not re-performed': count('not re-performed'),
  }
  const sum = (of: 'equal' | 'different' | 'gaps'): number =>
    views.reduce((total, { verdicts }) => total + verdicts[of], 0)
  const figures = { equal: sum('equal'), different: sum('different'), gaps: sum('gaps') }
  const text = [
    `${facts.directory}, made anew from ${facts.nodes} (verification: ${facts.verification})`,
    '',
    ...table([
      ['file', 'rows', 'result'],
      ...files.map(({ file, rows, result }) => [file, rows === undefined ? '' : spelled(rows), result]),
    ]),
    ...files.flatMap(({ file, says }) => says.map((sentence) => shownText(`  ${file}: ${sentence}.`))),
    '',
    ...table([
      ['block', 'figure', 're-performed', 'the contract says', 'result'],
      ...viewRows(views, economy),
    ]),
    '',
    closing(counts, figures),
    ...taken(facts),
    '',
  ].join('\n')
  return { text, files: counts, views: figures }
}

function viewRows(views: readonly ViewComparison[], { contracts }: EconomyFile): string[][] {
  return views.flatMap(({ snapshot, verdicts }, index) =>
    verdicts.checks.flatMap(({ figure, derived, onChain, result, reason }) => {
      if (index >= MOST_BLOCKS && result === 'EQUAL') return []
      const { decimals, symbol } = contracts[RECONCILED[figure].unit]
      const whole = (amount: bigint): string => `${formatUnits(amount, decimals)} ${symbol}`
      const verdict = reason === null ? result.toLowerCase() : `not answered: ${reason}`
      return [
        [`${snapshot.blockNumber}`, figure, whole(derived), onChain === null ? '–' : whole(onChain), verdict],
      ]
    }),
  )
}

function closing(files: Report['files'], views: Report['views']): string {
  const { equal, different } = files
  const others = files['not re-performed']
  const asked = views.equal + views.different + views.gaps
  const sentences = [
    different === 0
      ? `${equal} of ${equal} files are, byte for byte, what the chain says.`
      : `${different} of ${equal + different} files are not what the chain says.`,
    ...(others === 0 ? [] : [`${others} cannot be made from the chain.`]),
    `${views.equal} of ${asked} figures are what the contracts say themselves.`,
    ...(views.different === 0 ? [] : [`${views.different} are not.`]),
    ...(views.gaps === 0 ? [] : [`${views.gaps} were not answered: they are neither right nor wrong.`]),
  ]
  return sentences.join(' ')
}

/** What the closing sentence has to be read with. */
function taken({ trusted, economy: { policy } }: ReportFacts): string[] {
  const partial = Object.entries(policy.partial).flatMap(([contract, isPartial]) =>
    isPartial ? [contract] : [],
  )
  const sentences = [
    ...(partial.length === 0
      ? []
      : [
          `By the rules, what happened before the start block was left out on purpose: ${partial.join(', ')}`,
        ]),
    ...trusted,
  ]
  return sentences.length === 0
    ? []
    : ['', 'Taken on trust:', ...sentences.map((each) => shownText(`  ${each}.`))]
}

/** Columns under each other; numbers of rows end under each other. */
function table(rows: readonly (readonly string[])[]): string[] {
  const [headings = []] = rows
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const isNumber = (column: number): boolean =>
    ['rows', 're-performed', 'the contract says'].includes(headings[column] ?? '')
  return rows.map((row) =>
    row
      .map((cell, column) =>
        isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

function spelled(count: number): string {
  return count.toLocaleString('en')
}
