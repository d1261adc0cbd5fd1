import type { ExportRange } from '../core/datasets/export-range'
import { MonthOccupied } from '../export/errors'
import { type ExportTarget, exportPath, manifestFacts } from '../export/export-target'
import { readManifests, type StoredManifest } from '../export/manifests'
import { type Publication, publish } from '../export/publish'
import { storeEconomy } from '../export/store-economy'
import { type ContentPlaces, targetContent } from '../export/target-content'
import type { MonthPartition } from '../read/export/export-source'
import { VERSION } from '../rest/version'
import type { ExportOrder } from './export-command'
import { openProgress } from './progress'

/**
 * Publishes every file of an order, in its order. The caller holds the directory's lock.
 * @param months where the order is partitioned
 */
export async function exportFiles(
  directory: string,
  order: ExportOrder,
  { range, months }: { readonly range: ExportRange; readonly months: readonly MonthPartition[] | undefined },
  places: ContentPlaces,
): Promise<readonly Publication[]> {
  const { source, economy } = places
  const said = {
    economy: await storeEconomy(directory, economy),
    generator: `ashao-indexer ${VERSION}`,
    partial: source.partial,
  }
  const publications: Publication[] = []
  const groups = targetsOf(order, range, months)
  refuseOverlaps(groups.flat(), await readManifests(directory))
  for (const targets of groups) {
    const published = await readManifests(directory)
    const progress = openProgress(titleOf(targets), 'blocks')
    const done = (block: number): void =>
      progress.update(block - range.fromBlock + 1, range.toBlock - range.fromBlock + 1)
    try {
      for (const target of targets) {
        const facts = manifestFacts(target, economy, said)
        const onPiece = ({ block }: { readonly block?: number | undefined }): void => {
          if (block !== undefined) done(block)
        }
        publications.push(
          await publish(directory, facts, targetContent(target, places), { published, onPiece }),
        )
        done(target.range.toBlock)
      }
    } finally {
      progress.finish()
    }
  }
  return publications
}

/**
 * Months are read as one table: another part of the same one would be counted besides.
 * @throws MonthOccupied (E7006)
 */
function refuseOverlaps(targets: readonly ExportTarget[], published: readonly StoredManifest[]): void {
  for (const target of targets) {
    const { month } = target
    if (month === undefined) continue
    const file = exportPath(target)
    const other = published.find(
      ({ manifest: { dataset, format, partition, file: there } }) =>
        dataset === target.dataset &&
        format === target.format &&
        partition?.month === month &&
        there !== file,
    )
    if (other !== undefined) throw new MonthOccupied({ file, there: other.manifest.file, month })
  }
}

/** The files of an order; those of one data set and format together. */
function targetsOf(
  { wanted, account }: ExportOrder,
  range: ExportRange,
  months: readonly MonthPartition[] | undefined,
): readonly (readonly ExportTarget[])[] {
  return wanted.map((each): readonly ExportTarget[] => {
    if (each.dataset === 'statement') return [{ ...each, range, account }]
    if (months === undefined || each.dataset === 'treasury' || each.dataset === 'proofs')
      return [{ ...each, range }]
    return months.map(({ month, range: ofMonth }) => ({ ...each, range: ofMonth, month }))
  })
}

function titleOf([target]: readonly ExportTarget[]): string {
  const { dataset, format } = target ?? { dataset: '', format: '' }
  return (dataset === format ? dataset : `${dataset}, ${format}`).padEnd(24)
}
