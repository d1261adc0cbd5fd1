import type { Hash } from '../core/address'
import { contractAddresses } from '../core/datasets/ledger-cells'
import { spellCell } from '../core/datasets/spell-cell'
import type { SnapshotRow } from '../core/ledger'
import type { Manifest } from '../export/manifest'
import { shapeProblem } from '../export/manifest-shape'
import { type Bundle, bundler } from './bundle'
import type { FoldedBlocks } from './fold-chain'
import { wrongFacts } from './manifest-facts'
import { type Marks, markBlocks } from './marks'
import { FileUnreadable } from './match-bytes'
import { timeOf } from './range-of'
import { reasonNotToRebuild, rebuildFile, type Workshop } from './rebuild-file'
import type { Rebuilt } from './rebuilding'

/** What came out for one file. */
export interface FileReport {
  readonly file: string
  /** Rows that the chain has for it; undefined where it was not made anew. */
  readonly rows: number | undefined
  readonly result: 'equal' | 'different' | 'not re-performed'
  /** What differs and where, or why it was not made anew; one sentence each. */
  readonly says: readonly string[]
}

export interface Reperformance {
  /** In the order of the manifests. */
  readonly files: readonly FileReport[]
  /** All figures at each block that a file ends at, the newest first. */
  readonly ends: readonly SnapshotRow[]
}

export interface Exports extends Workshop {
  /** Of files that were made by the same rules. */
  readonly manifests: readonly Manifest[]
  /** The history digest before the first event. */
  readonly seed: Hash
}

/**
 * Makes the files of exports anew from history, in one pass over it, and compares bytes.
 * @param history from its first block on, as far as it is final: it is read until the exports are over
 * @param onProgress told the last block that is done
 */
export async function reperform(
  exports: Exports,
  history: AsyncIterable<FoldedBlocks>,
  onProgress: (block: number) => void,
): Promise<Reperformance> {
  const { manifests, economy, seed } = exports
  const [fromBlocks, toBlocks] = [
    manifests.map((each) => each.fromBlock),
    manifests.map((each) => each.toBlock),
  ]
  const marks = markBlocks(seed, fromBlocks, toBlocks)
  const bundleOf = bundler(contractAddresses(economy.contracts))
  const files = manifests.map((manifest) => openFile(exports, manifest))
  try {
    const isOver = endOf(manifests)
    for await (const folded of history) {
      marks.add(folded)
      const bundle = bundleOf(folded)
      for (const file of files) file.add(bundle)
      onProgress(folded.toBlock)
      if (isOver(folded)) break
    }
    const reports: FileReport[] = []
    for (const file of files) reports.push(await file.report(marks))
    const ends = [...new Set(toBlocks)]
      .sort((a, b) => b - a)
      .flatMap((block) => marks.snapshotAt(block) ?? [])
    return { files: reports, ends }
  } finally {
    for (const file of files) file.close()
  }
}

/** Whether all files are over; those of a time when something happened after it, so that nothing can be missing in it. */
function endOf(manifests: readonly Manifest[]): (folded: FoldedBlocks) => boolean {
  const block = Math.max(...manifests.map(({ toBlock }) => toBlock))
  const time = Math.max(...manifests.map((manifest) => timeOf(manifest).time?.to ?? 0))
  return ({ toBlock, toTimestamp }) => toBlock >= block && toTimestamp >= time
}

interface OpenFile {
  add(bundle: Bundle): void
  report(marks: Marks): Promise<FileReport>
  close(): void
}

function openFile(exports: Exports, manifest: Manifest): OpenFile {
  const { file } = manifest
  const judge = (marks: Marks, rebuilt?: Rebuilt): string[] => [
    ...(rebuilt?.place === undefined ? [] : [rebuilt.place]),
    ...wrongFacts(manifest, exports.economy, marks, rebuilt),
  ]
  const contradiction = shapeProblem(manifest)
  if (contradiction !== undefined) return contradictory(file, contradiction)
  const reason = reasonNotToRebuild(manifest)
  if (reason !== undefined) return notRebuilt(file, reason, judge)
  const rebuilding = rebuildFile(exports, manifest)
  let unreadable: string | undefined
  return {
    add(bundle) {
      if (unreadable !== undefined) return
      try {
        rebuilding.add(bundle)
      } catch (error) {
        unreadable = reasonOf(error)
      }
    },
    async report(marks) {
      const different = (says: readonly string[]): FileReport => ({
        file,
        rows: undefined,
        result: 'different',
        says,
      })
      if (unreadable !== undefined) return different([unreadable])
      // Without a last block there is no range, and nothing that could be made.
      if (marks.snapshotAt(manifest.toBlock) === undefined) return different(judge(marks))
      const early = untold(manifest, marks)
      if (early !== undefined) return different([early, ...judge(marks)])
      try {
        const rebuilt = await rebuilding.finish(marks)
        const says = judge(marks, rebuilt)
        return { file, rows: rebuilt.rows, result: says.length === 0 ? 'equal' : 'different', says }
      } catch (error) {
        return different([reasonOf(error)])
      }
    },
    close: () => rebuilding.close(),
  }
}

/** A file that its manifest describes in contradictions: there is nothing to make. */
function contradictory(file: string, problem: string): OpenFile {
  return {
    add: () => undefined,
    report: async () => ({
      file,
      rows: undefined,
      result: 'different',
      says: [`in its manifest, ${problem}`],
    }),
    close: () => undefined,
  }
}

/** Says so where a file stands for a time of which nobody can know yet what happens in it. */
function untold(manifest: Manifest, marks: Marks): string | undefined {
  const end = timeOf(manifest).time?.to ?? 0
  const knownTo = marks.knownTo()
  if (end <= knownTo) return undefined
  return `the manifest says time up to ${manifest.time?.to}, but what is final on the chain ends at ${spellCell(knownTo, 'time')}`
}

function notRebuilt(file: string, reason: string, judge: (marks: Marks) => readonly string[]): OpenFile {
  return {
    add: () => undefined,
    async report(marks) {
      const says = judge(marks)
      if (says.length > 0) return { file, rows: undefined, result: 'different', says }
      return { file, rows: undefined, result: 'not re-performed', says: [reason] }
    },
    close: () => undefined,
  }
}

/**
 * Why a file cannot be read, in words.
 * @throws whatever else went wrong
 */
function reasonOf(error: unknown): string {
  if (error instanceof FileUnreadable) return error.message
  throw error
}
