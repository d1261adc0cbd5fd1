/** What is held against a directory of exports, one by one; the order is that of the report. */
export const LAWS = {
  chain: 'manifests are there from the first on, each with the hash of the one before',
  manifest: 'a manifest is as this program writes it, for an economy and versions that it knows',
  covered: 'every file is named by a manifest',
  bytes: 'a file has the size and the hash that its manifest says',
  content: 'a file is written in the one way there is to write its rows, as many as its manifest says',
  order: 'rows are in chain order, and of the blocks and the contracts of the manifest',
  blocks: 'a block has one hash and one time wherever it is named, and time does not go back',
  running: 'each running value is the one before, plus or less the row',
  snapshots: 'cumulative figures grow by what the rows of the block add up to, and agree with each other',
  copies: 'wherever the same rows are told twice, they are the same',
  joins: 'what is said to follow on begins with the digest that the part before ended with',
  proofs: 'the proofs of a proofs file hold, for the rows of the other files',
} as const

export type Law = keyof typeof LAWS
/** Something that does not hold, and where. */
export interface Finding {
  readonly law: Law
  /** Path within the directory. */
  readonly file: string
  /** From 1, without the header. */
  readonly row?: number
  readonly block?: number
  readonly column?: string
  /** One sentence without a full stop: what was expected, what was found. */
  readonly problem: string
}

/** Something that could not be judged: neither right nor wrong. */
export interface Gap {
  readonly law: Law
  readonly file: string
  readonly reason: string
}

/** What is not judged is never a success. */
export type Verdict = 'holds' | 'broken' | 'open'

/** Where findings are put down as they are made. */
export interface Findings {
  readonly add: (finding: Finding) => void
  /** A law was held against a file, whatever came of it. */
  readonly judged: (law: Law, file: string) => void
  readonly skip: (gap: Gap) => void
  readonly findings: readonly Finding[]
  readonly gaps: readonly Gap[]
  /** How a file stands to a law. */
  readonly verdict: (law: Law, file: string) => Verdict
  /** Findings of a file beyond those that are told. */
  readonly untold: ReadonlyMap<string, number>
}

/** Most findings of one law in one file that are told: what comes after the first often only follows from it. */
const MOST_TOLD = 3

export function openFindings(): Findings {
  const findings: Finding[] = []
  const gaps: Gap[] = []
  const counts = new Map<string, number>()
  const untold = new Map<string, number>()
  const judged = new Set<string>()
  return {
    findings,
    gaps,
    untold,
    add(finding) {
      const key = `${finding.law} ${finding.file}`
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      if (count <= MOST_TOLD) findings.push(finding)
      else untold.set(finding.file, (untold.get(finding.file) ?? 0) + 1)
    },
    judged: (law, file) => void judged.add(`${law} ${file}`),
    verdict(law, file) {
      const key = `${law} ${file}`
      if (counts.has(key)) return 'broken'
      return judged.has(key) ? 'holds' : 'open'
    },
    skip(gap) {
      const isKnown = gaps.some(
        ({ law, file, reason }) => law === gap.law && file === gap.file && reason === gap.reason,
      )
      if (!isKnown) gaps.push(gap)
    },
  }
}

/** Where a finding is, as a person reads it. The line of a text file is one more than the row where it has a header. */
export function placeOf({ file, row, block, column }: Finding): string {
  const line = row === undefined ? undefined : lineOf(file, row)
  return [
    file,
    ...(row === undefined ? [] : [`row ${row}${line === undefined ? '' : ` (line ${line})`}`]),
    ...(block === undefined ? [] : [`block ${block}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ].join(', ')
}

function lineOf(file: string, row: number): number | undefined {
  if (file.endsWith('.csv')) return row + 1
  return file.endsWith('.ndjson') ? row : undefined
}
