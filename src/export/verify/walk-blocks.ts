import type { Manifest } from '../manifest'
import type { Row } from './row'
import type { RowSource } from './row-source'

/** A file that covers a block, with the rows that it has of it: none where nothing of its kind happened. */
export interface Covering {
  readonly source: RowSource
  readonly rows: readonly Row[]
}

export interface Visitor {
  /** A file is begun; it covers blocks from here on. */
  opened(source: RowSource): void
  /** A block of which any file has rows, with every file that covers it and could be read so far. */
  visit(block: number, files: readonly Covering[]): void
  /** A file has been read to its end, or as far as it can be. */
  closed(source: RowSource): void
}

/**
 * Reads files side by side, block by block: each is open only while its blocks are passed, and only a bundle of rows of it
 * is in memory.
 */
export async function walkBlocks(
  manifests: readonly Manifest[],
  open: (manifest: Manifest) => RowSource,
  visitor: Visitor,
): Promise<void> {
  const waiting = manifests.toSorted((one, other) => one.fromBlock - other.fromBlock)
  let active: RowSource[] = []
  for (;;) {
    const next = nextBlock(active)
    const opening = waiting[0]
    if (opening !== undefined && opening.fromBlock <= next) {
      waiting.shift()
      const source = open(opening)
      active.push(source)
      visitor.opened(source)
      await source.fill()
      continue
    }
    const past = active.filter(({ isBroken, manifest }) => isBroken || manifest.toBlock < next)
    if (past.length > 0) {
      active = active.filter((source) => !past.includes(source))
      for (const source of past) {
        await source.close()
        visitor.closed(source)
      }
      continue
    }
    if (next === Number.POSITIVE_INFINITY) return
    const files: Covering[] = []
    for (const source of active) {
      const rows: Row[] = []
      while (source.current !== undefined && source.current.block === next) {
        rows.push(source.current)
        if (!source.step()) await source.fill()
      }
      // Of a file that breaks off here, rows of this very block may be lost: as a whole it says nothing of the block.
      if (!source.isBroken) files.push({ source, rows })
    }
    visitor.visit(next, files)
  }
}

function nextBlock(sources: readonly RowSource[]): number {
  let next = Number.POSITIVE_INFINITY
  for (const { current } of sources) if (current !== undefined && current.block < next) next = current.block
  return next
}
