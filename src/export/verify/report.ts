import type { Manifest } from '../manifest'
import { shownText } from '../shown-text'
import { type Findings, type Law, placeOf, type Verdict } from './finding'
import type { Verification } from './verify'

const WIDTH = 80
/** Findings and gaps that are told; what comes after them is counted. */
const MOST_TOLD = 20
const MOST_GAPS = 8

/** What was held against a file, in groups that have a column each. */
const COLUMNS = {
  file: ['bytes'],
  rows: ['content'],
  order: ['order', 'blocks'],
  values: ['running'],
  sums: ['snapshots'],
  copies: ['copies'],
  proofs: ['proofs'],
} as const satisfies Readonly<Record<string, readonly Law[]>>
type Column = keyof typeof COLUMNS

/** What there is to hold against the rows of a dataset; of files for other programs there is nothing. */
const APPLIES: Readonly<Record<Manifest['dataset'], readonly Column[]>> = {
  transfers: ['rows', 'order', 'values', 'sums', 'copies', 'proofs'],
  burns: ['rows', 'order', 'values', 'sums', 'copies'],
  stakes: ['rows', 'order', 'values', 'sums', 'copies', 'proofs'],
  rewards: ['rows', 'order', 'values', 'sums', 'copies', 'proofs'],
  treasury_flows: ['rows', 'order', 'values', 'sums', 'copies', 'proofs'],
  prices: ['rows', 'order', 'values', 'sums', 'copies'],
  snapshots: ['rows', 'order', 'sums', 'copies'],
  daily: ['rows', 'order', 'values', 'sums', 'copies'],
  statement: ['rows', 'order', 'values', 'copies'],
  corrections: ['rows', 'values'],
  proofs: ['rows', 'proofs'],
  treasury: ['rows'],
}

const LEGEND =
  'file: size and hash. rows: written the one way there is, as many as said. order: chain order, range, contracts, one hash and time for a block. values: running values. sums: cumulative figures. copies: the same rows in other files. proofs: events proven. –: not checked.'

const SHOWN =
  'This shows that the files are unchanged since they were exported, and consistent in themselves. It does not show that they are what the chain says: whoever makes an export can make it consistent. "ashao reperform" makes the files anew from a node of yours.'

/** The outcome of a verification, as a person reads it: one screen of 80 columns. */
export function reportText(verification: Verification): string {
  const { directory, chain, files, findings, proofs } = verification
  const { newest } = chain
  const holds = findings.findings.length === 0
  const ranges = files.map(({ fromBlock, toBlock }) => [fromBlock, toBlock] as const)
  const from = Math.min(...ranges.map(([first]) => first))
  const to = Math.max(...ranges.map(([, last]) => last))
  const chains = [...new Set(files.map(({ chainId }) => chainId))].join(', ')
  return [
    `Exports in ${shownText(directory)}`,
    ...(files.length === 0 ? [] : [`chain ${chains}, blocks ${from} to ${to}`]),
    '',
    ...tableOf(files, findings),
    '',
    ...wrap(LEGEND),
    '',
    `${mark(ofAll(findings, ['chain', 'manifest']))}  ${chain.paths.length} manifests, each with the hash of the one before`,
    `${mark(ofAll(findings, ['covered']))}  every file is named by a manifest`,
    `${mark(ofAll(findings, ['joins']))}  ranges and partitions join by their history digests`,
    ...(proofs === undefined
      ? []
      : [
          `${mark(ofAll(findings, ['proofs']))}  ${proofs.events} events in ${proofs.receipts} receipts of ${proofs.blocks} blocks proven`,
        ]),
    '',
    ...findingsText(findings),
    ...gapsText(findings),
    ...(holds
      ? wrap('All that was checked holds.')
      : wrap(`${countOf(findings)} not as it should be. Do not rely on these files.`)),
    '',
    ...wrap(SHOWN),
    '',
    ...wrap('Keep this one value: it stands for all manifests, and so for all files.'),
    `SHA-256 of ${newest.path}`,
    newest.sha256,
    '',
  ].join('\n')
}

/** A line for each dataset and format: all of its files together. */
function tableOf(files: readonly Manifest[], findings: Findings): string[] {
  const groups = new Map<string, Manifest[]>()
  for (const manifest of files) {
    const key = `${manifest.dataset} ${manifest.format}`
    groups.set(key, [...(groups.get(key) ?? []), manifest])
  }
  const columns = Object.keys(COLUMNS) as Column[]
  const head = ['dataset', 'format', 'files', 'rows', ...columns]
  const rows = [...groups.values()].map((group) => {
    const { dataset, format } = group[0] as Manifest
    const count = group.reduce((sum, { rows: some }) => sum + some, 0)
    const verdicts = columns.map((column) =>
      column === 'file' || APPLIES[dataset].includes(column)
        ? mark(ofFiles(findings, COLUMNS[column], group))
        : '',
    )
    return [dataset, format === 'proofs' ? 'ndjson' : format, `${group.length}`, `${count}`, ...verdicts]
  })
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) =>
        // Counts end under each other.
        column === 2 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join(' ')
      .trimEnd(),
  )
}

function ofFiles(findings: Findings, laws: readonly Law[], files: readonly Manifest[]): Verdict {
  const verdicts = files.flatMap(({ file }) => laws.map((law) => findings.verdict(law, file)))
  if (verdicts.includes('broken')) return 'broken'
  // One that was not checked is enough for all of them not to hold.
  return verdicts.includes('open') ? 'open' : 'holds'
}

function ofAll({ findings }: Findings, laws: readonly Law[]): Verdict {
  return findings.some(({ law }) => laws.includes(law)) ? 'broken' : 'holds'
}

function mark(verdict: Verdict): string {
  return verdict === 'holds' ? 'ok' : verdict === 'broken' ? 'NO' : '–'
}

function findingsText(findings: Findings): string[] {
  const told = findings.findings.slice(0, MOST_TOLD)
  const lines = told.flatMap((finding) => wrap(`${placeOf(finding)}: ${finding.problem}.`, 'NO  ', '    '))
  const more = totalOf(findings) - told.length
  if (more > 0) lines.push(`    … and ${more} more.`)
  return told.length === 0 ? [] : ['Does not hold:', ...lines, '']
}

function gapsText({ gaps }: Findings): string[] {
  if (gaps.length === 0) return []
  // The same reason for many files is told once.
  const reasons = new Map<string, string[]>()
  for (const { file, reason } of gaps) reasons.set(reason, [...(reasons.get(reason) ?? []), file])
  const all = [...reasons].map(([reason, [first = '', ...others]]) => {
    const files = others.length === 0 ? first : `${first} and ${others.length} more`
    return `${files}: ${reason}.`
  })
  const lines = all.slice(0, MOST_GAPS).flatMap((text) => wrap(text, '–   ', '    '))
  if (all.length > MOST_GAPS) lines.push(`    … and ${all.length - MOST_GAPS} more.`)
  return ['Not checked:', ...lines, '']
}

function totalOf({ findings, untold }: Findings): number {
  return [...untold.values()].reduce((sum, count) => sum + count, findings.length)
}

function countOf(findings: Findings): string {
  const total = totalOf(findings)
  return total === 1 ? '1 thing is' : `${total} things are`
}

function wrap(text: string, first = '', next = first): string[] {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of shownText(text).split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = next
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line]
}
