import type { DatasetName } from '../../core/datasets/dataset'
import { columnsOf } from '../../core/datasets/datasets'
import type { Findings } from './finding'
import { addAt, type Row } from './row'
import type { RowSource } from './row-source'
import type { Covering } from './walk-blocks'

/**
 * Files of one dataset that cover the same block have the same rows of it, whatever their format and range.
 * @param diverged files that were found to differ: they are not held against the others any more
 */
export function checkCopies(
  files: readonly Covering[],
  diverged: Set<RowSource>,
  block: number,
  findings: Findings,
): void {
  const [leader, ...others] = files
  if (leader === undefined) return
  for (const other of others) {
    if (diverged.has(other.source) || isSame(leader, other, block, findings)) continue
    diverged.add(other.source)
    const reason = `its rows after the one that differs from ${leader.source.manifest.file} are not compared`
    findings.skip({ law: 'copies', file: other.source.manifest.file, reason })
  }
}

function isSame(leader: Covering, other: Covering, block: number, findings: Findings): boolean {
  const { file } = other.source.manifest
  const count = Math.max(leader.rows.length, other.rows.length)
  for (let index = 0; index < count; index += 1) {
    const [expected, found] = [leader.rows[index], other.rows[index]]
    if (expected !== undefined && found !== undefined) {
      const column = firstDifference(other.source.dataset, expected, found)
      if (column === undefined) continue
      const problem = `is ${found.cells[column.at]}, and row ${expected.number} of ${expected.manifest.file} says ${expected.cells[column.at]}`
      addAt(findings, 'copies', found, column.name, problem)
    } else if (found !== undefined) {
      const problem = `there is no such row in ${leader.source.manifest.file}`
      findings.add({ law: 'copies', file, row: found.number, block, problem })
    } else if (expected !== undefined) {
      const problem = `row ${expected.number} of ${expected.manifest.file} is missing`
      findings.add({ law: 'copies', file, block, problem })
    }
    return false
  }
  return true
}

function firstDifference(
  dataset: DatasetName,
  one: Row,
  other: Row,
): { readonly at: number; readonly name: string } | undefined {
  for (let at = 0; at < one.cells.length; at += 1) {
    if (one.cells[at] !== other.cells[at]) return { at, name: columnsOf(dataset)[at]?.name ?? '' }
  }
  return undefined
}
