import { join } from 'node:path'
import type { DatasetName } from '../../core/datasets/dataset'
import { columnsOf } from '../../core/datasets/datasets'
import { DATA_FORMATS, type DataFormat, type Manifest } from '../manifest'
import { PROVABLE_DATASETS, type RowsToProve } from '../proofs/proven-rows'
import { type ProofCounts, verifyProofs } from '../proofs/verify-proofs'
import { readCells } from '../read-file'
import { readLines } from '../read-lines'
import { type Contents, checkContents, isBlockwise } from './check-contents'
import { checkCovered } from './check-covered'
import { checkDays, checkDaysBySnapshots } from './check-daily'
import { checkJoins } from './check-joins'
import { type Findings, openFindings } from './finding'
import { inspectFile } from './inspect-file'
import { type Chain, type ChainedManifest, readChain } from './read-chain'
import type { Row } from './row'
import { placeAndProblem } from './row-source'
import { type Rules, readRules } from './rules'

/** What a directory of exports is like. */
export interface Verification {
  readonly directory: string
  readonly chain: Chain
  /** Every file that a manifest names, once, by the newest manifest that does. */
  readonly files: readonly Manifest[]
  readonly findings: Findings
  /** What proofs files prove, all together; undefined where there are none. */
  readonly proofs: ProofCounts | undefined
}

/**
 * Verifies a directory of exports with nothing but itself: no node, no database, no network.
 * @throws NoExport (E7021)
 */
export async function verifyDirectory(directory: string): Promise<Verification> {
  const findings = openFindings()
  const chain = await readChain(directory, findings)
  const { manifests } = chain
  const rules = await readRules(directory, manifests, findings)
  await checkCovered(directory, chain, findings)
  checkJoins(manifests, findings)
  const present = await checkBytes(directory, manifests, findings)
  const files = [...new Map(manifests.map(({ manifest }) => [manifest.file, manifest])).values()]
  let proofs: ProofCounts | undefined
  for (const [economy, known] of byEconomy(files)) {
    const of = rules.get(economy)
    if (of === undefined) continue
    const there = known.filter(({ file }) => present.has(file))
    const contents = await checkContents(directory, there.filter(isBlockwise), known, of, findings)
    for (const manifest of there) await checkOther(directory, manifest, contents, of, findings)
    for (const manifest of there.filter(({ dataset }) => dataset === 'proofs')) {
      const counts = await checkProofs(directory, manifest, contents, of, findings)
      proofs = proofs === undefined ? counts : addCounts(proofs, counts)
    }
  }
  return { directory, chain, files, findings, proofs }
}

/** @returns the files that are there, whatever is in them */
async function checkBytes(
  directory: string,
  manifests: readonly ChainedManifest[],
  { add, judged }: Findings,
): Promise<ReadonlySet<string>> {
  const inspections = new Map<string, Awaited<ReturnType<typeof inspectFile>>>()
  for (const { path, manifest } of manifests) {
    const { file, bytes, sha256 } = manifest
    const found = inspections.get(file) ?? (await inspectFile(directory, file))
    inspections.set(file, found)
    judged('bytes', file)
    if ('problem' in found) add({ law: 'bytes', file, problem: found.problem })
    else if (found.bytes !== bytes) {
      add({ law: 'bytes', file, problem: `it has ${found.bytes} bytes, and ${path} says ${bytes}` })
    } else if (found.sha256 !== sha256) {
      add({ law: 'bytes', file, problem: `its SHA-256 is ${found.sha256}, and ${path} says ${sha256}` })
    }
  }
  return new Set([...inspections].flatMap(([file, found]) => ('problem' in found ? [] : [file])))
}

function byEconomy(files: readonly Manifest[]): ReadonlyMap<string, Manifest[]> {
  const groups = new Map<string, Manifest[]>()
  for (const manifest of files) {
    const { file } = manifest.economy
    groups.set(file, [...(groups.get(file) ?? []), manifest])
  }
  return groups
}

/** Files whose rows are not in the order of blocks, or that are made for other programs. */
async function checkOther(
  directory: string,
  manifest: Manifest,
  { runs }: Contents,
  rules: Rules,
  findings: Findings,
): Promise<void> {
  const { dataset, format, file } = manifest
  if (!DATA_FORMATS.some((known) => known === format)) {
    if (dataset === 'proofs') return
    const reason = `a file for ${format}: that program reads it; here only its bytes are held against the manifest`
    findings.skip({ law: 'content', file, reason })
    return
  }
  if (dataset !== 'daily' && dataset !== 'corrections') return
  const rows = await readRows(directory, manifest, findings, dataset === 'daily')
  if (rows === undefined) return
  findings.judged('content', file)
  if (dataset === 'corrections') {
    const reason =
      'what one indexer saw, and when: nothing else in the directory tells it, nor does the chain'
    findings.skip({ law: 'running', file, reason })
    return
  }
  checkDays(rows, manifest, findings)
  for (const law of ['order', 'blocks'] as const) findings.judged(law, file)
  findings.judged('running', file)
  if (checkDaysBySnapshots(rows, manifest, runs, rules, findings)) findings.judged('snapshots', file)
  else
    findings.skip({ law: 'snapshots', file, reason: 'there is no export of snapshots that covers its days' })
}

/** @returns the rows, or none of them where they are not kept; undefined where the file cannot be read to its end */
async function readRows(
  directory: string,
  manifest: Manifest,
  { add }: Findings,
  isKept: boolean,
): Promise<Row[] | undefined> {
  const { file, format } = manifest
  const columns = columnsOf(manifest.dataset as DatasetName)
  const block = columns.findIndex(({ name }) => name === 'closing_block' || name === 'block_number')
  const rows: Row[] = []
  let number = 0
  try {
    for await (const bundle of readCells(join(directory, file), format as DataFormat, columns, file)) {
      for (const cells of bundle) {
        number += 1
        if (isKept) rows.push({ manifest, number, block: Number(cells[block]), cells })
      }
    }
  } catch (error) {
    add({ law: 'content', file, ...placeAndProblem(error) })
    return undefined
  }
  if (number !== manifest.rows) {
    add({ law: 'content', file, problem: `it has ${number} rows, and its manifest says ${manifest.rows}` })
  }
  return rows
}

/** Proofs, and the rows of one file of each dataset: its copies in other formats were held against it. */
async function checkProofs(
  directory: string,
  manifest: Manifest,
  { sound }: Contents,
  { economy }: Rules,
  { add, judged }: Findings,
): Promise<ProofCounts> {
  const { file } = manifest
  let lines = 0
  async function* counted(): AsyncGenerator<readonly string[]> {
    for await (const bundle of readLines(join(directory, file), file)) {
      lines += bundle.length
      yield bundle
    }
  }
  try {
    const rows = rowsToProve(directory, manifest, sound)
    const counts = await verifyProofs({ file, lines: counted() }, economy, manifest, rows, add)
    for (const law of ['content', 'proofs'] as const) judged(law, file)
    for (const { file: proven } of rows) judged('proofs', proven)
    if (lines !== manifest.rows) {
      add({ law: 'content', file, problem: `it has ${lines} rows, and its manifest says ${manifest.rows}` })
    }
    return counts
  } catch (error) {
    add({ law: 'content', file, ...placeAndProblem(error) })
    return { blocks: 0, receipts: 0, events: 0 }
  }
}

function rowsToProve(directory: string, proofs: Manifest, sound: ReadonlySet<Manifest>): RowsToProve[] {
  const chosen: RowsToProve[] = []
  for (const dataset of PROVABLE_DATASETS) {
    let covered = proofs.fromBlock - 1
    const files = [...sound].filter((manifest) => manifest.dataset === dataset)
    for (const manifest of files.sort((one, other) => one.fromBlock - other.fromBlock)) {
      const { file, format, fromBlock, toBlock } = manifest
      if (toBlock <= covered || fromBlock > proofs.toBlock) continue
      const rows = readCells(join(directory, file), format as DataFormat, columnsOf(dataset), file)
      chosen.push({ file, dataset, fromBlock, toBlock, rows })
      covered = toBlock
    }
  }
  return chosen
}

function addCounts(one: ProofCounts, other: ProofCounts): ProofCounts {
  return {
    blocks: one.blocks + other.blocks,
    receipts: one.receipts + other.receipts,
    events: one.events + other.events,
  }
}
